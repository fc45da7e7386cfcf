"""Signs that say without words what a choice or a result is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from math import cos, radians, sin

from kiosk.ui.widgets.sketch import Point, Sketch


class Sign(StrEnum):
    """A pictogram."""

    PERSON = "person"
    VISITOR = "visitor"
    """A badge with a person on it."""
    QR = "qr"
    BACK = "back"
    BACKSPACE = "backspace"
    SHIFT = "shift"
    """The next letter is small; a touch makes it large."""
    SHIFTED = "shifted"
    """The next letter is large."""
    CAPITALS = "capitals"
    """All letters are large."""
    SPACE = "space"
    TICK = "tick"
    CROSS = "cross"
    CLOCK = "clock"
    WAVE = "wave"
    """A raised hand: hello or goodbye."""
    QUESTION = "question"
    LOCK = "lock"
    QUEUED = "queued"
    """A cloud and an arrow: it will be sent."""
    RECEPTION = "reception"
    """A desk bell: go and see somebody."""
    GLOBE = "globe"
    """Languages."""
    CONTRAST = "contrast"
    CAMERA = "camera"
    """A camera that sees nothing."""


LEAST_ROWS = 4
"""Rows of a widget below which a sign has no room to be drawn."""


def letter_for(sign: Sign) -> str:
    """Return the character that says the same as `sign` on a single line, or nothing where fonts have none."""
    return _LETTERS.get(sign, "")


class Pen:
    """Draws on a square part of a sketch, whose sides are 100 long whatever its size."""

    def __init__(self, sketch: Sketch, left: float, top: float, side: float, *, erase: bool = False) -> None:
        self._sketch = sketch
        self._left = left
        self._top = top
        self._unit = side / 100
        self._erase = erase

    def box(self, left: float, top: float, right: float, bottom: float, radius: float, *, hole: bool = False) -> None:
        """Fill a rectangle with round corners, or cut it out."""
        (x0, y0), (x1, y1) = self._at((left, top)), self._at((right, bottom))
        self._sketch.box(x0, y0, x1, y1, radius * self._unit, erase=self._erase != hole)

    def disc(self, centre: Point, radius: float, *, hole: bool = False) -> None:
        """Fill a circle, or cut it out."""
        self._sketch.disc(self._at(centre), radius * self._unit, erase=self._erase != hole)

    def ring(self, centre: Point, radius: float, width: float) -> None:
        """Draw a circle."""
        self.arc(centre, radius, 0, 360, width)

    def arc(self, centre: Point, radius: float, start: float, end: float, width: float) -> None:
        """Draw part of a circle with round ends, clockwise between two angles in degrees."""
        self._sketch.arc(self._at(centre), radius * self._unit, start, end, width * self._unit, erase=self._erase)
        if end - start < 360:
            for angle in (start, end):
                x, y = radius * cos(radians(angle)), radius * sin(radians(angle))
                self.disc((centre[0] + x, centre[1] + y), width / 2)

    def line(self, *points: Point, width: float, hole: bool = False) -> None:
        """Draw straight lines with round ends and corners, or cut them out."""
        self._sketch.line([self._at(point) for point in points], width * self._unit, erase=self._erase != hole)

    def area(self, *points: Point, hole: bool = False) -> None:
        """Fill a polygon, or cut it out."""
        self._sketch.area([self._at(point) for point in points], erase=self._erase != hole)

    def inner(self, scale: float) -> Pen:
        """Return a pen for the middle of the square that takes away what this one drew."""
        margin = 100 * (1 - scale) / 2
        left, top = self._at((margin, margin))
        # Units keep their name: the new square's sides are 100 long as well.
        return Pen(self._sketch, left, top, self._unit * 100 * scale, erase=not self._erase)

    def _at(self, point: Point) -> Point:
        return self._left + point[0] * self._unit, self._top + point[1] * self._unit


def draw_sign(sign: Sign, sketch: Sketch, left: float, top: float, side: float) -> None:
    """Draw `sign` on a square of a sketch; all in half rows."""
    _SIGNS[sign](Pen(sketch, left, top, side))


def draw_seal(sign: Sign, sketch: Sketch, left: float, top: float, side: float) -> None:
    """Draw a disc with `sign` cut out of it."""
    pen = Pen(sketch, left, top, side)
    pen.disc((50, 50), 49)
    _SIGNS[sign](pen.inner(0.62))


def _person(pen: Pen) -> None:
    pen.disc((50, 27), 21)
    pen.box(12, 56, 88, 140, 38)
    pen.box(0, 96, 100, 145, 0, hole=True)


def _visitor(pen: Pen) -> None:
    pen.box(14, 14, 86, 98, 10)
    pen.box(40, 2, 60, 22, 6)
    pen.box(23, 24, 77, 89, 4, hole=True)
    pen.disc((50, 43), 12)
    pen.box(29, 59, 71, 110, 20)
    pen.box(14, 82, 86, 98, 6)
    pen.box(0, 99, 100, 112, 0, hole=True)


def _qr(pen: Pen) -> None:
    # On a grid of twelve, which small signs have tiles for.
    unit = 100 / 12
    for x, y in ((0, 0), (7, 0), (0, 7)):
        pen.box(x * unit, y * unit, (x + 5) * unit, (y + 5) * unit, 0)
        pen.box((x + 1) * unit, (y + 1) * unit, (x + 4) * unit, (y + 4) * unit, 0, hole=True)
        pen.box((x + 2) * unit, (y + 2) * unit, (x + 3) * unit, (y + 3) * unit, 0)
    for x, y in ((7, 7), (10, 7), (8, 9), (11, 9), (7, 11), (9, 10), (11, 11)):
        pen.box(x * unit, y * unit, (x + 1) * unit, (y + 1) * unit, 0)


def _back(pen: Pen) -> None:
    pen.line((44, 18), (14, 50), (44, 82), width=14)
    pen.line((14, 50), (88, 50), width=14)


def _backspace(pen: Pen) -> None:
    pen.line((36, 22), (92, 22), (92, 78), (36, 78), (6, 50), (36, 22), width=11)
    pen.line((50, 39), (72, 61), width=10)
    pen.line((72, 39), (50, 61), width=10)


_ARROW: Sequence[Point] = ((50, 8), (92, 50), (69, 50), (69, 78), (31, 78), (31, 50), (8, 50))


def _shift(pen: Pen) -> None:
    pen.line(*_ARROW, _ARROW[0], width=10)


def _shifted(pen: Pen) -> None:
    _shift(pen)
    pen.area(*_ARROW)


def _capitals(pen: Pen) -> None:
    pen.box(0, 0, 100, 100, 14)
    pen.area(*((50 + (x - 50) * 0.8, 50 + (y - 46) * 0.8) for x, y in _ARROW), hole=True)


def _space(pen: Pen) -> None:
    pen.line((8, 50), (8, 76), (92, 76), (92, 50), width=11)


def _tick(pen: Pen) -> None:
    pen.line((12, 54), (38, 80), (90, 24), width=16)


def _cross(pen: Pen) -> None:
    pen.line((20, 20), (80, 80), width=16)
    pen.line((80, 20), (20, 80), width=16)


def _clock(pen: Pen) -> None:
    pen.ring((50, 50), 42, 12)
    pen.line((50, 26), (50, 52), (66, 62), width=11)


def _wave(pen: Pen) -> None:
    for foot, tip in (((34, 58), (20, 24)), ((45, 52), (38, 10)), ((56, 52), (58, 8)), ((66, 56), (76, 18))):
        pen.line(foot, tip, width=12)
    pen.line((66, 74), (90, 46), width=12)
    pen.box(28, 46, 73, 96, 20)


def _question(pen: Pen) -> None:
    pen.arc((50, 33), 22, 180, 395, 15)
    pen.line((67, 46), (50, 58), (50, 66), width=15)
    pen.disc((50, 89), 9)


def _lock(pen: Pen) -> None:
    pen.arc((50, 36), 22, 180, 360, 12)
    pen.line((28, 36), (28, 50), width=12)
    pen.line((72, 36), (72, 50), width=12)
    pen.box(14, 46, 86, 96, 9)
    pen.disc((50, 66), 8, hole=True)
    pen.line((50, 66), (50, 80), width=8, hole=True)


def _queued(pen: Pen) -> None:
    pen.disc((28, 56), 22)
    pen.disc((54, 42), 29)
    pen.disc((77, 58), 20)
    pen.box(24, 54, 80, 78, 11)
    pen.line((52, 96), (52, 58), width=22, hole=True)
    pen.area((28, 66), (52, 38), (76, 66), hole=True)
    pen.line((52, 94), (52, 60), width=10)
    pen.line((38, 66), (52, 51), (66, 66), width=10)


def _reception(pen: Pen) -> None:
    pen.disc((50, 70), 38)
    pen.box(0, 71, 100, 110, 0, hole=True)
    pen.box(4, 78, 96, 92, 6)
    pen.line((50, 32), (50, 22), width=9)
    pen.line((40, 18), (60, 18), width=10)


def _globe(pen: Pen) -> None:
    pen.ring((50, 50), 42, 10)
    pen.line((10, 50), (90, 50), width=8)
    pen.line((50, 10), (50, 90), width=8)
    pen.arc((20, 50), 50, -52, 52, 8)
    pen.arc((80, 50), 50, 128, 232, 8)


def _contrast(pen: Pen) -> None:
    pen.disc((50, 50), 46)
    pen.disc((50, 50), 36, hole=True)
    half = [(50 + 37 * sin(radians(angle)), 50 - 37 * cos(radians(angle))) for angle in range(0, 181, 10)]
    pen.area(*half)


def _camera(pen: Pen) -> None:
    pen.box(30, 14, 70, 40, 9)
    pen.box(4, 25, 96, 88, 11)
    pen.disc((50, 56), 24, hole=True)
    pen.disc((50, 56), 14)
    pen.line((10, 8), (92, 96), width=20, hole=True)
    pen.line((10, 8), (92, 96), width=8)


_LETTERS: Mapping[Sign, str] = {
    Sign.BACK: "←",
    Sign.BACKSPACE: "←",
    Sign.SHIFT: "△",
    Sign.SHIFTED: "▲",
    Sign.CAPITALS: "⇪",
    Sign.SPACE: "␣",
    Sign.TICK: "✓",
    Sign.CROSS: "✗",
    Sign.QUESTION: "?",
}

_SIGNS: Mapping[Sign, Callable[[Pen], None]] = {
    Sign.PERSON: _person,
    Sign.VISITOR: _visitor,
    Sign.QR: _qr,
    Sign.BACK: _back,
    Sign.BACKSPACE: _backspace,
    Sign.SHIFT: _shift,
    Sign.SHIFTED: _shifted,
    Sign.CAPITALS: _capitals,
    Sign.SPACE: _space,
    Sign.TICK: _tick,
    Sign.CROSS: _cross,
    Sign.CLOCK: _clock,
    Sign.WAVE: _wave,
    Sign.QUESTION: _question,
    Sign.LOCK: _lock,
    Sign.QUEUED: _queued,
    Sign.RECEPTION: _reception,
    Sign.GLOBE: _globe,
    Sign.CONTRAST: _contrast,
    Sign.CAMERA: _camera,
}
