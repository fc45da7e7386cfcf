"""The caps of keys: a plate with a letter, a word or a sign on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from PIL import Image
from rich.cells import cell_len
from textual.strip import Strip

from kiosk.ui.widgets.big_text import cut, place_in
from kiosk.ui.widgets.cards import CardColours, draw_card
from kiosk.ui.widgets.fonts import installed_faces
from kiosk.ui.widgets.pictograms import Sign, draw_sign, letter_for
from kiosk.ui.widgets.raster import Rgb, blank, cells_of, lay, strip, write
from kiosk.ui.widgets.shapes import ACROSS, Repertoire, mosaic_of
from kiosk.ui.widgets.sketch import Sketch
from kiosk.ui.widgets.typeset import set_text

_LARGEST = 0.55
"""Height of a capital, as a share of its key's."""

_LARGEST_LARGE = 0.72
"""The same on a screen of large text."""

_SIGN = 5.0
"""Side of a sign at the least, in half rows: a smaller one is not made out, and a character stands for it."""

_AROUND = 2.4
"""Half rows of a key above and below a sign."""

_BESIDE = 3.0
"""Columns beside it."""

_MARGIN = 2
"""Columns of a key that its label leaves free."""

_WORD_MARGIN = 3
"""The same of a large word, which fills its key as no letter does."""


@dataclass(frozen=True, slots=True)
class Cap:
    """What a key looks like.

    Attributes:
        label: What stands on it, as large as it can be; in the terminal's own letters where that is too small.
        colours: Its colours as it is now.
        sign: What is drawn on it instead of the label.
        capitals: The height of a capital at the most, in rows; 0 for the terminal's own letters, None for as large as
            the key allows.
    """

    label: str
    colours: CardColours
    sign: Sign | None = None
    capitals: float | None = None


@lru_cache(maxsize=256)
def key_strips(
    label: str,
    columns: int,
    rows: int,
    colours: CardColours,
    repertoire: Repertoire,
    *,
    pressed: bool,
    sign: Sign | None = None,
    large: bool = False,
) -> tuple[Strip, ...]:
    """Return one key by itself, `colours` being those while no finger is on it; `large` on a screen of large text."""
    capitals = rows * _LARGEST_LARGE if large and len(label) == 1 else None  # a word needs its margins more
    cap = Cap(label, colours.pressed if pressed else colours, sign, capitals)
    return row_strips((cap,), (0, columns * ACROSS), rows, colours.ground, repertoire)


@lru_cache(maxsize=128)
def row_strips(
    caps: tuple[Cap, ...], edges: tuple[int, ...], rows: int, ground: Rgb, repertoire: Repertoire
) -> tuple[Strip, ...]:
    """Return a row of keys.

    Args:
        caps: The keys.
        edges: Where each of them begins, and where the last one ends, in tiles: halves of a column, so that keys look
            equally wide where whole columns cannot be divided.
        rows: Their height.
        ground: What is around them.
        repertoire: What the terminal can draw.
    """
    columns = -(-edges[-1] // ACROSS)
    picture = blank(columns, rows, ground, repertoire)
    words: list[tuple[str, Rgb, int, int]] = []
    for cap, (left, right) in zip(caps, pairwise(edges), strict=True):
        if left == right:
            continue
        drawn, complete = draw_cap(cap, right - left, rows, repertoire)
        picture.paste(drawn, (left, 0))
        if not complete and right - left > _MARGIN * ACROSS:
            words.append((letter_for(cap.sign) if cap.sign else cap.label, cap.colours.ink, left, right))
    cells = cells_of(picture, repertoire)
    for label, ink, left, right in words:
        word = cut(label, (right - left) // ACROSS - _MARGIN)
        # The column nearest to where it would stand in tiles; of two, the left one.
        column = (left + right - cell_len(word) * ACROSS + 1) // (2 * ACROSS)
        write(cells, column, (rows - 1) // 2, word, ink, bold=True)
    return tuple(strip(row) for row in cells)


@lru_cache(maxsize=512)
def draw_cap(cap: Cap, tiles: int, rows: int, repertoire: Repertoire) -> tuple[Image.Image, bool]:
    """A key so many tiles wide, and whether all is on it: if not, its label is to be written on the cells."""
    columns = tiles / ACROSS
    picture = draw_card(columns, rows, cap.colours, repertoire)
    if cap.sign is not None:
        side = min(max(rows, _SIGN), rows * 2 - _AROUND, columns - _BESIDE)
        if side < _SIGN:
            return picture, False
        sketch = Sketch(columns, rows)
        draw_sign(cap.sign, sketch, (columns - side) / 2, rows - 0.25 - side / 2, side)
        lay(picture, cap.colours.ink, sketch.coverage(repertoire))
        return picture, True
    largest = rows * _LARGEST if cap.capitals is None else cap.capitals
    room = int(columns) - (_MARGIN if len(cap.label) == 1 else _WORD_MARGIN)
    setting = set_text(cap.label, room, rows, installed_faces(), repertoire, largest=largest)
    if setting is None:
        return picture, False
    left = (picture.width - setting.coverage.width) // 2
    lay(picture, cap.colours.ink, setting.coverage, left, place_in(setting, picture.height - 1))
    return picture, True


@lru_cache(maxsize=64)
def common_capitals(labels: Sequence[str], columns: int, rows: int, repertoire: Repertoire) -> float:
    """Return the largest height of capitals, in rows, that all labels can have on keys of one size.

    A keyboard whose letters differ in size looks broken. 0 where one of them cannot be drawn large at all.
    """
    down = mosaic_of(repertoire).down
    heights = []
    for label in labels:
        setting = set_text(label, columns - _MARGIN, rows, installed_faces(), repertoire, largest=rows * _LARGEST)
        if setting is None:
            return 0.0
        heights.append(setting.capitals)
    # A little more than the whole tiles that are meant, which a fraction of a row may just miss.
    return (min(heights) + 0.1) / down if heights else 0.0
