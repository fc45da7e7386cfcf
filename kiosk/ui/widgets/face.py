"""What is drawn on a card: a sign, a label in large letters, a hint below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len
from textual.strip import Strip

from kiosk.ui.widgets.big_text import cut, place_in, wrap
from kiosk.ui.widgets.cards import CardColours, draw_card
from kiosk.ui.widgets.fonts import installed_faces
from kiosk.ui.widgets.pictograms import LEAST_ROWS, Sign, draw_sign, letter_for
from kiosk.ui.widgets.raster import cells_of, lay, strip, write
from kiosk.ui.widgets.shapes import Repertoire, mosaic_of
from kiosk.ui.widgets.sketch import Sketch
from kiosk.ui.widgets.typeset import Align, set_paragraph, set_text

_STACKED_FROM = 9
"""Rows from which a card has its sign above the label."""

_LARGEST = 2.7
"""Rows of a label's capitals at the most, so that the cards of a screen speak with one voice."""

_SHARE = 0.45
"""Of the rows that a card has besides its margins and its hint: so much is for the label, the rest for the sign."""
_LARGEST_LARGE = 3.4
"""The same on a screen of large text."""

_LOWEST = 5 / 3
"""Rows of a hint's capitals there: the least that is drawn."""

_LEAST_SIGN = 3.0
"""Rows of a sign there; for less, the words have the room."""

_BELOW_CARD = 1
"""Rows at the foot that belong to the card's edge."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a card says. All texts are clean and plain."""

    label: str
    hint: str = ""
    icon: Sign | None = None
    big: bool = True
    large: bool = False
    """Whether the screen is one of large text: then the hint is in large letters as well, before there is a sign."""


@lru_cache(maxsize=64)
def face_strips(face: Face, columns: int, rows: int, colours: CardColours, repertoire: Repertoire) -> tuple[Strip, ...]:
    """Return a card of so many cells with what it says."""
    if face.large and rows >= LEAST_ROWS and (drawn := _large(face, columns, rows, colours, repertoire)) is not None:
        return drawn
    if rows < LEAST_ROWS:
        return _one_line(face, columns, rows, colours, repertoire)
    if face.icon is not None and rows >= _STACKED_FROM:
        return _stacked(face, columns, rows, colours, repertoire)
    return _centred(face, columns, rows, colours, repertoire)


def _large(
    face: Face, columns: int, rows: int, colours: CardColours, repertoire: Repertoire
) -> tuple[Strip, ...] | None:
    """All words in large letters, and a sign above them where that leaves room; None where they do not fit.

    A low card keeps the terminal's own: beside others whose label is longer, one in large letters looks like a fault.
    """
    down = mosaic_of(repertoire).down
    width, room = columns - 4, rows - _BELOW_CARD
    faces = installed_faces()
    hint = None
    if face.hint:
        hint = set_paragraph(face.hint, width, room - 3, faces, repertoire, largest=_LOWEST, align=Align.CENTER)
        room -= -(-(hint.coverage.height + down) // down) if hint is not None else 0
    headroom = 1 if hint is not None else 0  # for an accent, or the dot of an i
    label = set_text(face.label, width, room - headroom, faces, repertoire, largest=_LARGEST_LARGE)
    if label is None or (hint is None and face.hint):
        return None
    picture = draw_card(columns, rows, colours, repertoire)
    below_line = label.coverage.height - label.top - label.capitals
    gap = max(down - 1, below_line + 1) if hint is not None else 0
    block = label.capitals + gap + (hint.coverage.height if hint is not None else 0)
    spare = (rows - _BELOW_CARD) * down - block
    side = spare / down - 2.0
    if face.icon is not None and side >= _LEAST_SIGN:
        sketch = Sketch(columns, rows)
        draw_sign(face.icon, sketch, (columns - side * 2) / 2, 2.0, side * 2)
        lay(picture, colours.ink, sketch.coverage(repertoire))
        top = spare - down // 2
    else:
        top = spare // 2 + 1
    lay(picture, colours.ink, label.coverage, (picture.width - label.coverage.width) // 2, max(0, top - label.top))
    if hint is not None:
        below = top + label.capitals + gap
        lay(picture, colours.ink, hint.coverage, (picture.width - hint.coverage.width) // 2, below)
    return tuple(strip(row) for row in cells_of(picture, repertoire))


def _one_line(face: Face, columns: int, rows: int, colours: CardColours, repertoire: Repertoire) -> tuple[Strip, ...]:
    """A low card: the label in the terminal's own letters, with a character for its sign."""
    sign = letter_for(face.icon) if face.icon is not None else ""
    label = cut(f"{sign} {face.label}".strip(), max(1, columns - 2))
    cells = cells_of(draw_card(columns, rows, colours, repertoire), repertoire)
    write(cells, (columns - cell_len(label)) // 2, (rows - 1) // 2, label, colours.ink, bold=True)
    return tuple(strip(row) for row in cells)


def _stacked(face: Face, columns: int, rows: int, colours: CardColours, repertoire: Repertoire) -> tuple[Strip, ...]:
    """Sign, label and hint below each other, in the middle."""
    picture = draw_card(columns, rows, colours, repertoire)
    down = mosaic_of(repertoire).down
    hints = wrap(face.hint, columns - 4)[:2]
    hint_row = rows - _BELOW_CARD - 1 - len(hints)
    largest = min(_LARGEST, (rows - 5) * _SHARE)
    wanted = set_text(face.label, columns - 4, 4, installed_faces(), repertoire, largest=largest) if face.big else None
    base = hint_row * down - round(down * (0.9 if hints else 0.2))
    label_top = hint_row - 1.0
    if wanted is not None:
        top = base - wanted.capitals - wanted.top
        lay(picture, colours.ink, wanted.coverage, (picture.width - wanted.coverage.width) // 2, top)
        label_top = (base - wanted.capitals) / down
    if face.icon is not None:
        room = label_top - 1.6
        side = max(2.0, room * 2)
        sketch = Sketch(columns, rows)
        draw_sign(face.icon, sketch, (columns - side) / 2, 1.8, side)
        lay(picture, colours.ink, sketch.coverage(repertoire))
    cells = cells_of(picture, repertoire)
    if wanted is None:
        label = cut(face.label, columns - 4)
        write(cells, (columns - cell_len(label)) // 2, hint_row - 1, label, colours.ink, bold=True)
    for index, line in enumerate(hints):
        write(cells, (columns - cell_len(line)) // 2, hint_row + index, line, colours.ink)
    return tuple(strip(row) for row in cells)


def _centred(face: Face, columns: int, rows: int, colours: CardColours, repertoire: Repertoire) -> tuple[Strip, ...]:
    """Label and hint in the middle; a sign in front where there is one."""
    picture = draw_card(columns, rows, colours, repertoire)
    down = mosaic_of(repertoire).down
    side = (rows - 2.6) * 2 if face.icon is not None else 0.0
    indent = round(side) + 2 if side else 0
    width = max(1, columns - 4 - indent)
    hints = wrap(face.hint, width)[:1] if rows > LEAST_ROWS else []
    room = rows - _BELOW_CARD - len(hints)
    wanted = None
    if face.big:
        wanted = set_text(
            face.label,
            width,
            room,
            installed_faces(),
            repertoire,
            largest=min(_LARGEST, room * 0.6),
            align=Align.CENTER,
        )
    shown = -(-wanted.coverage.width // 2) if wanted is not None else cell_len(cut(face.label, width))
    across = max([shown, *map(cell_len, hints)])
    left = (columns - indent - across) // 2
    start = left + indent + (across - shown) // 2
    if face.icon is not None:
        sketch = Sketch(columns, rows)
        draw_sign(face.icon, sketch, left, rows - 0.25 - side / 2, side)
        lay(picture, colours.ink, sketch.coverage(repertoire))
    if wanted is not None:
        lay(picture, colours.ink, wanted.coverage, start * 2, place_in(wanted, room * down))
    cells = cells_of(picture, repertoire)
    if wanted is None:
        write(cells, start, (room - 1) // 2, cut(face.label, width), colours.ink, bold=True)
    for line in hints:
        write(cells, left + indent + (across - cell_len(line)) // 2, rows - _BELOW_CARD - 1, line, colours.ink)
    return tuple(strip(row) for row in cells)
