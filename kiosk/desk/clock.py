"""Time as the desk sees it. It reads no clock: a `Moment` is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Protocol

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No true time lies before this: the kiosk did not exist then."""

DATE_STEP = timedelta(seconds=1)
"""How fine a server's `Date` is: whatever it does within a second bears the same one."""


class ClockQuality(StrEnum):
    """Whether the wall time of a moment can be believed. A Raspberry Pi has no battery clock."""

    SET = "set"
    """The device's clock had been set by the network."""
    SERVER = "server"
    """It had not, but the server had told the time in this boot: the wall time is counted from that."""
    UNSET = "unset"
    """Neither: only the time since boot is right, and the wall time is to be corrected."""

    @property
    def believed(self) -> bool:
        """Whether the wall time is the true one."""
        return self is not ClockQuality.UNSET


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, told in a way that survives a wrong clock.

    Attributes:
        wall: The time of day by this device's clock, aware, in UTC.
        since_boot: Seconds since this boot, suspended time included; never jumps.
        boot: The id of this boot.
        quality: Whether `wall` can be believed.
    """

    wall: datetime
    since_boot: float
    boot: str
    quality: ClockQuality


@dataclass(frozen=True, slots=True)
class Anchor:
    """One point of a boot whose true time is known; it gives the true time of every other point of that boot.

    Attributes:
        boot: The boot.
        since_boot: Seconds from its start to this point.
        true: The true time of this point, aware, in UTC.
        uncertainty: Seconds that `true` may be off, either way.
    """

    boot: str
    since_boot: float
    true: datetime
    uncertainty: float = 0.0

    def time_at(self, since_boot: float) -> datetime:
        """The true time of another point of the same boot."""
        return self.true + timedelta(seconds=since_boot - self.since_boot)

    @property
    def started(self) -> datetime:
        """The true time at which the boot began."""
        return self.time_at(0.0)

    def betters(self, known: Anchor) -> bool:
        """Whether this one should take the place of an anchor that is known: it contradicts it, since a device's
        crystal drifts in weeks, or is at least twice as sure."""
        apart = abs((self.true - known.time_at(self.since_boot)).total_seconds())
        return apart > self.uncertainty + known.uncertainty or self.uncertainty * 2 <= known.uncertainty


def anchor_of(moment: Moment) -> Anchor | None:
    """A moment whose wall time is believed is an anchor of its boot; another is none."""
    return Anchor(moment.boot, moment.since_boot, moment.wall) if moment.quality.believed else None


def anchor_from_date(date: datetime, round_trip: float, now: Moment) -> Anchor:
    """The anchor that an answer of a trusted server gives.

    The server wrote `date` at some point of the round trip, and it is cut to whole seconds: so it was written up to a
    second later than it says, and up to the whole round trip ago. The middle of that is taken.

    Args:
        date: The answer's `Date`.
        round_trip: Seconds from the first byte of the request to the head of the answer.
        now: The moment at which the head came; its wall time does not matter.
    """
    span = DATE_STEP.total_seconds() + max(round_trip, 0.0)
    return Anchor(now.boot, now.since_boot, date + timedelta(seconds=span / 2), span / 2)


def true_time(moment: Moment, anchor: Anchor) -> datetime:
    """The true time of a moment, by an anchor of the same boot. Raises ValueError for one of another boot."""
    if moment.boot != anchor.boot:
        raise ValueError("an anchor tells nothing of another boot")
    return anchor.time_at(moment.since_boot)


class Clock(Protocol):
    """Gives the present moment."""

    def now(self) -> Moment:
        """The present moment."""
        ...


class LearningClock(Clock, Protocol):
    """A clock that can be told the true time."""

    def learn(self, anchor: Anchor) -> None:
        """Take note of the true time of a point of this boot. From any thread."""
        ...
