"""What the camera sees, so that people can hold their code into it."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from PIL import Image
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kiosk.desk.frames import Frame
from kiosk.text import clean
from kiosk.ui.widgets.big_text import plain_strips, wrap
from kiosk.ui.widgets.raster import Rgb, rgb, style_of
from kiosk.ui.widgets.typeset import Align

GREYS = 16
"""Shades of the picture. Each pair of them is one style, and styles are what a frame costs."""

_MARK = GREYS
"""The value of a pixel of the aiming frame."""

_TO_GREYS = [value * GREYS // 256 for value in range(256)]


class ViewFinder(Widget, can_focus=False):
    """A live picture in greys, mirrored as people expect of a screen that shows them, with an aiming frame.

    Frames come through `show`; none means that there is no picture, and `caption` is shown instead.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    ViewFinder {
        width: 40;
        height: 16;
        background: $panel;
        color: $foreground;
    }
    """

    caption: reactive[str] = reactive("")
    """Words for when there is no picture."""

    def __init__(self, caption: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(ViewFinder.caption, caption)
        self._frame: Frame | None = None
        self._drawn_for: tuple[object, ...] = ()
        self._strips: tuple[Strip, ...] = ()

    def show(self, frame: Frame | None) -> None:
        """Show `frame`, or the caption if there is none."""
        if frame is not self._frame:
            self._frame = frame
            self._drawn_for = ()
            self.refresh()

    def render_line(self, y: int) -> Strip:
        _, _, ground, ink = self.colors
        asked = (self.size, self.caption, rgb(ink), rgb(ground))
        if asked != self._drawn_for:
            self._strips = self._draw(rgb(ink), rgb(ground))
            self._drawn_for = asked
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)

    def _draw(self, ink: Rgb, ground: Rgb) -> tuple[Strip, ...]:
        if self._frame is not None:
            return frame_strips(self._frame, self.size)
        columns, rows = self.size
        # A margin keeps the words off the rim.
        lines = wrap(clean(self.caption), columns - 4)
        return plain_strips(lines, columns, rows, Align.CENTER, ink, ground)


def frame_strips(frame: Frame, size: Size) -> tuple[Strip, ...]:
    """Return `frame` as strips, two pixels to a cell: cropped to fill `size`, mirrored, with the aiming frame."""
    width, height = size.width, size.height * 2
    if not width or not height:
        return ()
    picture = _fill(frame, width, height)
    _mark(picture)
    pixels = picture.tobytes()
    return tuple(
        _line(pixels[top : top + width], pixels[top + width : top + 2 * width])
        for top in range(0, len(pixels), width * 2)
    )


def _fill(frame: Frame, width: int, height: int) -> Image.Image:
    """Return the middle of `frame` that has the shape of the widget, at its size, mirrored, in `GREYS`."""
    # Half a cell is as high as a cell is wide, so pixels are square.
    scale = min(frame.width / width, frame.height / height)
    left, top = (frame.width - width * scale) / 2, (frame.height - height * scale) / 2
    box = (left, top, left + width * scale, top + height * scale)
    picture = Image.frombuffer("L", (frame.width, frame.height), frame.grey, "raw", "L", 0, 1)
    small = picture.resize((width, height), Image.Resampling.BOX, box=box, reducing_gap=1.0)
    return small.transpose(Image.Transpose.FLIP_LEFT_RIGHT).point(_TO_GREYS)


def _mark(picture: Image.Image) -> None:
    """Draw the four corners of the square to aim at."""
    side = int(min(picture.size) * 0.8)
    arm = max(2, side // 5)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    right, bottom = left + side, top + side
    for x, inward in ((left, 1), (right - 1, -1)):
        for y, downward in ((top, 1), (bottom - 1, -1)):
            across = sorted((x, x + inward * (arm - 1)))
            down = sorted((y, y + downward * (arm - 1)))
            picture.paste(_MARK, (across[0], y, across[1] + 1, y + 1))
            picture.paste(_MARK, (x, down[0], x + 1, down[1] + 1))


def _line(upper: bytes, lower: bytes) -> Strip:
    segments = [
        Segment("▀" * len(list(run)), _pair_style(*pair)) for pair, run in groupby(zip(upper, lower, strict=True))
    ]
    return Strip(segments, len(upper))


@lru_cache(maxsize=(GREYS + 1) ** 2)
def _pair_style(upper: int, lower: int) -> Style:
    return style_of(_shade(upper), _shade(lower))


def _shade(value: int) -> Rgb:
    if value == _MARK:
        return _MARK_COLOUR
    grey = value * 255 // (GREYS - 1)
    return grey, grey, grey


_MARK_COLOUR: Rgb = (255, 214, 64)
"""Yellow: seen on every grey."""
