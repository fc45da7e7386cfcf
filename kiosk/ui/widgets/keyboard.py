"""The on-screen keyboard: all keys in one widget."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import ClassVar

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.text import clean
from kiosk.ui.widgets.cards import CardColours, card_colours
from kiosk.ui.widgets.key_caps import Cap, common_capitals, row_strips
from kiosk.ui.widgets.keyboard_layouts import Action, Key, Layer, Row, Typing, key_rows, next_accent
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.shapes import ACROSS, Repertoire, terminal_repertoire
from kiosk.ui.widgets.shift import Capitals, Shift, after_letter, after_tap, enlarged, is_large
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.touch import TouchSurface

_PARTS = {
    Action.TYPE: "keyboard--key",
    Action.SPACE: "keyboard--key",
    Action.END: "keyboard--ending",
    Action.DONE: "keyboard--done",
}
"""How keys are dressed, if not as those that write nothing."""


class Keyboard(TouchSurface):
    """Types into a field: letters with their accents, signs, addresses, telephone numbers.

    Keys are at least 7 by 3 cells at 80 columns, and 4 by 4 at 45. Each tap does what it says at once and in its order,
    however fast they come; the key that ends the answer posts `Done`. It follows the field: what is typed there by
    other means is seen here by capitals and accents.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "keyboard--key", "keyboard--other", "keyboard--idle", "keyboard--ending", "keyboard--done",
    }  # fmt: skip

    DEFAULT_CSS = """
    Keyboard {
        width: 1fr;
        height: 16;
        min-width: 44;
        min-height: 12;
    }
    Keyboard > .keyboard--key {
        background: $surface;
        color: $foreground;
    }
    Keyboard > .keyboard--other {
        background: $panel;
        color: $foreground;
    }
    Keyboard > .keyboard--idle {
        background: $panel;
        color: $text-muted;
    }
    Keyboard > .keyboard--ending {
        background: $panel;
        color: $foreground;
    }
    Keyboard > .keyboard--done {
        background: $primary;
        color: $button-color-foreground;
    }
    """

    showing: reactive[Layer] = reactive(Layer.LETTERS)
    """The keys that show now."""

    done_label: reactive[str] = reactive("")
    """The word on the key that ends the answer."""

    class Done(Message):
        """The key that ends the answer was tapped."""

        def __init__(self, keyboard: Keyboard) -> None:
            super().__init__()
            self.keyboard = keyboard
            """The keyboard."""

        @property
        def control(self) -> Keyboard:
            """The keyboard, for `@on` with a selector."""
            return self.keyboard

    def __init__(
        self,
        field: TextField,
        typing: Typing | None = None,
        *,
        layer: Layer = Layer.LETTERS,
        capitals: Capitals = Capitals.NAMES,
        done_label: str = "Next",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a keyboard.

        Args:
            field: What it types into.
            typing: How people type at this location.
            layer: The keys to begin with, and to come back to from the signs.
            capitals: Which letters are large by themselves. None are in an address.
            done_label: The word on the key that ends the answer, in the language of the screen.
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self.set_reactive(Keyboard.showing, layer)
        self.set_reactive(Keyboard.done_label, clean(done_label))
        self._field = field
        self._typing = typing or Typing()
        self._home = Layer.LETTERS if layer is Layer.SYMBOLS else layer
        self._signs = Layer.SIGNS if layer is Layer.EXACT else Layer.SYMBOLS
        self._capitals = capitals if self._home is Layer.LETTERS else Capitals.NONE
        self._shift = Shift.AUTOMATIC
        self._shown = self._state

    def on_mount(self) -> None:
        """Follow the field, which lives as long as the keyboard."""
        self.watch(self._field, "line", self._follow_field, init=False)

    @property
    def is_large(self) -> bool:
        """Whether the next letter is a capital."""
        return is_large(self._shift, self._capitals, self._field.line.before)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The keys that show now, row by row."""
        return key_rows(self._typing, self.showing, self.size.width)

    def take_key(self, event: events.Key) -> bool:
        """Do what a key of a real keyboard says and light the key here that says the same; return whether it means
        anything here."""
        if event.key == "enter":
            self._echo(Action.DONE)
            self.post_message(self.Done(self))
            return True
        if not self._field.take_key(event):
            return False
        match event.key:
            case "backspace":
                self._echo(Action.ERASE)
            case "space":
                self._echo(Action.SPACE)
            case _ if event.character is not None:
                self._echo(event.character.lower())
        return True

    def tapped(self, zone: str) -> None:
        key = self._key(zone)
        if key is None:
            return
        match key.action:
            case Action.TYPE:
                self._field.type(enlarged(key.text) if self.is_large else key.text)
                if key.text.isalpha():
                    self._shift = after_letter(self._shift)
            case Action.END:
                self._field.end_with(key.text)
            case Action.SPACE:
                self._field.type(" ")
            case Action.ERASE:
                self._field.erase()
            case Action.ACCENT:
                if (accented := self._accent) is not None:
                    self._field.turn_last(accented)
            case Action.SHIFT:
                self._shift = after_tap(self._shift, self._capitals, self._field.line.before)
            case Action.LAYER:
                self.showing = self._home if self.showing is self._signs else self._signs
            case Action.DONE:
                self.post_message(self.Done(self))
        self._look_again()

    def zone_at(self, at: Offset) -> str | None:
        if not self.size.region.contains_point(at):
            return None
        row = self.rows[_row_at(at.y, len(self.rows), self.size.height)]
        edges = _edges(row, self.size.width)
        return next(key.zone for key, (left, right) in zip(row, pairwise(edges), strict=True) if left <= at.x < right)

    def zone_region(self, zone: str) -> Region:
        rows = self.rows
        for index, row in enumerate(rows):
            top, bottom = (at * self.size.height // len(rows) for at in (index, index + 1))
            for key, (left, right) in zip(row, pairwise(_edges(row, self.size.width)), strict=True):
                if key.zone == zone:
                    return Region(left, top, right - left, bottom - top)
        return Region()  # of a layer that no longer shows

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 16

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if not 0 <= y < height or not width:
            return Strip.blank(width)
        rows = self.rows
        index = _row_at(y, len(rows), height)
        top, bottom = (at * height // len(rows) for at in (index, index + 1))
        row, length = rows[index], _length(rows[index])
        letters = letter_size(rows, width, height // len(rows), terminal_repertoire())
        # Asked of the styles once a line and not once a key, which would take most of the time of a tap.
        dress = {part: card_colours(self, part) for part in dict.fromkeys(map(self._part, row))}
        caps = tuple(self._cap(key, dress[self._part(key)], letters) for key in row)
        edges = tuple(passed * width * ACROSS // length for passed in _passed(row))
        return row_strips(caps, edges, bottom - top, caps[0].colours.ground, terminal_repertoire())[y - top]

    def _cap(self, key: Key, colours: CardColours, letters: float) -> Cap:
        own = key.action in {Action.LAYER, Action.ACCENT, Action.END}
        return Cap(
            self._label(key, letters),
            colours.pressed if self.is_lit(key.zone) else colours,
            self._sign(key),
            0.0 if own else letters,
        )

    def _label(self, key: Key, letters: float) -> str:
        match key.action:
            case Action.TYPE if self.is_large or (letters and self._home is not Layer.EXACT):
                # Small letters drawn from few tiles are hard to make out; keyboards on desks have capitals as well, but
                # for this one, whose capital would be taken for a B.
                return key.text if key.text == "ß" else enlarged(key.text)
            case Action.LAYER:
                if self.showing is self._signs:
                    return "ABC"
                return "#$%" if self._signs is Layer.SIGNS else "123"
            case Action.ACCENT if self._accent is not None and self._home is not Layer.EXACT:  # it may be a secret
                return f"{self._field.line.last_letter}→{self._accent}"
            case Action.ACCENT:
                return "áéñ"
            case Action.DONE:
                return self.done_label
            case _:
                return key.text

    def _sign(self, key: Key) -> Sign | None:
        match key.action:
            case Action.ERASE:
                return Sign.BACKSPACE
            case Action.SPACE:
                return Sign.SPACE
            case Action.SHIFT if self._shift is Shift.LOCKED:
                return Sign.CAPITALS
            case Action.SHIFT:
                return Sign.SHIFTED if self.is_large else Sign.SHIFT
            case _:
                return None

    def _part(self, key: Key) -> str:
        if key.action is Action.ACCENT and self._accent is None:
            return "keyboard--idle"
        return _PARTS.get(key.action, "keyboard--other")

    @property
    def _accent(self) -> str | None:
        """What the accent key would make of the last letter."""
        return next_accent(self._field.line.last_letter, self._typing.layout)

    @property
    def _state(self) -> tuple[bool, Shift, str | None]:
        """What the looks of the keys depend on."""
        return self.is_large, self._shift, self._accent

    def _follow_field(self) -> None:
        self._look_again()

    def _look_again(self) -> None:
        """Draw anew what looks different now."""
        before, self._shown = self._shown, self._state
        if before[:2] != self._shown[:2]:
            self.refresh()
        elif before != self._shown:
            self.refresh(self.zone_region(Action.ACCENT))

    def _echo(self, zone: str) -> None:
        if self._key(zone) is not None:
            self.flash(zone)

    def _key(self, zone: str) -> Key | None:
        return next((key for row in self.rows for key in row if key.zone == zone), None)


@lru_cache(maxsize=32)
def letter_size(rows: tuple[Row, ...], width: int, height: int, repertoire: Repertoire) -> float:
    """The height of capitals that all letters of a layer can have, on keys of such a height."""
    typing = [(key, _length(row)) for row in rows for key in row if key.action is Action.TYPE]
    narrowest = min(width * key.halves // length for key, length in typing)
    labels = tuple(dict.fromkeys(enlarged(key.text) for key, _ in typing))
    return common_capitals(labels, narrowest, height, repertoire)


def _length(row: Row) -> int:
    return sum(key.halves for key in row)


def _passed(row: Row) -> list[int]:
    """Halves before each key, and before the end."""
    return [0, *accumulate(key.halves for key in row)]


def _edges(row: Row, width: int) -> list[int]:
    """The columns where keys begin, and where the last one ends: rounded, so that all that is drawn of a key, to half
    a column, is within."""
    length = _length(row)
    return [(2 * passed * width + length) // (2 * length) for passed in _passed(row)]


def _row_at(y: int, rows: int, height: int) -> int:
    """The row of keys at a line; what cannot be divided evenly is given to the lower ones."""
    return next(index for index in range(rows) if y < (index + 1) * height // rows)
