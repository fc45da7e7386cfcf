"""The letters: one touch for the first letter of a surname."""

from __future__ import annotations

from typing import ClassVar

from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from kiosk.desk.people import OTHER_INITIAL
from kiosk.ui.widgets.cards import card_colours
from kiosk.ui.widgets.key_caps import key_strips
from kiosk.ui.widgets.shapes import terminal_repertoire
from kiosk.ui.widgets.touch import TouchSurface

WIDE = ("ABCDEFGHI", "JKLMNOPQR", "STUVWXYZ" + OTHER_INITIAL)
"""The keys, row by row, in the order of the alphabet: nobody types here, everybody looks for one letter."""

UPRIGHT = ("ABCDEF", "GHIJKL", "MNOPQR", "STUVWX", "YZ" + OTHER_INITIAL)
"""The same on a narrow glass."""

_LEAST_WIDTH = 6
"""Columns of a key below which there are fewer in a row."""


class LetterPad(TouchSurface):
    """A to Z and a key for every other letter, each 8 by 3 cells at the least."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"letters--key", "letters--other"}

    DEFAULT_CSS = """
    LetterPad {
        width: 1fr;
        height: 1fr;
    }
    LetterPad > .letters--key {
        background: $surface;
        color: $foreground;
    }
    LetterPad > .letters--other {
        background: $panel;
        color: $foreground;
    }
    """

    class Pressed(Message):
        """A letter was tapped."""

        def __init__(self, letters: LetterPad, key: str) -> None:
            super().__init__()
            self.letters = letters
            """The widget."""
            self.key = key
            """A to Z, or `OTHER_INITIAL`."""

        @property
        def control(self) -> LetterPad:
            """The widget, for `@on` with a selector."""
            return self.letters

    def __init__(self, *, other_label: str = "…", id: str | None = None) -> None:
        super().__init__(id=id)
        self._other_label = other_label

    @property
    def rows(self) -> tuple[str, ...]:
        """The keys as this glass has them."""
        return WIDE if self.size.width >= len(WIDE[0]) * _LEAST_WIDTH else UPRIGHT

    def zone_at(self, at: Offset) -> str | None:
        if not (0 <= at.x < self.size.width and 0 <= at.y < self.size.height):
            return None
        row = at.y * len(self.rows) // self.size.height
        return self.rows[row][at.x * len(self.rows[row]) // self.size.width]

    def zone_region(self, zone: str) -> Region:
        row = next(index for index, keys in enumerate(self.rows) if zone in keys)
        left, right = _share(self.rows[row].index(zone), len(self.rows[row]), self.size.width)
        top, bottom = _share(row, len(self.rows), self.size.height)
        return Region(left, top, right - left, bottom - top)

    def tapped(self, zone: str) -> None:
        self.post_message(self.Pressed(self, zone))

    def render_line(self, y: int) -> Strip:
        key_at = self.zone_at(Offset(0, y))
        if key_at is None:
            return Strip.blank(self.size.width)
        row = next(keys for keys in self.rows if key_at in keys)
        return Strip.join([self._line_of(key, y) for key in row])

    def _line_of(self, key: str, y: int) -> Strip:
        region = self.zone_region(key)
        other = key == OTHER_INITIAL
        colours = card_colours(self, "letters--other" if other else "letters--key")
        label = self._other_label if other else key
        lit, large = self.is_lit(key), self.screen.has_class("-large")
        strips = key_strips(label, *region.size, colours, terminal_repertoire(), pressed=lit, large=large)
        return strips[y - region.y]


def _share(index: int, parts: int, length: int) -> tuple[int, int]:
    """The cells of a part: all that `at * parts // length` counts to it, so that hits and pictures agree."""
    return -(-index * length // parts), -(-(index + 1) * length // parts)
