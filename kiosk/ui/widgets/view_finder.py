"""What the camera sees, so that people can hold their code into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from PIL import Image, ImageChops, ImageDraw, ImageOps
from rich.segment import Segment
from rich.style import Style
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.strip import Strip

from kiosk.desk.frames import Frame, Sighting
from kiosk.ui.theme import CONTRAST
from kiosk.ui.widgets.raster import Rgb, style_of
from kiosk.ui.widgets.ready import ReadyLines

GREYS = 16
"""Shades of the picture. Each pair of them is one style, and styles are what a frame costs."""

FEW_GREYS = 4
"""Shades in high contrast, spread over the whole of what the picture has: enough to see a code and a hand."""

_AIM = 16
"""The value of a pixel of the frame to aim with."""

_LOCK = 17
"""The value of a pixel of the frame around a code that was read."""

_COLOURS: dict[int, Rgb] = {_AIM: (255, 214, 64), _LOCK: (60, 230, 110)}
"""Yellow and green that are seen on every grey."""

_AIM_SHARE = 0.8
"""The square to aim at, as a share of the picture's shorter side."""

_ARM_SHARE = 0.3
"""The arms of a corner, as a share of the code's sides."""

_ROOM = 1.15
"""The frame around a code is so much larger than the code, to which a quiet margin belongs."""

_CALM = 10
"""A pixel keeps its grey until it differs by more, of 255: the noise of a sensor does not flicker, and is not drawn."""

_BROAD = 60
"""From so many pixels on the frame is two of them thick."""


class ViewFinder(ReadyLines, can_focus=False):
    """A live picture in greys, mirrored as people expect of a screen that shows them, with a frame.

    The frame is the square to aim at; it closes in on a code that is read, and turns green. Pictures come through
    `show`. Only rows that look different are drawn anew.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    ViewFinder {
        width: 40;
        height: 16;
        background: $panel;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._shown: tuple[Frame, Sighting | None] | None = None
        self._calm: Image.Image | None = None
        self._drawn_for: tuple[object, ...] = ()
        self._rows: tuple[bytes, ...] = ()
        self._strips: tuple[Strip, ...] = ()

    def show(self, frame: Frame | None, sighting: Sighting | None = None) -> None:
        """Show `frame`, and where a code was read in it; nothing if there is no frame."""
        shown = None if frame is None else (frame, sighting)
        if shown == self._shown:
            return
        self._shown = shown
        before = self._rows
        self._draw()
        if len(before) != len(self._rows):
            self.refresh()
            return
        groups = groupby(range(len(before)), key=lambda y: self._rows[y] != before[y])
        bands = [list(rows) for is_changed, rows in groups if is_changed]
        if bands:
            self.refresh(*(Region(0, rows[0], self.size.width, len(rows)) for rows in bands))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """None: the picture is made of blocks."""
        return ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of the picture: a frame is drawn by them alone, and they need no looking over."""
        whole = bool(self._strips) and crop.size == (self._strips[0].cell_length, len(self._strips)) and not crop.offset
        return list(self._strips) if whole and self._drawn_for == self._look else super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        if self._drawn_for != self._look:
            self._draw()
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)

    @property
    def _look(self) -> tuple[object, ...]:
        """What decides how a frame looks, besides itself."""
        return self.size, self._greys

    @property
    def _greys(self) -> int:
        return FEW_GREYS if self.app.theme == CONTRAST else GREYS

    def _draw(self) -> None:
        known = dict(zip(self._rows, self._strips, strict=True)) if self._drawn_for == self._look else {}
        self._drawn_for = self._look
        if self._shown is None or not self.size:
            self._calm, self._rows, self._strips = None, (), ()
            return
        frame, sighting = self._shown
        greys = self._greys
        self._calm = calmed(small_picture(frame, self.size), self._calm)
        self._rows = picture_rows(self._calm, sighting, greys)
        self._strips = tuple(known.get(row) or _line(row, greys) for row in self._rows)


def small_picture(frame: Frame, size: Size) -> Image.Image:
    """Return `frame` in grey, two pixels to a cell: cropped to fill `size`, which is not empty, and mirrored."""
    return _Crop(frame.width, frame.height, size.width, size.height * 2).of(frame)


def calmed(picture: Image.Image, before: Image.Image | None) -> Image.Image:
    """Return `picture` with those pixels of the one before that are hardly different."""
    if before is None or before.size != picture.size:
        return picture
    different = ImageChops.difference(picture, before).tobytes().translate(_DIFFERENT)
    return Image.composite(picture, before, Image.frombytes("L", picture.size, different))


_DIFFERENT = bytes(255 * (difference > _CALM) for difference in range(256))


def picture_strips(small: Image.Image, sighting: Sighting | None, greys: int) -> tuple[Strip, ...]:
    """Return a small picture as strips in so many greys, with the frame to aim with, or around the code."""
    return tuple(_line(row, greys) for row in picture_rows(small, sighting, greys))


def picture_rows(small: Image.Image, sighting: Sighting | None, greys: int) -> tuple[bytes, ...]:
    """Return the shades of a small picture, with the frame: for each row of cells the upper pixels, then the lower."""
    width, height = small.size
    if greys < GREYS:
        small = ImageOps.autocontrast(small, cutoff=1)
    picture = Image.frombytes("L", small.size, small.tobytes().translate(_shades_of(greys)))
    if sighting is None:
        _mark(picture, _aim(picture), _AIM)
    else:
        places = _Crop(sighting.width, sighting.height, width, height)
        _mark(picture, _around([places.place(x, y) for x, y in sighting.corners]), _LOCK)
    pixels = picture.tobytes()
    return tuple(pixels[top : top + 2 * width] for top in range(0, len(pixels), 2 * width))


@lru_cache(maxsize=4)
def _shades_of(greys: int) -> bytes:
    """The shade for each of 256 greys."""
    return bytes(value * greys // 256 for value in range(256))


class _Crop:
    """The middle of a picture that has the shape of the widget. Half a cell is as high as a cell is wide, so pixels are
    square."""

    def __init__(self, width: int, height: int, across: int, down: int) -> None:
        self._size = across, down
        self._scale = min(width / across, height / down)
        self._left = (width - across * self._scale) / 2
        self._top = (height - down * self._scale) / 2

    def of(self, frame: Frame) -> Image.Image:
        """The middle of a frame at the widget's size, mirrored."""
        (across, down), scale = self._size, self._scale
        # Pillow refuses a box that is past the edge by no more than a rounding error.
        right, bottom = min(self._left + across * scale, frame.width), min(self._top + down * scale, frame.height)
        box = (max(self._left, 0.0), max(self._top, 0.0), right, bottom)
        picture = Image.frombuffer("L", (frame.width, frame.height), frame.grey, "raw", "L", 0, 1)
        small = picture.resize(self._size, Image.Resampling.BOX, box=box, reducing_gap=1.0)
        return ImageOps.mirror(small)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the picture is on the widget."""
        return self._size[0] - 1 - (x - self._left) / self._scale, (y - self._top) / self._scale


_Corners = Sequence[tuple[float, float]]


def _aim(picture: Image.Image) -> _Corners:
    side = int(min(picture.size) * _AIM_SHARE)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    right, bottom = left + side - 1, top + side - 1
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _around(corners: _Corners) -> _Corners:
    """The frame around a code: its corners, or those of the box around it where a decoder told others than four."""
    if len(corners) != 4:
        xs, ys = [x for x, _ in corners] or [0.0], [y for _, y in corners] or [0.0]
        left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    x, y = sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4
    return [(x + (one - x) * _ROOM, y + (other - y) * _ROOM) for one, other in corners]


def _mark(picture: Image.Image, corners: _Corners, value: int) -> None:
    """Draw the four corners of a frame."""
    pen = ImageDraw.Draw(picture)
    width = 2 if min(picture.size) >= _BROAD else 1
    for index, (x, y) in enumerate(corners):
        for end_x, end_y in (corners[index - 1], corners[(index + 1) % 4]):
            arm = (x + (end_x - x) * _ARM_SHARE, y + (end_y - y) * _ARM_SHARE)
            pen.line([(round(x), round(y)), (round(arm[0]), round(arm[1]))], fill=value, width=width)


_RUN = re.compile(r"(.)\1*", re.DOTALL)


def _line(row: bytes, greys: int) -> Strip:
    """One row of cells, neighbours that look the same in one segment."""
    width = len(row) // 2
    pairs = bytearray(2 * width)
    pairs[::2], pairs[1::2] = row[:width], row[width:]
    # Each cell as one letter, so that the runs are found by the regular expression and not by a loop.
    letters = pairs.decode("utf-16-le")
    return Strip([_run(run[1], run.end() - run.start(), greys) for run in _RUN.finditer(letters)], width)


@lru_cache(maxsize=8192)
def _run(pair: str, length: int, greys: int) -> Segment:
    lower, upper = divmod(ord(pair), 256)
    return Segment("▀" * length, _pair_style(upper, lower, greys))


@lru_cache(maxsize=1024)
def _pair_style(upper: int, lower: int, greys: int) -> Style:
    return style_of(_shade(upper, greys), _shade(lower, greys))


def _shade(value: int, greys: int) -> Rgb:
    if value in _COLOURS:
        return _COLOURS[value]
    grey = value * 255 // (greys - 1)
    return grey, grey, grey
