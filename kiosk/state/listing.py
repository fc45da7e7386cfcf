"""What a listing needs of the state, read without the lock and without a `Ledger`, which writes as it opens: after a
restart it marks requests whose fate nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tinydb import where

from kiosk.desk.events import Stay
from kiosk.desk.house import Closure
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.queue import Entry
from kiosk.state.database import Database
from kiosk.state.directory import ABOUT, MEMBERS, VISITORS
from kiosk.state.ledger import AUDIT, EVENTS, STAYS
from kiosk.state.records import to_entry, to_moment, to_stay
from kiosk.state.staff import DAMAGE
from kiosk.state.staff_room import STAFF, to_closure


def read_entries(precious: Database) -> Sequence[Entry]:
    """Every event with its place in the queue, oldest first. Raises StateDamaged."""
    with precious.reading():
        entries = [to_entry(doc, doc.doc_id) for doc in precious.table(EVENTS).all()]
    return sorted(entries, key=lambda entry: entry.event.sequence)


def read_stays(precious: Database) -> Sequence[Stay]:
    """Everybody who is in, the longest first. Raises StateDamaged."""
    with precious.reading():
        stays = [to_stay(doc) for doc in precious.table(STAYS).all()]
    return sorted(stays, key=lambda stay: stay.since)


@dataclass(frozen=True, slots=True)
class Damage:
    """That the record was damaged.

    Attributes:
        found: When that was found and repaired, in UTC; None if nobody has repaired it yet.
        note: What could not be read.
    """

    found: datetime | None
    note: str


def read_damage(precious: Database) -> Sequence[Damage]:
    """What staff should know of the record's damages, the oldest first. Raises StateDamaged."""
    with precious.reading():
        lines = precious.table(AUDIT).search(where("what") == DAMAGE)
        known = [Damage(to_moment(line["at"]).wall, line["note"]) for line in lines]
    return [*known, *([Damage(None, "; ".join(precious.damage))] if precious.damage else [])]


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A line of the audit.

    Attributes:
        at: When, as this device's clock showed it, in UTC.
        what: What was done.
        who: Who did it; empty for a command on this device and for the kiosk itself.
        about: The event's or the person's id; empty where it concerns neither.
        note: More of it; never a name.
    """

    at: datetime
    what: str
    who: str = ""
    about: str = ""
    note: str = ""


def read_audit(precious: Database) -> Sequence[AuditLine]:
    """The whole audit, the oldest first. Raises StateDamaged."""
    with precious.reading():
        lines = sorted(precious.table(AUDIT).all(), key=lambda line: line.doc_id)
        return [
            AuditLine(
                to_moment(line["at"]).wall,
                line["what"],
                line.get("who", ""),
                " ".join(str(line[name]) for name in ("person", "event") if line.get(name)),
                line.get("note", ""),
            )
            for line in lines
        ]


def read_closure(precious: Database) -> Closure | None:
    """That staff have closed the kiosk; None while it is open. Raises StateDamaged."""
    with precious.reading():
        doc = precious.table(STAFF).get(doc_id=1)
        return to_closure(doc.get("closure") if doc is not None else None)


def read_names(directory: Database) -> Mapping[PersonId, str]:
    """The names of all who are known here. Raises StateDamaged."""
    with directory.reading():
        return {
            PersonId(kind, doc.doc_id): doc["name"]
            for kind, table in ((PersonKind.MEMBER, MEMBERS), (PersonKind.VISITOR, VISITORS))
            for doc in directory.table(table).all()
        }


def read_as_of(directory: Database) -> datetime | None:
    """When the members were last read from Nexudus, in UTC; None before the first time. Raises StateDamaged."""
    with directory.reading():
        stamps = [doc["as_of"] for doc in directory.table(ABOUT).all() if doc.get("as_of")]
        return datetime.fromisoformat(stamps[0]) if stamps else None
