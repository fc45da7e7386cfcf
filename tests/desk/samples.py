"""People and moments for tests, and a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.desk.clock import ClockQuality, Moment
from kiosk.desk.people import Approval, Member, PersonId, PersonKind, Visitor

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""A Tuesday in winter: 10:00 in Madrid, 22:00 in Auckland."""


LOST = datetime(1970, 1, 1, tzinfo=UTC)
"""Where the clock of a device begins that has lost the time."""


def moment(wall: datetime = NINE, since_boot: float = 1000.0, boot: str = "boot-1") -> Moment:
    """A moment by a clock that is set."""
    return Moment(wall, since_boot, boot, ClockQuality.SET)


def lost(since_boot: float = 1000.0, boot: str = "boot-1", started: datetime = LOST) -> Moment:
    """A moment of a boot that began with a wrong clock."""
    return Moment(started + timedelta(seconds=since_boot), since_boot, boot, ClockQuality.UNSET)


def later(at: Moment, seconds: float) -> Moment:
    """The moment `seconds` after another in the same boot."""
    return replace(at, wall=at.wall + timedelta(seconds=seconds), since_boot=at.since_boot + seconds)


def member(number: int = 1, name: str = "Ada Lovelace") -> Member:
    """A member."""
    return Member(PersonId(PersonKind.MEMBER, number), name)


def visitor(
    number: int = 1,
    name: str = "Grace Hopper",
    host: str = "Ada Lovelace",
    expected: datetime | None = NINE,
    approval: Approval = Approval.NOT_REQUIRED,
    departed: datetime | None = None,
) -> Visitor:
    """An invited visitor; the day is right unless the test says otherwise."""
    return Visitor(PersonId(PersonKind.VISITOR, number), name, host, expected, approval, departed)


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: Moment | None = None) -> None:
        self.at = at or moment()

    def now(self) -> Moment:
        """The present moment."""
        return self.at

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.at = later(self.at, seconds)

    def set_wall(self, wall: datetime) -> None:
        """Set the time of day, as the network does; the time since boot does not move."""
        self.at = replace(self.at, wall=wall)
