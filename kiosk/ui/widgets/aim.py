"""A touch test: marks to be hit, one after the other, and how far beside them the touches fell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kiosk.ui.widgets.raster import rgb, style_of

EDGE = 2
"""Cells between a mark and the edge of the field."""

ARM = 2
"""Cells to each side of a mark's middle."""


@dataclass(frozen=True, slots=True)
class Miss:
    """How far beside a mark a touch fell, in cells: to the right and down."""

    right: int
    down: int

    @property
    def cells(self) -> int:
        """The larger of the two, either way."""
        return max(abs(self.right), abs(self.down))


def marks_in(size: Size) -> Sequence[Offset]:
    """Where the marks stand: in the corners of a field and in its middle."""
    right, bottom = max(EDGE, size.width - 1 - EDGE), max(EDGE, size.height - 1 - EDGE)
    corners = [Offset(x, y) for y in (EDGE, bottom) for x in (EDGE, right)]
    return [*corners, Offset(size.width // 2, size.height // 2)]


class AimField(Widget, can_focus=False):
    """Shows one mark at a time. A touch, wherever it falls, is for the mark that is shown."""

    ALLOW_SELECT = False

    class Hit(Message):
        """A mark was touched; after the last one the field is empty."""

        def __init__(self, misses: Sequence[Miss], is_last: bool) -> None:
            super().__init__()
            self.misses = misses
            """Of all marks so far."""
            self.is_last = is_last
            """Whether it was the last one."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._misses: list[Miss] = []

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Where the finger lands counts, not where it lifts."""
        event.stop()
        marks = marks_in(self.size)
        if len(self._misses) < len(marks):
            mark, at = marks[len(self._misses)], event.get_content_offset_capture(self)
            self._misses.append(Miss(at.x - mark.x, at.y - mark.y))
            self.post_message(self.Hit(tuple(self._misses), len(self._misses) == len(marks)))
            self.refresh()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Nothing else hears of it: taps near the clock are for the marks here."""
        event.stop()

    def render_line(self, y: int) -> Strip:
        """The mark as a cross of full cells."""
        _, _, background, color = self.colors
        ground, ink = style_of(rgb(color), rgb(background)), style_of(rgb(background), rgb(color))
        marks = marks_in(self.size)
        width = self.size.width
        if len(self._misses) >= len(marks):
            return Strip([Segment(" " * width, ground)], width)
        mark = marks[len(self._misses)]
        arm = 0 if y != mark.y else ARM
        if abs(y - mark.y) > 1:
            return Strip([Segment(" " * width, ground)], width)
        return Strip(_row(mark.x, arm, width, ground, ink), width)


def _row(middle: int, arm: int, width: int, ground: Style, ink: Style) -> list[Segment]:
    left = max(0, middle - arm)
    right = min(width, middle + arm + 1)
    return [Segment(" " * left, ground), Segment(" " * (right - left), ink), Segment(" " * (width - right), ground)]
