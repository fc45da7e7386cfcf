"""Events: the facts the kiosk records. They say what was meant, never "toggle": repeating one changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.desk.clock import Anchor, Moment, anchor_of
from kiosk.desk.credentials import Via
from kiosk.desk.people import Consent, PersonId
from kiosk.desk.walk_in import WalkIn


class EventKind(StrEnum):
    """What happened."""

    CHECK_IN = "check-in"
    CHECK_OUT = "check-out"
    REGISTER = "register"
    """A visitor whom nobody announced registered, and came in unless the host has to approve first."""
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
        consent: Whether a visitor has agreed to the terms here.
        form: What a walk-in gave, until Nexudus has it.
        terms: The version of the terms that a visitor has agreed to here (`Texts.terms_version`); the time is that of
            the event.
    """

    kind: EventKind
    person: PersonId
    via: Via
    name: str = ""
    refers_to: UUID | None = None
    consent: Consent = Consent.PENDING
    form: WalkIn | None = None
    terms: str = ""


class TimeBasis(StrEnum):
    """How the time of an event was come by."""

    CLOCK = "clock"
    """The clock was right, and is believed."""
    ANCHORED = "anchored"
    """The clock was wrong; counted from the first point of the same boot whose true time is known."""
    ESTIMATED = "estimated"
    """The clock was wrong, and nobody knows a true time of that boot: between what happened before it and after it."""
    DOUBTED = "doubted"
    """The clock was wrong, and the true time is not known yet."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What takes the place of a wrong wall time.

    Attributes:
        time: The true time, in UTC, as well as it is known.
        basis: ANCHORED or ESTIMATED.
        within: Seconds that it may be off, either way; None where nothing bounds it on one side.
    """

    time: datetime
    basis: TimeBasis
    within: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One recorded fact.

    Attributes:
        id: Goes to Nexudus as `SystemId`.
        sequence: Counts up without a gap on this kiosk.
        intent: What was meant.
        at: When, as the kiosk's clocks showed it. It never changes.
        correction: The true time where the wall clock was wrong, once it is known.
    """

    id: UUID
    sequence: int
    intent: Intent
    at: Moment
    correction: Correction | None = None

    @property
    def time(self) -> datetime:
        """When it happened, in UTC: the time to send, to show and to compare."""
        return self.correction.time if self.correction else self.at.wall

    @property
    def basis(self) -> TimeBasis:
        """How `time` was come by."""
        if self.correction:
            return self.correction.basis
        return TimeBasis.CLOCK if self.at.quality.believed else TimeBasis.DOUBTED

    @property
    def anchor(self) -> Anchor | None:
        """The point of its boot whose true time this event makes known, if it does."""
        if self.correction and self.correction.basis is TimeBasis.ANCHORED:
            return Anchor(self.at.boot, self.at.since_boot, self.correction.time, self.correction.within or 0.0)
        return anchor_of(self.at)


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
