"""Why a code is not read, judged from the picture: what to say to whoever holds it up.

A picture is judged a few times a second, mostly on a sixteenth of its pixels: 0.5 to 1 ms each time on a desktop
processor. Limits are shares of the full scale of 255, of the picture's height, or of a
module; they were set on drawn codes spoilt in one way each, and looked at on photographs.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from PIL import Image, ImageChops

from kiosk.desk.frames import Frame, Hint
from kiosk.desk.sights import Sight
from kiosk.sensors.symbol import Point

SMALL = 160
"""The width, in pixels, of the picture that is judged as a whole."""

DARK = 60
"""The grey that the brightest fiftieth of a picture must reach. A dimmed phone in a dark room does."""

BRIGHTEST = 0.98
"""A fiftieth of the pixels is brighter: single ones are noise."""

SATURATED = 250
"""From this grey on the sensor is at its end."""

GLARING = 2
"""So many parts of a code at the sensor's end are a mirrored lamp: a code has dark cells everywhere."""

NEAR = 0.86
"""The share of the picture's height past which a code is too close: its margin is cut off."""

FAR = 0.15
"""The share of the height below which a code is too far away: under three pixels a module at 640x480."""

NEARISH = 0.6
"""The share of the height from which on a smeared code is rather out of focus than moved: the focus is fixed."""

SMEARED = 0.4
"""The width of an edge, in modules, from which on a code is smeared; the decoders bear about one."""

MODULES = 29
"""Across a code of an invitation: version 2 or 3."""

BUSY = 30
"""The mean difference to their mean, in greys, of a part of the picture that is all dark and light cells."""

FULL = 0.8
"""The share of busy parts from which on the picture is filled with a code, too large for its squares to be found."""

MOVED = 12.0
"""The mean difference to the last picture, in greys, from which on something large moves."""

_PARTS = (8, 6)
"""Of a picture, judged for being busy."""

_PARTS_OF_CODE = (6, 6)
"""Of a code, judged for glare: each some five modules wide."""

_LONGEST = 240
"""The side, in pixels, that a code is measured at at most."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One picture, measured.

    Attributes:
        brightest: The grey that a fiftieth of the pixels reach, 0 to 255.
        motion: The mean difference to the picture before, in greys; 0 without one.
        busy: The share of the picture that is all dark and light cells, 0 to 1.
        sight: What the decoder says of the codes in it.
        unread: The largest code that could not be read, or None.
    """

    brightest: int
    motion: float
    busy: float
    sight: Sight
    unread: Unread | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A code that was found and not read.

    Attributes:
        size: Its longer side, as a share of the picture's height.
        edge: How wide its sharpest edges are, in modules.
        brightest: The grey that a fiftieth of its pixels reach.
        glaring: How many of its 36 parts are wholly at the sensor's end.
    """

    size: float
    edge: float
    brightest: int
    glaring: int


def judge(look: Measured, *, lately_unread: bool) -> Hint:
    """Return what keeps a code from being read, from the surest cause to the least sure.

    Args:
        look: The picture.
        lately_unread: Whether a code was found and not read a moment ago; one that moves fast is not even found.
    """
    if look.sight is Sight.SEVERAL:
        return Hint.SEVERAL
    if look.sight is Sight.CODE:
        return Hint.NONE
    if look.unread is not None:
        return _judge_code(look.unread)
    if look.brightest < DARK:
        return Hint.TOO_DARK
    if look.busy >= FULL:
        return Hint.TOO_CLOSE
    return Hint.HOLD_STILL if lately_unread and look.motion >= MOVED else Hint.NONE


def _judge_code(code: Unread) -> Hint:
    if code.brightest < DARK:
        return Hint.TOO_DARK
    if code.glaring >= GLARING:
        return Hint.TILT
    if code.size > NEAR or (code.size > NEARISH and code.edge >= SMEARED):
        return Hint.TOO_CLOSE
    if code.size < FAR:
        return Hint.TOO_FAR
    # A sharp code that is not read has something on it: a pale reflection, or a crack that shines.
    return Hint.HOLD_STILL if code.edge >= SMEARED else Hint.TILT


class Measure:
    """Measures pictures one after the other. It keeps the last one, small, to see what moves."""

    def __init__(self) -> None:
        self._before: Image.Image | None = None

    def look(self, frame: Frame, sight: Sight, unread: Sequence[Sequence[Point]]) -> Measured:
        """Measure a frame of which a decoder says this, with the outlines of the codes that it could not read."""
        picture = Image.frombuffer("L", (frame.width, frame.height), frame.grey, "raw", "L", 0, 1)
        small = picture.reduce(max(1, frame.width // SMALL))
        before, self._before = self._before, small
        motion = _mean_difference(before, small) if before is not None and before.size == small.size else 0.0
        largest = max(unread, key=_side, default=None)
        return Measured(
            _grey_at(small.histogram(), BRIGHTEST),
            motion,
            _busy_share(small),
            sight,
            None if largest is None else _measure_code(picture, largest),
        )


class Steady:
    """Holds a hint as long as it takes to read, and shows none that lasts but for a moment.

    Times are seconds of one clock that only grows.
    """

    AFTER = 0.5
    """How long something must be so before it is said."""

    AT_LEAST = 1.5
    """How long what was said stays, unless a code is read."""

    def __init__(self) -> None:
        self._said = self._thought = Hint.NONE
        self._said_at = self._thought_at = -math.inf

    def say(self, thought: Hint, now: float) -> Hint:
        """Note what one picture suggests, and return what to say."""
        if thought is not self._thought:
            self._thought, self._thought_at = thought, now
        lasts = now - self._thought_at >= self.AFTER
        if thought is not self._said and lasts and now - self._said_at >= self.AT_LEAST:
            self._said, self._said_at = thought, now
        return self._said

    def clear(self) -> None:
        """A code was read: nothing is wrong any more."""
        self._said = self._thought = Hint.NONE
        self._said_at = self._thought_at = -math.inf


def _measure_code(picture: Image.Image, corners: Sequence[Point]) -> Unread | None:
    if len(corners) != 4 or (side := _side(corners)) < 2:
        return None
    code = _upright(picture, corners, min(_LONGEST, round(side)))
    greys = code.histogram()
    return Unread(
        side / picture.height,
        _edge_width(code, greys) * MODULES / code.width,
        _grey_at(greys, BRIGHTEST),
        _glaring(code),
    )


def _upright(picture: Image.Image, corners: Sequence[Point], side: int) -> Image.Image:
    """The code by itself, as a square."""
    top_left, top_right, bottom_right, bottom_left = corners
    quad = (*top_left, *bottom_left, *bottom_right, *top_right)
    return picture.transform((side, side), Image.Transform.QUAD, quad, Image.Resampling.BILINEAR)


def _side(corners: Sequence[Point]) -> float:
    """The longest side, in pixels."""
    return max(math.dist(one, other) for one, other in zip(corners, (*corners[1:], *corners[:1]), strict=True))


def _edge_width(code: Image.Image, greys: Sequence[int]) -> float:
    """How many pixels the sharpest edges need from dark to light: the contrast by the steepest differences."""
    contrast = _grey_at(greys, 0.95) - _grey_at(greys, 0.05)
    right = ImageChops.difference(code, ImageChops.offset(code, 1, 0)).histogram()
    return contrast / max(_grey_at(right, 0.98), 1)


def _glaring(code: Image.Image) -> int:
    parts = code.point(_AT_THE_END).resize(_PARTS_OF_CODE, Image.Resampling.BOX)
    return sum(parts.histogram()[250:])


def _busy_share(small: Image.Image) -> float:
    """The share of the parts of a picture that have the contrast of dark and light cells."""
    means = small.resize(_PARTS, Image.Resampling.BOX).resize(small.size, Image.Resampling.NEAREST)
    parts = ImageChops.difference(small, means).resize(_PARTS, Image.Resampling.BOX)
    return sum(parts.histogram()[BUSY:]) / (_PARTS[0] * _PARTS[1])


def _mean_difference(one: Image.Image, other: Image.Image) -> float:
    greys = ImageChops.difference(one, other).histogram()
    return sum(grey * count for grey, count in enumerate(greys)) / sum(greys)


def _grey_at(greys: Sequence[int], share: float) -> int:
    """The grey at or below which so large a share of the pixels is."""
    counted = list(accumulate(greys))
    return bisect_left(counted, counted[-1] * share)


_AT_THE_END = [255 * (grey >= SATURATED) for grey in range(256)]
