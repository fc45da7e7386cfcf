"""Who is known here, kept small: an id, a name for the screen, and hashes of what may be shown. No PIN, no e-mail
address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from kiosk.desk.credentials import Code
from kiosk.desk.directory import MemberListing, VisitorListing
from kiosk.desk.people import Approval, Member, PersonId, PersonKind, Visitor
from kiosk.state.secrets import CodeHasher
from kiosk.state.store import Database

MEMBERS, VISITORS, ABOUT = "members", "visitors", "about"


class DirectoryStore:
    """Fulfils the desk's `Directory`: look-ups are one hash and one dictionary access, whoever is asked for.

    A list is replaced whole and in one write. If the device's key has changed the stored hashes mean nothing, and the
    directory starts empty, to be read from Nexudus again.
    """

    def __init__(self, database: Database, hasher: CodeHasher) -> None:
        self._db = database
        self._hash = hasher
        with self._db.transaction():
            about = self._db.table(ABOUT).all()
            self._about: dict[str, Any] = dict(about[0]) if about else {}
            known_key = self._about.get("key") == self._key_mark()
            members = self._db.table(MEMBERS).all() if known_key else []
            visitors = self._db.table(VISITORS).all() if known_key else []
        if not known_key:
            self._about = {}
        self._members = _index((doc["hash"], _to_member(doc)) for doc in members)
        self._visitors = _index((key, _to_visitor(doc)) for doc in visitors for key in doc["hashes"])
        self._visitor_count = len(visitors)

    def members_with(self, code: str) -> Sequence[Member]:
        """The members who have this PIN."""
        return self._members.get(self._hash(code), ())

    def visitors_with(self, code: Code) -> Sequence[Visitor]:
        """The visitors whose invitation has this code or GUID."""
        return self._visitors.get(self._hash(code.unique_id or code.text), ())

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
        docs = [_from_member(listing.member, self._hash(listing.pin)) for listing in listings if listing.pin]
        about = {**self._about, "as_of": as_of.isoformat(), "key": self._key_mark()}
        self._replace(MEMBERS, docs, about)
        self._members = _index((doc["hash"], _to_member(doc)) for doc in docs)

    def replace_visitors(self, listings: Iterable[VisitorListing]) -> None:
        """Take over the list of visitors. Raises StateNotWritten; the old list then stands."""
        docs = [self._from_visitor(listing) for listing in listings]
        self._replace(VISITORS, docs, {**self._about, "key": self._key_mark()})
        self._visitors = _index((key, _to_visitor(doc)) for doc in docs for key in doc["hashes"])
        self._visitor_count = len(docs)

    def add(self, members: Sequence[MemberListing], visitors: Sequence[VisitorListing]) -> None:
        """Take in people who were looked up one by one, replacing what was known of them."""
        with self._db.transaction():
            member_docs = _replaced(
                self._db.table(MEMBERS).all(), [_from_member(m.member, self._hash(m.pin)) for m in members]
            )
            visitor_docs = _replaced(self._db.table(VISITORS).all(), [self._from_visitor(v) for v in visitors])
            if members:
                self._replace(MEMBERS, member_docs, self._about)
                self._members = _index((doc["hash"], _to_member(doc)) for doc in member_docs)
            if visitors:
                self._replace(VISITORS, visitor_docs, self._about)
                self._visitors = _index((key, _to_visitor(doc)) for doc in visitor_docs for key in doc["hashes"])

    def _replace(self, table: str, docs: list[dict[str, Any]], about: dict[str, Any]) -> None:
        with self._db.transaction():
            self._db.table(table).truncate()
            self._db.table(table).insert_multiple(docs)
            self._db.table(ABOUT).truncate()
            self._db.table(ABOUT).insert(about)
        self._about = about

    def _from_visitor(self, listing: VisitorListing) -> dict[str, Any]:
        visitor = listing.visitor
        return {
            "id": visitor.id.number,
            "name": visitor.name,
            "host": visitor.host,
            "expected": visitor.expected.isoformat() if visitor.expected else None,
            "approval": visitor.approval.value,
            "departed": visitor.departed.isoformat() if visitor.departed else None,
            "hashes": [self._hash(text) for text in (listing.code, listing.unique_id) if text],
        }

    def _key_mark(self) -> str:
        """Tells one key from another without telling anything of it."""
        return self._hash("which key is this?")[:16]


def _index(pairs: Iterable[tuple[str, Member]] | Iterable[tuple[str, Visitor]]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for key, person in pairs:
        found[key].append(person)
    return {key: tuple(people) for key, people in found.items()}


def _replaced(docs: Sequence[Any], newer: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = {doc["id"] for doc in newer}
    return [dict(doc) for doc in docs if doc["id"] not in ids] + newer


def _from_member(member: Member, hashed: str) -> dict[str, Any]:
    return {"id": member.id.number, "name": member.name, "hash": hashed}


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
