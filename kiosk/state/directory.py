"""Who is known here, kept small: an id, a name for the screen, and hashes of what may be shown. No PIN, no e-mail
address."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from tinydb.table import Document

from kiosk.desk.cards import card_key
from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import Marks, MemberListing, VisitorListing
from kiosk.desk.host_index import HostIndex
from kiosk.desk.hosts import Host, HostPage, HostRules
from kiosk.desk.odds import PinLengths, digits_of
from kiosk.desk.people import Approval, Consent, Member, PersonId, PersonKind, Visitor
from kiosk.state.database import Database
from kiosk.state.difference import Difference
from kiosk.state.guests import GuestBook
from kiosk.state.recognition import Recognition
from kiosk.state.secrets import CodeHasher

logger = logging.getLogger(__name__)

KEPT_OF_MEMBERS = 3
"""What is kept of each member. It is raised when more is: what a file of before lacks, no list of changes would bring.

1: PIN and company. 2: cards as well. 3: badges as well.
"""

MEMBERS, VISITORS, ABOUT = "members", "visitors", "about"


class Papers(Protocol):
    """Names that lie elsewhere, such as saved roll calls."""

    def sweep(self) -> None:
        """Remove what is too old."""
        ...

    def forget(self, person: PersonId) -> None:
        """Remove what has this person. Raises NotRecorded."""
        ...


class DirectoryStore:
    """Fulfils the desk's `Directory`: look-ups are one hash and one dictionary access, whoever is asked for.

    A list is taken over in one write, which holds what has changed. If the device's key has changed the stored hashes
    mean nothing, and the directory is empty until it is read from Nexudus again.

    Args:
        database: Where it is kept.
        hasher: Makes hashes of codes and addresses.
        guests: Who has registered here before; forgotten with what this kiosk keeps of their visit.
        papers: What else holds their names, and is forgotten with them.
    """

    def __init__(
        self, database: Database, hasher: CodeHasher, guests: GuestBook | None = None, papers: Papers | None = None
    ) -> None:
        self._papers = papers
        self._db = database
        self._hash = hasher
        self._guests = guests
        self._owner: Callable[[str], PersonId | None] = lambda handle: None
        self._gone: Callable[[Collection[int]], None] = lambda numbers: None
        self._turn = threading.RLock()
        self._about: dict[str, Any] = dict(database.table(ABOUT).get(doc_id=1) or {})
        if self._about.get("key") != self._key_mark():
            self._about = {}
        try:
            self._begin()
        except (KeyError, TypeError, ValueError) as error:
            logger.error("the directory makes no sense (%s) and is read from Nexudus again", type(error).__name__)
            self._about = {}
            self._begin()

    def _begin(self) -> None:
        self._members = Recognition(_hashes_of_member, _to_member)
        self._visitors = Recognition(lambda doc: doc["hashes"], _to_visitor)
        self._pin_lengths: Counter[int] = Counter()
        self._hosts: HostIndex | None = None
        for table in (MEMBERS, VISITORS):
            self._remember(table, Difference((), list(self._known(table).values())))

    def members_with(self, code: str) -> Sequence[Member]:
        """The members who have this PIN."""
        return self._members(self._hash(code))

    def members_with_card(self, number: str) -> Sequence[Member]:
        """The members whose access card or key fob has this number."""
        key = card_key(number)
        return self._members(self._hash_of_card(key)) if key else ()

    def member(self, person: PersonId) -> Member | None:
        """The member of this number, or None."""
        doc = self._known_of(MEMBERS, [person.number]).get(person.number)
        return _to_member(doc) if doc is not None and person.kind is PersonKind.MEMBER else None

    def badge_holders(self, handle: str) -> Sequence[Member]:
        """The member to whom this badge was given here, else those at whom staff have entered it in Nexudus."""
        owner = self._owner(handle)
        if owner is None:
            return self._members(self._hash_of_badge(handle))
        member = self.member(owner)
        return (member,) if member is not None else ()

    def attend(self, owner: Callable[[str], PersonId | None], gone: Callable[[Collection[int]], None]) -> None:
        """Ask `owner` first whose a badge is, and tell `gone` the numbers of members who are taken out."""
        self._owner, self._gone = owner, gone

    def visitors_with(self, code: Code) -> Sequence[Visitor]:
        """The visitors whose invitation has this code or GUID."""
        return self._visitors(self._hash(_canonical(code.text)))

    def hosts(self, typed: str, page: int, rules: HostRules) -> HostPage:
        """Whom a visitor may mean: members, with and without a PIN, and companies."""
        return self._host_index(rules).search(typed, page)

    def visitor(self, person: PersonId) -> Visitor | None:
        """The visit of this number, or None."""
        doc = self._known_of(VISITORS, [person.number]).get(person.number)
        return _to_visitor(doc) if doc is not None else None

    def visits(self) -> Sequence[Visitor]:
        """Every visit that is known here."""
        return [_to_visitor(doc) for doc in self._known(VISITORS).values()]

    def name_of(self, person: PersonId) -> str:
        """The name by which somebody is known here; empty where they are not."""
        table = MEMBERS if person.kind is PersonKind.MEMBER else VISITORS
        doc = None if person.kind is PersonKind.WALK_IN else self._known_of(table, [person.number]).get(person.number)
        return str(doc["name"]) if doc is not None else ""

    def invited(self, email: str) -> Sequence[Visitor]:
        """The visitors whose invitation went to this address."""
        return self._visitors(self._hash(_address(email)))

    def pin_lengths(self) -> PinLengths:
        """How many members have a PIN of so many digits."""
        return self._pin_lengths

    @property
    def as_of(self) -> datetime | None:
        """When the members were last read from Nexudus, in UTC; None before the first time."""
        return _moment(self._about.get("as_of"))

    @property
    def marks(self) -> Marks:
        """How far the members go; all empty before the first time."""
        kept = self._about.get("marks") or {}
        return Marks(
            kept.get("location", 0),
            self.as_of,
            _moment(kept.get("whole")),
            _moment(kept.get("changes_until")) if kept.get("kept_of_members") == KEPT_OF_MEMBERS else None,
        )

    def member_numbers(self) -> Collection[int]:
        """Nexudus's numbers of all members who are known here."""
        return self._db.table(MEMBERS).numbers() if self._about else ()

    @property
    def member_count(self) -> int:
        """How many members can be recognised by PIN."""
        return sum(bool(doc["hash"]) for doc in self._known(MEMBERS).values())

    @property
    def visitor_count(self) -> int:
        """How many invitations are known."""
        return len(self._db.table(VISITORS)) if self._about else 0

    def replace_members(self, listings: Iterable[MemberListing], as_of: datetime) -> None:
        """Take over the list of members. Raises StateNotWritten; the old list then stands."""
        with self._turn:
            difference = Difference.to(self._known(MEMBERS), self._from_members(listings), whole=True)
            self._write({MEMBERS: difference}, as_of=as_of.isoformat())

    def change_members(
        self, listed: Sequence[MemberListing], gone: Collection[int], marks: Marks | None = None
    ) -> None:
        """Take over members as they are listed, take out those who have gone, and set the marks if there are any, in
        one write. Whoever is not named stays. Raises StateNotWritten; then nothing has changed."""
        with self._turn:
            docs = self._from_members(listed)
            come = {doc.doc_id for doc in docs}
            left = self._known_of(MEMBERS, set(gone) - come)
            change = Difference.to(self._known_of(MEMBERS, come), docs, whole=False)
            facts = {} if marks is None else _from_marks(marks)
            self._write({MEMBERS: Difference([*change.gone, *left.values()], change.come)}, **facts)
            if left:
                self._gone(left.keys())

    def replace_visitors(self, listings: Iterable[VisitorListing]) -> None:
        """Take over the list of visitors. Raises StateNotWritten; the old list then stands."""
        with self._turn:
            self._write({VISITORS: Difference.to(self._known(VISITORS), self._from_visitors(listings), whole=True)})

    def add(self, members: Sequence[MemberListing], visitors: Sequence[VisitorListing]) -> None:
        """Take in people who were looked up one by one, replacing what was known of them. Raises StateNotWritten."""
        with self._turn:
            listed = {MEMBERS: self._from_members(members), VISITORS: self._from_visitors(visitors)}
            known = {table: self._known_of(table, [doc.doc_id for doc in docs]) for table, docs in listed.items()}
            self._write({table: Difference.to(known[table], listed[table], whole=False) for table in known})

    def forget(self, person: PersonId) -> None:
        """Remove a person, from the files as well, until Nexudus lists them again. Raises StateNotWritten."""
        table = MEMBERS if person.kind is PersonKind.MEMBER else VISITORS
        if self._papers is not None:
            self._papers.forget(person)
        if person.kind is PersonKind.WALK_IN:
            self.sweep()
            return  # nobody of Nexudus's lists yet
        with self._turn:
            if known := self._known_of(table, [person.number]):
                self._write({table: Difference(list(known.values()), ())})
        self._db.compact(erase=True)
        self.sweep()

    def sweep(self) -> None:
        """Forget the guests whose visit this kiosk no longer keeps. Raises StateNotWritten."""
        if self._papers is not None:
            self._papers.sweep()
        if self._guests is not None:
            self._guests.sweep()

    def _host_index(self, rules: HostRules) -> HostIndex:
        """The index over the members as they are; made for the first who asks after they have changed."""
        index = self._hosts
        if index is None or index.rules != rules:
            with self._turn:  # else what is written meanwhile would be missing
                index = HostIndex(map(_to_host, self._known(MEMBERS).values()), rules, self._host)
                self._hosts = index
        return index

    def _host(self, number: int) -> Host | None:
        doc = self._known_of(MEMBERS, [number]).get(number)
        return _to_host(doc) if doc is not None else None

    def _known(self, table: str) -> dict[int, Document]:
        """What the file holds under this device's key; nothing if that has changed."""
        return {doc.doc_id: doc for doc in self._db.table(table)} if self._about else {}

    def _known_of(self, table: str, numbers: Iterable[int]) -> dict[int, Document]:
        """The same, of some people: to look at all of fifty thousand takes long."""
        if not self._about:
            return {}
        found = ((number, self._db.table(table).get(doc_id=number)) for number in numbers)
        return {number: doc for number, doc in found if doc is not None}

    def _write(self, differences: Mapping[str, Difference], **facts: Any) -> None:
        """Change the file in one write, and then what is kept of it in memory."""
        about = {**self._about, **facts, "key": self._key_mark()}
        with self._db.transaction():
            if not self._about:  # what is there was written under another key
                for table in (MEMBERS, VISITORS, ABOUT):
                    self._db.table(table).truncate()
            for table, difference in differences.items():
                self._db.table(table).remove(doc_ids=[doc.doc_id for doc in difference.gone])
                self._db.table(table).insert_multiple(difference.come)
            if about != self._about:
                self._db.table(ABOUT).upsert(Document(about, doc_id=1))
        self._about = about
        for table, difference in differences.items():
            self._remember(table, difference)

    def _remember(self, table: str, difference: Difference) -> None:
        if table == VISITORS:
            self._visitors.change(difference.gone, difference.come)
            return
        self._members.change(difference.gone, difference.come)
        if difference.gone or difference.come:
            self._hosts = None
        self._pin_lengths = self._pin_lengths + _lengths(difference.come) - _lengths(difference.gone)

    def _from_members(self, listings: Iterable[MemberListing]) -> list[Document]:
        return [self._from_member(listing) for listing in listings]

    def _from_member(self, listing: MemberListing) -> Document:
        fields: dict[str, Any] = {
            "name": listing.member.name,
            "hash": self._hash(listing.pin) if listing.pin else "",
            "digits": digits_of(listing.pin),
            "company": listing.company,
        }
        keys = {key for number in listing.cards if (key := card_key(number))}
        if keys:  # most have none, and documents of before there were any stay as they are
            fields["cards"] = [self._hash_of_card(key) for key in sorted(keys)]
        if listing.badges:
            fields["badges"] = [self._hash_of_badge(handle) for handle in sorted(set(listing.badges))]
        return Document(fields, doc_id=listing.member.id.number)

    def _hash_of_card(self, key: str) -> str:
        """No code has a blank in it, so no PIN can be mistaken for a card."""
        return self._hash(f"card {key}")

    def _hash_of_badge(self, handle: str) -> str:
        return self._hash(f"badge {handle}")

    def _from_visitors(self, listings: Iterable[VisitorListing]) -> list[Document]:
        return [self._from_visitor(listing) for listing in listings]

    def _from_visitor(self, listing: VisitorListing) -> Document:
        visitor = listing.visitor
        fields = {
            "name": visitor.name,
            "host": visitor.host,
            "expected": visitor.expected.isoformat() if visitor.expected else None,
            "approval": visitor.approval.value,
            "departed": visitor.departed.isoformat() if visitor.departed else None,
            "consent": visitor.consent.value,
            "where": visitor.where,
            "elsewhere": visitor.elsewhere,
            "hashes": [self._hash(text) for text in _marks_of(listing)],
        }
        return Document(fields, doc_id=visitor.id.number)

    def _key_mark(self) -> str:
        """Tells one key from another without telling anything of it."""
        return self._hash("which key is this?")[:16]


def _moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def _from_marks(marks: Marks) -> dict[str, Any]:
    """The marks as facts of the directory. When it was read stands beside them, where it always stood."""
    return {
        "as_of": marks.read.isoformat() if marks.read else None,
        "marks": {
            "location": marks.location,
            "whole": marks.whole.isoformat() if marks.whole else None,
            "changes_until": marks.changes_until.isoformat() if marks.changes_until else None,
            "kept_of_members": KEPT_OF_MEMBERS,
        },
    }


def _canonical(code: str) -> str:
    """A GUID in its usual form, whichever it came in; any other code as it is."""
    return Code(code, Via.KEYPAD).unique_id or code


def _address(email: str) -> str:
    """What an address is hashed as: no code has a blank in it, so none can be mistaken for one."""
    return f"mail to {email.casefold()}"


def _marks_of(listing: VisitorListing) -> list[str]:
    """What an invitation is found by."""
    codes = [_canonical(text) for text in (listing.code, listing.unique_id) if text]
    return [*codes, _address(listing.email)] if listing.email else codes


def _lengths(docs: Iterable[Document]) -> Counter[int]:
    return Counter(doc["digits"] for doc in docs if doc["digits"])


def _hashes_of_member(doc: Document) -> tuple[str, ...]:
    """What a member is recognised by: a PIN, cards, badges, several of them or nothing."""
    pin = (doc["hash"],) if doc["hash"] else ()
    return (*pin, *doc.get("cards", ()), *doc.get("badges", ()))


def _to_member(doc: Document) -> Member:
    return Member(PersonId(PersonKind.MEMBER, doc.doc_id), doc["name"])


def _to_host(doc: Document) -> Host:
    return Host(PersonId(PersonKind.MEMBER, doc.doc_id), doc["name"], doc.get("company", ""))


def _to_visitor(doc: Document) -> Visitor:
    return Visitor(
        PersonId(PersonKind.VISITOR, doc.doc_id),
        doc["name"],
        doc["host"],
        datetime.fromisoformat(doc["expected"]) if doc["expected"] else None,
        Approval(doc["approval"]),
        datetime.fromisoformat(doc["departed"]) if doc["departed"] else None,
        Consent(doc.get("consent", Consent.PENDING)),
        doc.get("where", ""),
        doc.get("elsewhere", ""),
    )
