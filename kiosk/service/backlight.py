"""The display's backlight through the kernel (`/sys/class/backlight`), and how bright it should be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Protocol

BACKLIGHTS = Path("/sys/class/backlight")

TOUCHED_SECONDS = 60.0
"""So long after a touch the display is as bright as by day."""


class Backlight(Protocol):
    """A light behind the glass."""

    def shine(self, percent: int) -> None:
        """Be so bright, of 100. Raises OSError if it cannot be set."""
        ...


class NoBacklight:
    """A display whose light cannot be set."""

    def shine(self, percent: int) -> None:
        """Stay as it is."""


class KernelBacklight:
    """One folder of `/sys/class/backlight`. The udev rule lets the group `video` write to its `brightness`."""

    def __init__(self, folder: Path) -> None:
        self._brightness = folder / "brightness"
        self._most = int((folder / "max_brightness").read_text("ascii"))

    def shine(self, percent: int) -> None:
        """At least 1 of what the driver knows: 0 switches some displays off."""
        self._brightness.write_text(str(max(1, round(self._most * percent / 100))), "ascii")


def choose_backlight(folder: Path = BACKLIGHTS) -> Backlight:
    """The first backlight that there is, else none."""
    for found in sorted(folder.glob("*/max_brightness")):
        try:
            return KernelBacklight(found.parent)
        except (OSError, ValueError):
            continue
    return NoBacklight()


@dataclass(frozen=True, slots=True)
class Night:
    """When the display is dimmed, by the location's clock; never if both ends are the same.

    Attributes:
        begins: From then on.
        ends: Until then, the next morning if that is earlier.
        percent: How bright it is then, of 100.
    """

    begins: time
    ends: time
    percent: int

    def brightness(self, now: time, untouched: float) -> int:
        """How bright the display should be, of 100."""
        return self.percent if self._covers(now) and untouched >= TOUCHED_SECONDS else 100

    def _covers(self, now: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= now < self.ends
        return now >= self.begins or now < self.ends
