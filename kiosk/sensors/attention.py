"""Whether anything happens before the camera.

Most of the day nobody is there. A picture like the one before need not be searched, and need not come so soon.
"""

from __future__ import annotations

from PIL import Image, ImageChops

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import Pace

STILL_SECONDS = 1.0
"""A view that stays the same is searched for so long, which is each of the decoder's passes several times ..."""

LOOK_AGAIN_SECONDS = 1.0
"""... and then only so often, in case that what changed was too little to be noticed."""

IDLE_SECONDS = 10.0
"""After so long without a change, frames need not come at full pace."""

_BLOCK = 8
"""Side of the squares, in pixels, whose mean brightness is compared. The noise of single pixels is gone from them: at
a deviation of 20 levels, as in a dark lobby, not one square in ten thousand seems to have changed. Takes 0.1 ms for
640x480 pixels, where a search that finds nothing takes 4."""

_LEVELS = 16
"""How much brighter or darker a square has to be, of 255."""

_SQUARES = 8
"""How many have to be: a fingertip's area, or a tenth of the smallest code that is read."""


class Attention:
    """Compares each frame with the last one that differed, so that slow changes add up until they count.

    A code in view keeps the attention, however still it is held. Times are seconds of one clock that only grows. Not
    for two threads at once.
    """

    def __init__(self) -> None:
        self._seen: Image.Image | None = None
        self._changed = float("-inf")
        self._looked = float("-inf")
        self._now = 0.0
        self._has_code = False

    def deserved_by(self, frame: Frame, now: float) -> bool:
        """Note a frame, and return whether it is worth a search."""
        self._now = now
        squares = _squares(frame)
        if self._has_code or self._seen is None or _differ(squares, self._seen):
            self._seen, self._changed = squares, now
        if now - self._changed >= STILL_SECONDS and now - self._looked < LOOK_AGAIN_SECONDS:
            return False
        self._looked = now
        return True

    def looked(self, *, found: bool) -> None:
        """Note what came of a search."""
        self._has_code = found

    def wake(self) -> None:
        """Somebody means to show something, or the camera was away: take the next frame for a new one."""
        self._seen = None

    @property
    def pace(self) -> Pace:
        """At which pace frames should come."""
        return Pace.IDLE if self._seen is not None and self._now - self._changed >= IDLE_SECONDS else Pace.FULL


def _squares(frame: Frame) -> Image.Image:
    if not frame.grey:
        return Image.new("L", (0, 0))
    return Image.frombuffer("L", (frame.width, frame.height), frame.grey, "raw", "L", 0, 1).reduce(_BLOCK)


def _differ(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size or 0 in one.size:
        return True
    changed = sum(ImageChops.difference(one, other).histogram()[_LEVELS + 1 :])
    return changed >= min(_SQUARES, one.width * one.height)
