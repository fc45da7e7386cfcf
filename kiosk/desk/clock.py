"""Time as the desk sees it. It reads no clock: a `Moment` is passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class ClockQuality(StrEnum):
    """Whether the wall time of a moment can be believed. A Raspberry Pi has no battery clock."""

    SET = "set"
    """The clock had been set by the network or by the server."""
    UNSET = "unset"
    """It had not: only the time since boot is right, and the wall time is to be corrected."""


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


class Clock(Protocol):
    """Gives the present moment."""

    def now(self) -> Moment:
        """The present moment."""
        ...
