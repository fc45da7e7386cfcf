"""A strip of chips on home: small cards that each change how the kiosk speaks or looks, by one touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.text import clean
from kiosk.ui.widgets.big_text import cut
from kiosk.ui.widgets.cards import CardColours, card_colours, draw_card
from kiosk.ui.widgets.raster import cells_of, lay, strip, write
from kiosk.ui.widgets.shapes import Repertoire, terminal_repertoire
from kiosk.ui.widgets.sketch import Sketch
from kiosk.ui.widgets.touch import TouchSurface

ROWS = 3
"""Rows of a chip."""

NARROWEST = 8
"""Columns of a chip at the least: what a finger hits."""

_BESIDE = (4, 2)
"""Columns of a chip that its label leaves free: so many where there is room, else fewer."""

_NEARLY_FULL = 0.75
"""Of a row: chips that need so much fill it, and end where all else on the page does; fewer keep their size."""

# In half rows and columns, as cards are drawn.
_BAR_TOP, _BAR_FOOT, _BAR_SIDE = 4 + 2 / 3, 5 + 1 / 3, 2.0


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip.

    Attributes:
        key: What it stands for, told back when it is tapped: "language:de".
        label: Its words, shown as they are.
        on: Whether it holds now. A bar below the label says so, and not the colour alone.
    """

    key: str
    label: str
    on: bool = False


class Chips(TouchSurface):
    """Chips beside each other, in as many rows as the glass needs; each tap posts `Chosen`.

    One widget, as a keypad is: eight cards would cost five times as much to show.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"chips--off", "chips--on"}

    DEFAULT_CSS = """
    Chips {
        width: 1fr;
        height: auto;
        min-height: 3;
    }
    Chips > .chips--off {
        background: $panel;
        color: $foreground;
    }
    Chips > .chips--on {
        background: $surface;
        color: $foreground;
    }
    """

    chips: reactive[tuple[Chip, ...]] = reactive((), layout=True)
    """What can be tapped, in its order."""

    class Chosen(Message):
        """A chip was tapped."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key
            """What it stands for."""

    def __init__(self, chips: Sequence[Chip], *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Chips.chips, tuple(chips))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        places = chip_places(self._labels, width)
        return max((place.bottom for place in places), default=0)

    def zone_at(self, at: Offset) -> str | None:
        places = zip(self.chips, self._places, strict=False)
        return next((chip.key for chip, place in places if place.contains_point(at)), None)

    def zone_region(self, zone: str) -> Region:
        places = zip(self.chips, self._places, strict=False)
        return next((place for chip, place in places if chip.key == zone), Region())

    def tapped(self, zone: str) -> None:
        self.post_message(self.Chosen(zone))

    def render_line(self, y: int) -> Strip:
        parts: list[Strip] = []
        column = 0
        for chip, place in zip(self.chips, self._places, strict=False):
            if not place.y <= y < place.bottom:
                continue
            parts += [Strip.blank(place.x - column, self.rich_style), self._strips(chip, place.width)[y - place.y]]
            column = place.right
        return Strip.join([*parts, Strip.blank(self.size.width - column, self.rich_style)])

    def _strips(self, chip: Chip, columns: int) -> tuple[Strip, ...]:
        colours = card_colours(self, f"chips--{'on' if chip.on else 'off'}", raised=chip.on)
        shown = colours.pressed if self.is_lit(chip.key) else colours
        return chip_strips(clean(chip.label), columns, shown, terminal_repertoire(), on=chip.on)

    @property
    def _labels(self) -> tuple[str, ...]:
        return tuple(clean(chip.label) for chip in self.chips)

    @property
    def _places(self) -> tuple[Region, ...]:
        return chip_places(self._labels, self.size.width)


@lru_cache(maxsize=16)
def chip_places(labels: tuple[str, ...], columns: int) -> tuple[Region, ...]:
    """Where each chip stands in so many columns: in one row as wide as its label needs, the row in the middle, or a
    little wider where that fills it; else in columns of one width, in as few rows as hold every label."""
    if not labels or columns < NARROWEST:
        return ()
    for beside in _BESIDE:
        wanted = [max(NARROWEST, cell_len(label) + beside) for label in labels]
        if sum(wanted) <= columns:
            return tuple(_in_a_row(wanted, columns))
    across = max(1, columns // max(wanted))
    rows = -(-len(labels) // across)
    across = -(-len(labels) // rows)
    edges = [columns * index // across for index in range(across + 1)]
    places = [divmod(index, across) for index in range(len(labels))]
    return tuple(Region(edges[x], y * ROWS, edges[x + 1] - edges[x], ROWS) for y, x in places)


def _in_a_row(wanted: list[int], columns: int) -> Iterator[Region]:
    spare = columns - sum(wanted)
    each, some = divmod(spare, len(wanted)) if sum(wanted) >= columns * _NEARLY_FULL else (0, 0)
    left = 0 if each or some else spare // 2
    for index, width in enumerate(wanted):
        full = width + each + (index < some)
        yield Region(left, 0, full, ROWS)
        left += full


@lru_cache(maxsize=64)
def chip_strips(
    label: str, columns: int, colours: CardColours, repertoire: Repertoire, *, on: bool
) -> tuple[Strip, ...]:
    """One chip."""
    picture = draw_card(columns, ROWS, colours, repertoire)
    if on:
        bar = Sketch(columns, ROWS)
        bar.box(_BAR_SIDE, _BAR_TOP, columns - _BAR_SIDE, _BAR_FOOT, 0)
        lay(picture, colours.ink, bar.coverage(repertoire))
    cells = cells_of(picture, repertoire)
    word = cut(label, columns - 2)
    write(cells, (columns - cell_len(word)) // 2, 1, word, colours.ink, bold=True)
    return tuple(strip(row) for row in cells)
