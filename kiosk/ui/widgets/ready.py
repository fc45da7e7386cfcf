"""Widgets that are cheap to draw: lines that are ready for the terminal, and areas with nothing on them.

Whenever anything on the glass changes, Textual (8.2.8) asks every widget that is up for all its lines, and looks each
time whether they need a border, a padding, an opacity, or colours of the terminal's own; ours need none of these.
"""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from textual.color import Color
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_ANY_GROUND = Color(0, 0, 0)
"""Filters are told the colour under a line; ours change no colours."""


class ReadyLines(Widget):
    """A widget whose `render_line` returns a line of its whole width in true colours. With a padding or a border it is
    drawn as any other."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they are, through the application's filter."""
        if self.size != self.outer_size:
            return super().render_lines(crop)
        strips = [self.render_line(y) for y in range(crop.y, crop.bottom)]
        if crop.x or crop.right < self.size.width:
            strips = [strip.crop(crop.x, crop.right) for strip in strips]
        # A strip keeps what it was filtered to, so this is done once for each that is kept.
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, _ANY_GROUND) for strip in strips]
        return strips


def even_ground(widget: Widget, crop: Region) -> list[Strip]:
    """The lines of a widget on which nothing is drawn but its children."""
    return [_blank(crop.width, widget.background_colors[1])] * crop.height


class Row(Horizontal):
    """Widgets side by side on an even ground."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The ground alone."""
        return even_ground(self, crop)


class Column(Vertical):
    """Widgets below each other on an even ground."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The ground alone."""
        return even_ground(self, crop)


@lru_cache(maxsize=256)
def _blank(width: int, ground: Color) -> Strip:
    return Strip.blank(width, Style.from_color(bgcolor=ground.rich_color))
