"""The time of day as the glass tells it: the kiosk's own, which may know better than this device, or none at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from kiosk.desk.clock import Clock

TellTime = Callable[[], datetime | None]
"""Answers the time, aware, in UTC; None while nobody knows it."""


@runtime_checkable
class TellsTime(Protocol):
    """An application that knows the time."""

    tell_time: TellTime


def time_of(clock: Clock) -> TellTime:
    """The time by this clock. A Raspberry Pi has no battery: until the network or Nexudus has told it the time, none is
    shown, since whoever reads a wrong one on a wall believes it."""

    def tell() -> datetime | None:
        moment = clock.now()
        return moment.wall if moment.quality.believed else None

    return tell


def device_time() -> datetime | None:
    """The time by this device's clock, believed as it is."""
    return datetime.now(UTC)
