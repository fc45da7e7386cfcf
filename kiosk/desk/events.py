"""Events: the facts the kiosk records. They say what was meant, never "toggle": repeating one changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Via
from kiosk.desk.people import PersonId


class EventKind(StrEnum):
    """What happened."""

    CHECK_IN = "check-in"
    CHECK_OUT = "check-out"
    UNDO = "undo"
    """The person took back an event of theirs; both stay on record."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What the desk wants recorded: an event before it has a number.

    Attributes:
        kind: What happened.
        person: To whom.
        via: How they were recognised.
        name: Their name as it was then, so that a listing needs no directory; purged with the event.
        refers_to: For a check-out the check-in that it ends, where one is known here; for an undo the event taken back.
    """

    kind: EventKind
    person: PersonId
    via: Via
    name: str = ""
    refers_to: UUID | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded fact. `id` goes to Nexudus as `SystemId`; `sequence` counts up without a gap on this kiosk."""

    id: UUID
    sequence: int
    intent: Intent
    at: Moment


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody is in the house.

    Attributes:
        person: Who.
        since: Since when, in UTC.
        event: The check-in recorded here, or None if it was made elsewhere.
        remote_id: Nexudus's check-in record, once it is known. Visitors have none.
    """

    person: PersonId
    since: datetime
    event: UUID | None = None
    remote_id: int | None = None
