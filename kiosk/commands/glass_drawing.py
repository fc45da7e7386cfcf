"""A look at the glass as a picture: for a terminal, as SVG, and as PNG."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from kiosk.commands.block_shapes import boxes_of
from kiosk.desk.glass import Glimpse, Run

CELL_WIDTH, CELL_HEIGHT = 10, 20
"""Pixels of a cell on the kiosk's own display."""

_FONT_SIZE = 16
_FONTS = ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf")


def as_ansi(look: Glimpse) -> Iterator[str]:
    """Line by line with its colours, for a terminal."""
    for row in look.rows:
        yield "".join(
            f"\x1b[0;{'1;' if run.bold else ''}38;2;{_rgb(run.ink)};48;2;{_rgb(run.paper)}m{run.text}" for run in row
        )


def as_svg(look: Glimpse) -> bytes:
    """The picture as SVG."""
    console = Console(
        width=look.columns, file=io.StringIO(), record=True, force_terminal=True, color_system="truecolor"
    )
    for row in look.rows:
        console.print(Segments([*map(_segment, row), Segment.line()]), end="")
    return console.export_svg(title=look.screen).encode()


def as_png(look: Glimpse) -> bytes:
    """The picture as PNG, in the size of the display."""
    picture = Image.new("RGB", (max(look.columns, 1) * CELL_WIDTH, max(len(look.rows), 1) * CELL_HEIGHT))
    pen = ImageDraw.Draw(picture)
    fonts = [_font(name) for name in _FONTS]
    for y, row in enumerate(look.rows):
        x = 0
        for run in row:
            for character in run.text:
                width = cell_len(character)
                _draw(pen, (x * CELL_WIDTH, y * CELL_HEIGHT), width, character, run, fonts[run.bold])
                x += width
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def _draw(pen: ImageDraw.ImageDraw, at: tuple[int, int], width: int, character: str, run: Run, font: _Font) -> None:
    left, top = at
    pen.rectangle((left, top, left + width * CELL_WIDTH - 1, top + CELL_HEIGHT - 1), run.paper)
    if boxes := boxes_of(character):
        for x0, y0, x1, y1 in boxes:
            corner = (left + round(x0 * CELL_WIDTH), top + round(y0 * CELL_HEIGHT))
            end = (left + round(x1 * CELL_WIDTH) - 1, top + round(y1 * CELL_HEIGHT) - 1)
            pen.rectangle((corner, end), run.ink)
    elif not character.isspace():
        pen.text((left, top), character, run.ink, font)


def _font(name: str) -> _Font:
    try:
        return ImageFont.truetype(name, _FONT_SIZE)
    except OSError:
        return ImageFont.load_default(_FONT_SIZE)


def _segment(run: Run) -> Segment:
    return Segment(run.text, Style(color=Color.parse(run.ink), bgcolor=Color.parse(run.paper), bold=run.bold))


def _rgb(colour: str) -> str:
    return ";".join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
