"""How a field is drawn: a plate with a line of text, a caret, and a coloured edge below.

The text is in the terminal's own letters: they are sharp, which counts for more than size in an address that is read
over. Of a text that is longer than the field, the part around the caret is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from PIL import Image
from textual.geometry import Size
from textual.strip import Strip

from kiosk.ui.widgets.big_text import cut
from kiosk.ui.widgets.raster import Cell, Rgb, blank, blend, cells_of, lay, strip, write
from kiosk.ui.widgets.shapes import Repertoire
from kiosk.ui.widgets.sketch import Sketch
from kiosk.ui.widgets.typed_line import TypedLine

MARGIN = 2
"""Columns on either side of the text."""

_FAINT = 0.7
"""How much ink there is in a placeholder."""

_CARET = "▏"
_MORE_BEFORE, _MORE_BEHIND = "‹", "›"

_CONTEXT = 4
"""Letters that are shown before the caret, if there are so many."""

# In half rows: whole tiles of a mosaic of 2x3.
_SIDE = 0.5
_EDGE = 2 / 3
_RADIUS = 1.2


@dataclass(frozen=True, slots=True)
class FieldColours:
    """The colours of a field."""

    ground: Rgb
    fill: Rgb
    ink: Rgb
    edge: Rgb
    """The line below it, and the caret."""

    @property
    def faint(self) -> Rgb:
        """What is written there by the kiosk and not by the visitor."""
        return blend(self.ink, self.fill, _FAINT)


@dataclass(frozen=True, slots=True)
class FieldPicture:
    """A field as it is drawn.

    Attributes:
        strips: Its rows.
        stops: Column of each place where the caret can be; of those out of sight, as far outside as they are.
        first: The first letter that is shown.
    """

    strips: tuple[Strip, ...]
    stops: tuple[int, ...]
    first: int


def draw_field(
    line: TypedLine,
    placeholder: str,
    size: Size,
    colours: FieldColours,
    repertoire: Repertoire,
    *,
    first: int,
) -> FieldPicture:
    """Draw a field.

    Args:
        line: What has been typed.
        placeholder: What stands there while that is nothing.
        size: Its size in cells.
        colours: Its colours.
        repertoire: What the terminal can draw.
        first: The first letter that was shown before: a long text moves no more than it must.
    """
    room = max(1, size.width - 2 * MARGIN)
    row = (size.height - 1) // 2
    cells = cells_of(_plate(size, colours, repertoire), repertoire)
    letters = line.letters
    starts = [0, *accumulate(letter.cells for letter in letters)]
    at = line.stops.index(line.caret)
    first = _first_shown(starts, at, first, room)
    columns = [MARGIN + start - starts[first] for start in starts]
    if not letters:
        write(cells, MARGIN + 1, row, cut(placeholder, room - 1), colours.faint)
    for letter, column in list(zip(letters, columns, strict=False))[first:]:
        if column + letter.cells <= MARGIN + room:
            _put(cells[row], column, line.text[letter.start : letter.end], letter.cells, colours.ink)
    if first > 0:
        write(cells, 0, row, _MORE_BEFORE, colours.faint)
    if columns[-1] > MARGIN + room:
        write(cells, MARGIN + room, row, _MORE_BEHIND, colours.faint)
    _mark(cells[row], columns[at], letters[at].cells if at < len(letters) else 0, colours)
    return FieldPicture(tuple(strip(line) for line in cells), tuple(columns), first)


def _first_shown(starts: Sequence[int], at: int, first: int, room: int) -> int:
    """The letter to begin with, so that the caret and a little before it can be seen.

    Args:
        starts: Cells before each letter, and before the end.
        at: Letters before the caret.
        first: The letter that the field began with before.
        room: Cells that there are; the caret at the end takes one.
    """
    first = max(0, min(first, at - _CONTEXT))
    while starts[at] - starts[first] > room - 1:
        first += 1
    while first > 0 and starts[-1] - starts[first - 1] <= room - 1:
        first -= 1
    return first


def _put(row: list[Cell], column: int, letter: str, cells: int, ink: Rgb) -> None:
    """Write one letter, whatever it is made of. A joiner at its end would take in what is drawn next."""
    if 0 < cells <= len(row) - column:
        row[column] = Cell(letter.rstrip("\u200d"), ink, row[column].ground, bold=True)
        for rest in range(1, cells):
            row[column + rest] = Cell("", ink, row[column].ground, bold=True)


def _mark(row: list[Cell], column: int, cells: int, colours: FieldColours) -> None:
    """Show the caret: a bar behind the text, or a block on the letter that it stands before."""
    if not 0 <= column < len(row):
        return
    if not cells:
        row[column] = Cell(_CARET, colours.edge, row[column].ground)
    for marked in range(column, min(column + cells, len(row))):
        row[marked] = row[marked]._replace(ink=colours.fill, ground=colours.edge)


@lru_cache(maxsize=16)
def _plate(size: Size, colours: FieldColours, repertoire: Repertoire) -> Image.Image:
    """The field without its text."""
    columns, rows = size
    picture = blank(columns, rows, colours.ground, repertoire)
    plate, edge = Sketch(columns, rows), Sketch(columns, rows)
    plate.box(_SIDE, 0, columns - _SIDE, rows * 2, _RADIUS)
    edge.box(_SIDE, rows * 2 - _EDGE, columns - _SIDE, rows * 2, 0)
    lay(picture, colours.fill, plate.coverage(repertoire))
    lay(picture, colours.edge, edge.coverage(repertoire))
    return picture
