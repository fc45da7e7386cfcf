"""The keypad: twelve keys in one widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from kiosk.ui.widgets.cards import card_colours
from kiosk.ui.widgets.key_caps import key_strips
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.shapes import terminal_repertoire
from kiosk.ui.widgets.touch import TouchSurface

BACK = "back"
"""The key that takes back the last digit."""

ENTER = "enter"
"""The key that ends the number."""

KEYS = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), (BACK, "0", ENTER))
"""The keys, row by row, as on a telephone."""

_ROWS, _COLUMNS = len(KEYS), len(KEYS[0])


class Keypad(TouchSurface):
    """Keys for a number: 1 to 9, back, 0 and enter.

    They divide whatever space there is evenly, from 8 by 3 cells each; 12 by 5 cells make keys of 23 by 18 mm on the
    7-inch display. Each tap posts one `Pressed`, however fast they come.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keypad--key", "keypad--back", "keypad--enter"}

    DEFAULT_CSS = """
    Keypad {
        width: 36;
        height: 20;
        min-width: 24;
        min-height: 12;
    }
    Keypad > .keypad--key {
        background: $surface;
        color: $foreground;
    }
    Keypad > .keypad--back {
        background: $panel;
        color: $foreground;
    }
    Keypad > .keypad--enter {
        background: $primary;
        color: $button-color-foreground;
    }
    """

    class Pressed(Message):
        """A key was tapped."""

        def __init__(self, keypad: Keypad, key: str) -> None:
            super().__init__()
            self.keypad = keypad
            """The keypad."""
            self.key = key
            """"0" to "9", `BACK` or `ENTER`."""

        @property
        def control(self) -> Keypad:
            """The keypad, for `@on` with a selector."""
            return self.keypad

    def __init__(self, *, enter_label: str = "OK", id: str | None = None, classes: str | None = None) -> None:
        """Make a keypad.

        Args:
            enter_label: The word on the enter key, in the language of the screen.
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self._enter_label = enter_label

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return _COLUMNS * 12

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return _ROWS * 5

    def zone_at(self, at: Offset) -> str | None:
        row = _index(at.y, self.size.height, _ROWS)
        column = _index(at.x, self.size.width, _COLUMNS)
        return None if row is None or column is None else KEYS[row][column]

    def zone_region(self, zone: str) -> Region:
        row = next(row for row, keys in enumerate(KEYS) if zone in keys)
        column = KEYS[row].index(zone)
        left, right = _bounds(column, self.size.width, _COLUMNS)
        top, bottom = _bounds(row, self.size.height, _ROWS)
        return Region(left, top, right - left, bottom - top)

    def tapped(self, zone: str) -> None:
        self.post_message(self.Pressed(self, zone))

    def render_line(self, y: int) -> Strip:
        row = _index(y, self.size.height, _ROWS)
        if row is None:
            return Strip.blank(self.size.width)
        top, _ = _bounds(row, self.size.height, _ROWS)
        return Strip.join([self._key(key)[y - top] for key in KEYS[row]])

    def _key(self, key: str) -> Sequence[Strip]:
        part = f"keypad--{key if key in {BACK, ENTER} else 'key'}"
        colours = card_colours(self, part)
        label = self._enter_label if key == ENTER else key
        size = self.zone_region(key).size
        sign = Sign.BACKSPACE if key == BACK else None
        repertoire = terminal_repertoire()
        lit, large = self.is_lit(key), self.screen.has_class("-large")
        return key_strips(label, *size, colours, repertoire, pressed=lit, sign=sign, large=large)


def _bounds(index: int, length: int, parts: int) -> tuple[int, int]:
    """Return where a part begins and ends when `length` cells are divided as evenly as they can be."""
    return index * length // parts, (index + 1) * length // parts


def _index(at: int, length: int, parts: int) -> int | None:
    return next(
        (index for index in range(parts) if _bounds(index, length, parts)[0] <= at < _bounds(index, length, parts)[1]),
        None,
    )
