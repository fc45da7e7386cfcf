"""Drawing with round pens onto cells.

Coordinates are in half rows, which is the width of a column: squares on the glass. The drawing is made several times
larger than it is shown and scaled down to the tiles of a mosaic, so curves come out smooth.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw

from kiosk.ui.widgets.shapes import ACROSS, Repertoire, mosaic_of

_SCALE = 24
"""Pixels of a half row."""

Point = tuple[float, float]


class Sketch:
    """A sheet of some columns, or half columns, and rows to draw on; later strokes lie on earlier ones."""

    def __init__(self, columns: float, rows: int) -> None:
        self._columns = columns
        self._rows = rows
        self._image = Image.new("L", (round(columns * _SCALE), rows * 2 * _SCALE))
        self._draw = ImageDraw.Draw(self._image)

    def coverage(self, repertoire: Repertoire) -> Image.Image:
        """Return how much of each tile is covered, a grey image."""
        size = (round(self._columns * ACROSS), self._rows * mosaic_of(repertoire).down)
        return self._image.resize(size, Image.Resampling.BOX)

    def box(self, left: float, top: float, right: float, bottom: float, radius: float, *, erase: bool = False) -> None:
        """Fill a rectangle with round corners; one that has no room for them is not drawn."""
        # Pillow includes the last pixel.
        corners = [left * _SCALE, top * _SCALE, right * _SCALE - 1, bottom * _SCALE - 1]
        if corners[0] <= corners[2] and corners[1] <= corners[3]:
            self._draw.rounded_rectangle(corners, radius * _SCALE, fill=_ink(erase))

    def disc(self, centre: Point, radius: float, *, erase: bool = False) -> None:
        """Fill a circle."""
        x, y, r = centre[0] * _SCALE, centre[1] * _SCALE, radius * _SCALE
        self._draw.ellipse([x - r, y - r, x + r, y + r], fill=_ink(erase))

    def arc(self, centre: Point, radius: float, start: float, end: float, width: float, *, erase: bool = False) -> None:
        """Draw part of a circle, clockwise between two angles in degrees; 0 is at three o'clock."""
        x, y, r = centre[0] * _SCALE, centre[1] * _SCALE, (radius + width / 2) * _SCALE
        self._draw.arc([x - r, y - r, x + r, y + r], start, end, fill=_ink(erase), width=round(width * _SCALE))

    def line(self, points: Sequence[Point], width: float, *, erase: bool = False) -> None:
        """Draw straight lines from point to point, with round ends and corners."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(scaled, fill=_ink(erase), width=round(width * _SCALE))
        for point in points:
            self.disc(point, width / 2, erase=erase)

    def area(self, points: Sequence[Point], *, erase: bool = False) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=_ink(erase))


def _ink(erase: bool) -> int:
    return 0 if erase else 255
