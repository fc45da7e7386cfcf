"""Large text, set as large as a box of cells allows.

Letters are drawn by a real font, many times larger than they are shown, and scaled down to the tiles of the terminal's
mosaic. Capitals are a whole number of tiles high and stand on the edge of a tile, so the lines on which the eye runs
are sharp; what is between comes out in greys, as print does on a screen of few pixels.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import ceil

from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk.ui.widgets.fonts import Face, faces_for
from kiosk.ui.widgets.shapes import ACROSS, Repertoire, mosaic_of

_ACROSS_CELL, _DOWN_CELL = 12, 24
"""Pixels of a cell as it is drawn: twice as high as wide, as on the glass, and divisible into every mosaic."""

SMALLEST = 1.6
"""Rows of the lowest capitals: lower ones are better left to the terminal's own letters."""

_WORTH_BREAKING = 1.3
"""How much larger letters must become for a text to be set in two lines."""

_LEADING = 1.45
"""From base line to base line, in heights of a capital."""

_BOLDER = bytes(round(255 * (value / 255) ** 0.8) for value in range(256))
"""Thin greys seem thinner than the ink they stand for; this makes up for it."""

_GAP = " "


class Align(StrEnum):
    """Where a text stands in a box that is wider."""

    LEFT = "left"
    CENTER = "center"


WITHOUT_LIMIT = 99.0
"""Rows of a capital, where nothing but its box limits it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set to fit a box.

    Attributes:
        coverage: How much of each tile is inked, a grey image; just as large as the text.
        top: Tiles from the upper edge of the coverage to that of the capitals of the first line.
        capitals: From there to the base line of the last line, in tiles.
        letter: The height of a capital, in tiles.
    """

    coverage: Image.Image
    top: int
    capitals: int
    letter: int


@lru_cache(maxsize=256)
def set_text(
    text: str,
    columns: int,
    rows: int,
    faces: tuple[Face, ...],
    repertoire: Repertoire,
    *,
    largest: float = WITHOUT_LIMIT,
    align: Align = Align.LEFT,
) -> Setting | None:
    """Return `text` as large as a box of cells allows, in one line or else in two; None where letters would be too
    small or are missing, or where there is nothing to set.

    Args:
        text: Clean text in one line.
        columns: Width of the box.
        rows: Height of the box.
        faces: The fonts, the preferred ones first.
        repertoire: What the terminal can draw.
        largest: The height of the largest capitals that are wanted, in rows.
        align: How two lines stand to each other.
    """
    down = mosaic_of(repertoire).down
    found: list[tuple[int, list[str]]] = []
    for lines in _divisions(text.split()):
        capitals = _largest_capitals(lines, columns, rows, faces, down, min(rows, largest))
        if capitals is not None:
            found.append((capitals, lines))
    if not found:
        return None
    capitals, lines = found[0]
    for other, broken in found[1:]:
        if (len(lines) == 1 and other >= capitals * _WORTH_BREAKING) or (len(lines) > 1 and other > capitals):
            capitals, lines = other, broken
    return _press(lines, faces, capitals, down, align)


@lru_cache(maxsize=256)
def set_paragraph(
    text: str,
    columns: int,
    rows: int,
    faces: tuple[Face, ...],
    repertoire: Repertoire,
    *,
    largest: float = WITHOUT_LIMIT,
    align: Align = Align.LEFT,
) -> Setting | None:
    """Return a sentence as large as a box of cells allows, in as many lines as that takes; None as for `set_text`,
    whose arguments these are."""
    down = mosaic_of(repertoire).down
    for capitals in range(int(min(rows, largest) * down), ceil(SMALLEST * down) - 1, -1):
        lines = _filled(text.split(), columns, faces, capitals, down)
        boxes = [_ink_box(line, faces, capitals, down) for line in lines]
        shown = [box for box in boxes if box is not None]
        if not shown or len(shown) < len(boxes):
            return None
        height = round(_LEADING * capitals) * (len(lines) - 1) + shown[0][1] + shown[-1][2]
        if max(box[0] for box in shown) <= columns * ACROSS and height <= rows * down:
            return _press(lines, faces, capitals, down, align)
    return None


def _filled(words: list[str], columns: int, faces: tuple[Face, ...], capitals: int, down: int) -> list[str]:
    """The words in lines, each as full as it can be; a word that is too wide has a line that is."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]}{_GAP}{word}" if lines else word
        box = _ink_box(longer, faces, capitals, down)
        if lines and box is not None and box[0] <= columns * ACROSS:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _divisions(words: list[str]) -> list[list[str]]:
    """The words in one line, and in two at each gap between them, the most even ones first; no words are no lines."""
    broken = [[_GAP.join(words[:at]), _GAP.join(words[at:])] for at in range(1, len(words))]
    broken.sort(key=lambda lines: max(len(line) for line in lines))
    return [[_GAP.join(words)], *broken] if words else []


def _largest_capitals(
    lines: list[str], columns: int, rows: int, faces: tuple[Face, ...], down: int, largest: float
) -> int | None:
    least, most = ceil(SMALLEST * down), int(largest * down)
    # Measuring is what takes time: what cannot fit by the leading alone, or by its width at another size, is not drawn.
    most = next((size for size in range(most, least - 1, -1) if _leading(lines, size) + size <= rows * down), 0)
    if most < least:
        return None
    boxes = [_ink_box(line, faces, most, down) for line in lines]
    if any(box is None for box in boxes):
        return None
    widest = max(box[0] for box in boxes if box is not None)
    for capitals in range(min(most, columns * ACROSS * most // max(1, widest) + 1), least - 1, -1):
        shown = [_ink_box(line, faces, capitals, down) or (0, 0, 0) for line in lines]
        height = _leading(lines, capitals) + shown[0][1] + shown[-1][2]
        if max(box[0] for box in shown) <= columns * ACROSS and height <= rows * down:
            return capitals
    return None


def _leading(lines: list[str], capitals: int) -> int:
    """From the base line of the first line to that of the last, in tiles."""
    return round(_LEADING * capitals) * (len(lines) - 1)


@lru_cache(maxsize=1024)
def _ink_box(line: str, faces: tuple[Face, ...], capitals: int, down: int) -> tuple[int, int, int] | None:
    """Width of a line, and how far it reaches above and below its base line, in tiles; None where a letter is
    missing."""
    runs = _runs(line, faces, capitals, down)
    if runs is None:
        return None
    wide, high = _ACROSS_CELL // ACROSS, _DOWN_CELL // down
    left, right, top, bottom = _extent(runs)
    above = max(capitals * high, -top)
    return ceil((right - left) / wide), ceil(above / high - 0.3), ceil(max(0, bottom) / high - 0.3)


def _extent(runs: list[tuple[str, ImageFont.FreeTypeFont]]) -> tuple[float, float, float, float]:
    """Where a line begins and ends, and its highest and lowest ink, in pixels from its origin: a letter may reach
    beyond its own width on both sides."""
    left = right = pen = top = bottom = 0.0
    for part, font in runs:
        box = font.getbbox(part, anchor="ls")
        left, right = min(left, pen + box[0]), max(right, pen + box[2])
        top, bottom = min(top, box[1]), max(bottom, box[3])
        pen += font.getlength(part)
    return left, max(right, pen), top, bottom


def _runs(
    line: str, faces: tuple[Face, ...], capitals: int, down: int
) -> list[tuple[str, ImageFont.FreeTypeFont]] | None:
    """The line in runs of one font each, at sizes whose capitals have the same height."""
    chosen = faces_for(line, faces)
    if chosen is None:
        return None
    runs: list[tuple[str, Face]] = []
    for character, face in zip(line, chosen, strict=True):
        joined = runs and (runs[-1][1] == face or unicodedata.combining(character))
        if joined:
            runs[-1] = (runs[-1][0] + character, runs[-1][1])
        else:
            runs.append((character, face))
    return [(part, face.with_capitals(capitals * _DOWN_CELL // down)) for part, face in runs]


def _press(lines: list[str], faces: tuple[Face, ...], capitals: int, down: int, align: Align) -> Setting:
    boxes = [_ink_box(line, faces, capitals, down) or (0, 0, 0) for line in lines]
    leading = round(_LEADING * capitals)
    width = max(box[0] for box in boxes)
    above = max(box[1] - index * leading for index, box in enumerate(boxes))
    last = (len(lines) - 1) * leading
    coverage = Image.new("L", (width, above + last + boxes[-1][2]))
    for index, (line, box) in enumerate(zip(lines, boxes, strict=True)):
        left = (width - box[0]) // 2 if align is Align.CENTER else 0
        pressed = _press_line(line, faces, capitals, down, coverage.height, above + index * leading)
        room = Image.new("L", coverage.size)
        room.paste(pressed, (left, 0))
        coverage = ImageChops.lighter(coverage, room)
    return Setting(coverage, above - capitals, capitals + last, capitals)


def _press_line(line: str, faces: tuple[Face, ...], capitals: int, down: int, height: int, base: int) -> Image.Image:
    """One line with its base line at `base`, in tiles."""
    wide, high = _ACROSS_CELL // ACROSS, _DOWN_CELL // down
    runs = _runs(line, faces, capitals, down) or []
    left, right, _, _ = _extent(runs)
    width = max(1, ceil((right - left) / wide))
    drawing = Image.new("L", (width * wide, height * high))
    draw = ImageDraw.Draw(drawing)
    pen = -left if left < 0 else -float(_first_ink(runs) % wide)
    for part, font in runs:
        draw.text((pen, base * high), part, font=font, fill=255, anchor="ls")
        pen += font.getlength(part)
    return drawing.resize((width, height), Image.Resampling.BOX).point(list(_BOLDER))


def _first_ink(runs: list[tuple[str, ImageFont.FreeTypeFont]]) -> int:
    """Pixels before the first stem: it is made to begin with a tile, so that the left edge of a heading is sharp."""
    if not runs:
        return 0
    text, font = runs[0]
    if unicodedata.bidirectional(text[0]) == "L":
        text = text[0]  # stands first on the left, whatever follows, and one letter is drawn sooner than all
    box = font.getmask(text).getbbox()
    return box[0] if box else 0
