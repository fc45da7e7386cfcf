"""A line of text that somebody types, by touch or on a keyboard of their own."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.text import NAME_LENGTH, clean
from kiosk.ui.widgets.field_drawing import FieldColours, FieldPicture, draw_field
from kiosk.ui.widgets.raster import rgb
from kiosk.ui.widgets.shapes import terminal_repertoire
from kiosk.ui.widgets.touch import TouchSurface
from kiosk.ui.widgets.typed_line import TypedLine, Unfit

ZONE = "line"
"""The one zone that a field has."""


class TextField(TouchSurface):
    """One line of text with a caret. A tap moves the caret to where the finger lifts.

    What is typed is data: it is drawn as it is, never read as markup, and nothing of it is kept when the field goes.
    What cannot be taken leaves everything as it was, and a message says why.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"field--plate", "field--edge", "field--wrong"}

    DEFAULT_CSS = """
    TextField {
        width: 1fr;
        height: 3;
        min-width: 16;
        min-height: 3;
    }
    TextField > .field--plate {
        background: $surface;
        color: $foreground;
    }
    TextField > .field--edge {
        color: $accent;
    }
    TextField > .field--wrong {
        color: $error;
    }
    """

    line: reactive[TypedLine] = reactive(TypedLine())
    """What has been typed, and where the caret is."""

    wrong: reactive[bool] = reactive(False)
    """Whether it is marked as an answer that was not taken. It is no longer, once it is changed."""

    class Changed(Message):
        """The text is another."""

        def __init__(self, field: TextField) -> None:
            super().__init__()
            self.field = field
            """The field."""
            self.text = field.text
            """What it says now."""

        @property
        def control(self) -> TextField:
            """The field, for `@on` with a selector."""
            return self.field

    class Refused(Message):
        """Something was not taken; all is as it was."""

        def __init__(self, field: TextField, reason: Unfit) -> None:
            super().__init__()
            self.field = field
            """The field."""
            self.reason = reason
            """Why."""

        @property
        def control(self) -> TextField:
            """The field, for `@on` with a selector."""
            return self.field

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        limit: int = NAME_LENGTH,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make a field.

        Args:
            text: What is there from the beginning, the caret behind it; left out if it is none that could be typed.
            placeholder: What stands there while nothing is typed.
            limit: Characters that it takes.
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self.limit = limit
        """Characters that it takes."""
        self._placeholder = clean(placeholder)
        self._drawn_for: tuple[object, ...] = ()
        self._drawn = FieldPicture((), (0,), 0)
        self._lifted_at = Offset()
        begun = TypedLine().typed(text, limit)
        if isinstance(begun, TypedLine):
            self.set_reactive(TextField.line, begun)

    @property
    def text(self) -> str:
        """What has been typed."""
        return self.line.text

    def type(self, text: str) -> None:
        """Put a text where the caret is."""
        self._take(self.line.typed(text, self.limit))

    def erase(self) -> None:
        """Take away the letter before the caret."""
        self._take(self.line.erased())

    def turn_last(self, letter: str) -> None:
        """Put another letter in place of that before the caret."""
        self._take(self.line.with_last(letter))

    def end_with(self, ending: str) -> None:
        """Give the address its ending."""
        self._take(self.line.ended(ending, self.limit))

    def take_key(self, event: events.Key) -> bool:
        """Do what a key of a real keyboard says; return whether it means anything here."""
        match event.key:
            case "backspace":
                self.erase()
            case "delete":
                self._take(self.line.erased_ahead())
            case "left":
                self.line = self.line.moved_by(-1)
            case "right":
                self.line = self.line.moved_by(1)
            case "home":
                self.line = self.line.moved_to(0)
            case "end":
                self.line = self.line.moved_to(len(self.text))
            case _ if event.character is not None and event.character >= " " and event.key != "ctrl+h":
                self.type(event.character)
            case _:
                return False
        return True

    def on_unmount(self) -> None:
        """Keep nothing of what was typed, however long the widget itself is kept by somebody."""
        self.set_reactive(TextField.line, TypedLine())
        self._drawn, self._drawn_for = FieldPicture((), (0,), 0), ()

    def zone_at(self, at: Offset) -> str | None:
        return ZONE if self.size.region.contains_point(at) else None

    def zone_region(self, zone: str) -> Region:
        return self.size.region

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Where the finger lifts."""
        self._lifted_at = event.get_content_offset_capture(self)

    def tapped(self, zone: str) -> None:
        self.line = self.line.moved_to(self._stop_at(self._lifted_at.x))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 3

    def render_line(self, y: int) -> Strip:
        self._draw()
        strips = self._drawn.strips
        return strips[y] if y < len(strips) else Strip.blank(self.size.width)

    def watch_line(self, old: TypedLine, new: TypedLine) -> None:
        if old.text != new.text:
            self.wrong = False
            self.post_message(self.Changed(self))

    def _take(self, line: TypedLine | Unfit) -> None:
        if isinstance(line, Unfit):
            self.post_message(self.Refused(self, line))
        else:
            self.line = line

    def _stop_at(self, column: int) -> int:
        """The stop nearest to a column. Those out of sight are reached by a tap at the very side."""
        self._draw()
        places = self._drawn.stops
        nearest = min(range(len(places)), key=lambda index: abs(places[index] - column))
        return self.line.stops[nearest]

    @property
    def shown_line(self) -> TypedLine:
        """The line as it is drawn, letter by letter."""
        return self.line

    def _draw(self) -> None:
        colours, line = self._colours(), self.shown_line
        asked = (line, self.size, colours)
        if asked != self._drawn_for:
            self._drawn = draw_field(
                line, self._placeholder, self.size, colours, terminal_repertoire(), first=self._drawn.first
            )
            self._drawn_for = asked

    def _colours(self) -> FieldColours:
        plate = self.get_visual_style("field--plate")
        edge = self.get_visual_style("field--wrong" if self.wrong else "field--edge")
        _, _, ground, ink = self.colors
        return FieldColours(
            rgb(ground), rgb(plate.background or ground), rgb(plate.foreground or ink), rgb(edge.foreground or ink)
        )
