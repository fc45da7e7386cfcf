"""What is drawn on a card: a sign, a label in large letters, a hint below."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from kiosk.ui.widgets.typeset import WITHOUT_LIMIT, Align, Setting, set_paragraph, set_text

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

_ABOVE_CARD = 1
"""Tiles above the plate."""

_MARGINS = 4
"""Tiles above and below large words, together."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What all cards that stand beside each other have room for: equal things are of equal size."""

    largest: float = WITHOUT_LIMIT
    """Rows of the capitals of their labels; 0 where one of them has to be in the terminal's own letters."""
    large_hints: bool = True
    """Whether each hint can be in large letters, on a screen of large text."""
    large: bool = True
    """Whether each of them can be set as on a screen of large text."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a card says. All texts are clean and plain."""

    label: str
    hint: str = ""
    icon: Sign | None = None
    big: bool = True
    large: bool = False
    """Whether the screen is one of large text: then the hint is in large letters as well, before there is a sign."""
    neighbours: Neighbours = Neighbours()
    """What the cards beside it have room for."""


@lru_cache(maxsize=64)
def face_strips(face: Face, columns: int, rows: int, colours: CardColours, repertoire: Repertoire) -> tuple[Strip, ...]:
    """Return a card of so many cells with what it says."""
    if (words := _large_words(face, columns, rows, repertoire)) is not None:
        return _large(face, words, columns, rows, colours, repertoire)
    if rows < LEAST_ROWS:
        return _one_line(face, columns, rows, colours, repertoire)
    if face.icon is not None and rows >= _STACKED_FROM:
        return _stacked(face, columns, rows, colours, repertoire)
    return _centred(face, columns, rows, colours, repertoire)


@lru_cache(maxsize=64)
def neighbours_of(cards: tuple[tuple[Face, int, int], ...], repertoire: Repertoire) -> Neighbours:
    """Return what cards beside each other have room for.

    Args:
        cards: What each card says, with its columns and rows.
        repertoire: What the terminal can draw.
    """
    largest = _largest_together(cards, Neighbours(), repertoire)
    fits = all(_large_hint(face, columns, rows, repertoire) for face, columns, rows in cards if face.hint)
    if fits and largest > _LOWEST:
        return Neighbours(largest)
    small_hints = Neighbours(large_hints=False)
    if not all(
        _large_words(replace(face, neighbours=small_hints), wide, high, repertoire) for face, wide, high in cards
    ):
        small_hints = Neighbours(large_hints=False, large=False)
    larger = _largest_together(cards, small_hints, repertoire)
    if fits and larger <= largest:
        return Neighbours(largest)
    return replace(small_hints, largest=larger)  # a label no larger than its hint would be lost in it


def _largest_together(cards: tuple[tuple[Face, int, int], ...], agreed: Neighbours, repertoire: Repertoire) -> float:
    down = mosaic_of(repertoire).down
    labels = [_label(replace(face, neighbours=agreed), columns, rows, repertoire) for face, columns, rows in cards]
    return min((label.letter / down if label else 0.0 for label in labels), default=0.0)


def _label(face: Face, columns: int, rows: int, repertoire: Repertoire) -> Setting | None:
    """The label of a card as `face_strips` draws it; None where it is in the terminal's own letters."""
    if (words := _large_words(face, columns, rows, repertoire)) is not None:
        return words.label
    if rows < LEAST_ROWS or not face.big:
        return None
    if face.icon is not None and rows >= _STACKED_FROM:
        return _stacked_label(face, columns, rows, repertoire)
    return _centred_label(face, *_beside_sign(face, columns, rows), repertoire)


def _set(face: Face, columns: int, rows: int, largest: float, repertoire: Repertoire) -> Setting | None:
    largest = min(largest, face.neighbours.largest)
    return set_text(face.label, columns, rows, installed_faces(), repertoire, largest=largest, align=Align.CENTER)


@dataclass(frozen=True, slots=True)
class _LargeWords:
    """Label and hint in large letters."""

    label: Setting
    hint: Setting | None
    gap: int
    """Tiles from the base line of the label to the hint."""
    small: tuple[str, ...] = ()
    """The lines of a hint that has no room for large letters."""

    @property
    def height(self) -> int:
        """From the capitals of the label to the end, in tiles."""
        return self.label.capitals + self.gap + (self.hint.coverage.height if self.hint is not None else 0)


def _large_hint(face: Face, columns: int, rows: int, repertoire: Repertoire) -> Setting | None:
    most = rows - _BELOW_CARD - 3
    if not face.hint or most <= 0:
        return None
    faces = installed_faces()
    return set_paragraph(face.hint, columns - 4, most, faces, repertoire, largest=_LOWEST, align=Align.CENTER)


def _small_hints(face: Face, columns: int) -> tuple[str, ...]:
    return tuple(wrap(face.hint, columns - 4)[:2])


def _large_words(face: Face, columns: int, rows: int, repertoire: Repertoire) -> _LargeWords | None:
    """All words of a card in large letters, so that they fill it at the most; None where they do not fit.

    A low card keeps the terminal's own: beside others whose label is longer, one in large letters looks like a fault.
    """
    if not (face.large and face.neighbours.large and rows >= LEAST_ROWS):
        return None
    down = mosaic_of(repertoire).down
    room = (rows - _BELOW_CARD) * down - _MARGINS
    hint = _large_hint(face, columns, rows, repertoire) if face.neighbours.large_hints else None
    if hint is not None:
        room -= hint.coverage.height + down - 1
    elif face.hint:
        room -= (len(_small_hints(face, columns)) + 1) * down - 1
    box = room // down + 1  # a tail hangs into the gap
    label = _set(face, columns - 4, box, min(_LARGEST_LARGE, room / down), repertoire) if room > 0 else None
    if label is None:
        return None
    small = _small_hints(face, columns) if hint is None else ()
    below_line = label.coverage.height - label.top - label.capitals
    below_tail = 1 if hint is not None else 0  # letters of the terminal's own have air above them
    return _LargeWords(label, hint, max(down - 1, below_line + below_tail) if face.hint else 0, small)


def _large(
    face: Face, words: _LargeWords, columns: int, rows: int, colours: CardColours, repertoire: Repertoire
) -> tuple[Strip, ...]:
    """All words in large letters, and a sign above them where that leaves room."""
    picture = draw_card(columns, rows, colours, repertoire)
    down = mosaic_of(repertoire).down
    label, hint = words.label, words.hint
    spare = (rows - _BELOW_CARD - len(words.small)) * down - words.height
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
        below = top + label.capitals + words.gap
        lay(picture, colours.ink, hint.coverage, (picture.width - hint.coverage.width) // 2, below)
    cells = cells_of(picture, repertoire)
    first = min(rows - _BELOW_CARD - len(words.small), -(-(top + label.capitals + words.gap) // down))
    for row, line in enumerate(words.small, first):
        write(cells, (columns - cell_len(line)) // 2, row, line, colours.ink, bold=True)
    return tuple(strip(row) for row in cells)


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
    wanted = _stacked_label(face, columns, rows, repertoire) if face.big else None
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


def _stacked_label(face: Face, columns: int, rows: int, repertoire: Repertoire) -> Setting | None:
    return _set(face, columns - 4, 4, min(_LARGEST, (rows - 5) * _SHARE), repertoire)


def _beside_sign(face: Face, columns: int, rows: int) -> tuple[int, int]:
    """Columns and rows that a label has beside its sign and above its hint."""
    indent = _indent(face, rows)
    width = max(1, columns - 4 - indent)
    return width, rows - _BELOW_CARD - (1 if rows > LEAST_ROWS and wrap(face.hint, width) else 0)


def _indent(face: Face, rows: int) -> int:
    """Columns of a sign that stands in front, with a gap."""
    return round(_side(rows)) + 2 if face.icon is not None else 0


def _side(rows: int) -> float:
    """Half rows of a sign that stands in front."""
    return (rows - 2.6) * 2


def _centred_label(face: Face, columns: int, rows: int, repertoire: Repertoire) -> Setting | None:
    return _set(face, columns, rows, min(_LARGEST, rows * 0.6), repertoire)


def _centred(face: Face, columns: int, rows: int, colours: CardColours, repertoire: Repertoire) -> tuple[Strip, ...]:
    """Label and hint in the middle; a sign in front where there is one."""
    picture = draw_card(columns, rows, colours, repertoire)
    down = mosaic_of(repertoire).down
    indent = _indent(face, rows)
    width, room = _beside_sign(face, columns, rows)
    hints = wrap(face.hint, width)[: rows - _BELOW_CARD - room]
    wanted = _centred_label(face, width, room, repertoire) if face.big else None
    shown = -(-wanted.coverage.width // 2) if wanted is not None else cell_len(cut(face.label, width))
    across = max([shown, *map(cell_len, hints)])
    left = (columns - indent - across) // 2
    start = left + indent + (across - shown) // 2
    if face.icon is not None:
        side = _side(rows)
        sketch = Sketch(columns, rows)
        draw_sign(face.icon, sketch, left, rows - 0.25 - side / 2, side)
        lay(picture, colours.ink, sketch.coverage(repertoire))
    if wanted is not None:
        below = _ABOVE_CARD + place_in(wanted, room * down - _ABOVE_CARD)
        lay(picture, colours.ink, wanted.coverage, start * 2, below)
    cells = cells_of(picture, repertoire)
    if wanted is None:
        write(cells, start, room // 2, cut(face.label, width), colours.ink, bold=True)
    for line in hints:
        write(cells, left + indent + (across - cell_len(line)) // 2, rows - _BELOW_CARD - 1, line, colours.ink)
    return tuple(strip(row) for row in cells)
