"""Who is known here, kept small: an id, a name for the screen, and hashes of what may be shown. No PIN, no e-mail
address."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import MemberListing, VisitorListing
from kiosk.desk.odds import PinLengths, digits_of
from kiosk.desk.people import Approval, Member, PersonId, PersonKind, Visitor
from kiosk.state.database import Database
from kiosk.state.secrets import CodeHasher

MEMBERS, VISITORS, ABOUT = "members", "visitors", "about"

Document = dict[str, Any]
P = TypeVar("P", Member, Visitor)


class DirectoryStore:
    """Fulfils the desk's `Directory`: look-ups are one hash and one dictionary access, whoever is asked for.

    A list is replaced whole and in one write. If the device's key has changed the stored hashes mean nothing, and the
    directory starts empty, to be read from Nexudus again.
    """

    def __init__(self, database: Database, hasher: CodeHasher) -> None:
        self._db = database
        self._hash = hasher
        self._turn = threading.RLock()
        with self._db.reading():
            about = self._db.table(ABOUT).all()
            self._about: dict[str, Any] = dict(about[0]) if about else {}
            if self._about.get("key") != self._key_mark():
                self._about = {}
            self._remember({MEMBERS: self._docs(MEMBERS), VISITORS: self._docs(VISITORS)})

    def members_with(self, code: str) -> Sequence[Member]:
        """The members who have this PIN."""
        return self._members.get(self._hash(code), ())

    def visitors_with(self, code: Code) -> Sequence[Visitor]:
        """The visitors whose invitation has this code or GUID."""
        return self._visitors.get(self._hash(_canonical(code.text)), ())

    def pin_lengths(self) -> PinLengths:
        """How many members have a PIN of so many digits."""
        return self._pin_lengths

    @property
    def as_of(self) -> datetime | None:
        """When the members were last read from Nexudus, in UTC; None before the first time."""
        stamp = self._about.get("as_of")
        return datetime.fromisoformat(stamp) if stamp else None

    @property
    def member_count(self) -> int:
        """How many members can be recognised by PIN."""
        return sum(len(group) for group in self._members.values())

    @property
    def visitor_count(self) -> int:
        """How many invitations are known."""
        return self._visitor_count

    def replace_members(self, listings: Iterable[MemberListing], as_of: datetime) -> None:
        """Take over the list of members. Raises StateNotWritten; the old list then stands."""
        with self._turn:
            self._replace({MEMBERS: self._from_members(listings)}, as_of=as_of.isoformat())

    def replace_visitors(self, listings: Iterable[VisitorListing]) -> None:
        """Take over the list of visitors. Raises StateNotWritten; the old list then stands."""
        with self._turn:
            self._replace({VISITORS: [self._from_visitor(listing) for listing in listings]})

    def add(self, members: Sequence[MemberListing], visitors: Sequence[VisitorListing]) -> None:
        """Take in people who were looked up one by one, replacing what was known of them. Raises StateNotWritten."""
        with self._turn:
            changed: dict[str, list[Document]] = {}
            if members:
                others = _without(self._docs(MEMBERS), {listing.member.id.number for listing in members})
                changed[MEMBERS] = others + self._from_members(members)
            if visitors:
                others = _without(self._docs(VISITORS), {listing.visitor.id.number for listing in visitors})
                changed[VISITORS] = others + [self._from_visitor(listing) for listing in visitors]
            if changed:
                self._replace(changed)

    def forget(self, person: PersonId) -> None:
        """Remove a person, from the files as well, until Nexudus lists them again. Raises StateNotWritten."""
        table = MEMBERS if person.kind is PersonKind.MEMBER else VISITORS
        with self._turn:
            known = self._docs(table)
            others = _without(known, {person.number})
            if len(others) != len(known):
                self._replace({table: others})
        self._db.compact(erase=True)

    def _docs(self, table: str) -> list[Document]:
        """What the file holds under this device's key; nothing if that has changed."""
        return [dict(doc) for doc in self._db.table(table).all()] if self._about else []

    def _replace(self, changed: dict[str, list[Document]], **facts: str) -> None:
        """Replace whole tables in one write, and then what is kept of them in memory."""
        about = {**self._about, **facts, "key": self._key_mark()}
        with self._db.transaction():
            for table in (MEMBERS, VISITORS):
                if table in changed or not self._about:
                    self._db.table(table).truncate()
                    self._db.table(table).insert_multiple(changed.get(table, []))
            self._db.table(ABOUT).truncate()
            self._db.table(ABOUT).insert(about)
        self._about = about
        self._remember(changed)

    def _remember(self, changed: dict[str, list[Document]]) -> None:
        if MEMBERS in changed:
            self._members = _index((doc["hash"], _to_member(doc)) for doc in changed[MEMBERS])
            self._pin_lengths = _count_lengths(changed[MEMBERS])
        if VISITORS in changed:
            self._visitors = _index((key, _to_visitor(doc)) for doc in changed[VISITORS] for key in doc["hashes"])
            self._visitor_count = len({doc["id"] for doc in changed[VISITORS]})

    def _from_members(self, listings: Iterable[MemberListing]) -> list[Document]:
        return [_from_member(listing, self._hash(listing.pin)) for listing in listings if listing.pin]

    def _from_visitor(self, listing: VisitorListing) -> Document:
        visitor = listing.visitor
        return {
            "id": visitor.id.number,
            "name": visitor.name,
            "host": visitor.host,
            "expected": visitor.expected.isoformat() if visitor.expected else None,
            "approval": visitor.approval.value,
            "departed": visitor.departed.isoformat() if visitor.departed else None,
            "hashes": [self._hash(_canonical(text)) for text in (listing.code, listing.unique_id) if text],
        }

    def _key_mark(self) -> str:
        """Tells one key from another without telling anything of it."""
        return self._hash("which key is this?")[:16]


def _canonical(code: str) -> str:
    """A GUID in its usual form, whichever it came in; any other code as it is."""
    return Code(code, Via.KEYPAD).unique_id or code


def _index(pairs: Iterable[tuple[str, P]]) -> dict[str, tuple[P, ...]]:
    """People by hash; somebody whom two pages of a list held is one person."""
    found: dict[str, dict[PersonId, P]] = defaultdict(dict)
    for key, person in pairs:
        found[key][person.id] = person
    return {key: tuple(people.values()) for key, people in found.items()}


def _count_lengths(docs: list[Document]) -> PinLengths:
    """Each member once. A list from before lengths were kept counts as none; the next one, soon read, has them."""
    digits = {doc["id"]: doc.get("digits", 0) for doc in docs}
    return Counter(number for number in digits.values() if number)


def _without(docs: list[Document], ids: set[int]) -> list[Document]:
    return [doc for doc in docs if doc["id"] not in ids]


def _from_member(listing: MemberListing, hashed: str) -> Document:
    member = listing.member
    return {"id": member.id.number, "name": member.name, "hash": hashed, "digits": digits_of(listing.pin)}


def _to_member(doc: Any) -> Member:
    return Member(PersonId(PersonKind.MEMBER, doc["id"]), doc["name"])


def _to_visitor(doc: Any) -> Visitor:
    return Visitor(
        PersonId(PersonKind.VISITOR, doc["id"]),
        doc["name"],
        doc["host"],
        datetime.fromisoformat(doc["expected"]) if doc["expected"] else None,
        Approval(doc["approval"]),
        datetime.fromisoformat(doc["departed"]) if doc["departed"] else None,
    )
