"""The code as it is typed."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kiosk.text import clean
from kiosk.ui.widgets.raster import blank, blend, cells_of, lay, rgb, strip, write
from kiosk.ui.widgets.shapes import terminal_repertoire
from kiosk.ui.widgets.sketch import Sketch

_PITCH = 5
"""Columns of a place at the most."""

_LEAST_PITCH = 2
"""Columns of a place at the least."""


class Entry(Widget, can_focus=False):
    """A row of places that fill as a code is typed: large dots, or the characters themselves.

    There are always `places` of them, so nothing moves while somebody types. A longer code makes them narrower, and of
    one that does not fit even then the end is shown.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Entry {
        width: 1fr;
        height: 3;
    }
    """

    value: reactive[str] = reactive("")
    """What has been typed."""

    masked: reactive[bool] = reactive(True)
    """Whether dots stand for the characters."""

    def __init__(
        self,
        places: int = 6,
        *,
        masked: bool = True,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make an empty entry.

        Args:
            places: How many characters there is room for from the beginning.
            masked: Whether dots stand for the characters.
            id: As for any widget.
            classes: As for any widget.
        """
        super().__init__(id=id, classes=classes)
        self.set_reactive(Entry.masked, masked)
        self._places = places
        self._drawn_for: tuple[object, ...] = ()
        self._strips: list[Strip] = []

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return min(container.width, self._places * _PITCH)

    def render_line(self, y: int) -> Strip:
        asked = (self.value, self.masked, self.size, self.colors)
        if asked != self._drawn_for:
            self._strips = self._draw()
            self._drawn_for = asked
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width)

    def _draw(self) -> list[Strip]:
        _, _, background, color = self.colors
        ink, ground = rgb(color), rgb(background)
        columns, rows = self.size
        repertoire = terminal_repertoire()
        count = max(1, self._places, len(self.value))
        pitch = max(_LEAST_PITCH, min(_PITCH, columns // count))
        count = min(count, columns // pitch)
        shown = (self.value if self.masked else clean(self.value))[-count:] if count else ""
        places = [index * pitch for index in range(count)]
        typed, free = Sketch(columns, rows), Sketch(columns, rows)
        radius = min(pitch * 0.32, rows * 0.6)
        for column in places[: len(shown)] if self.masked else ():
            typed.disc((column + pitch / 2, rows), radius)
        for column in places[len(shown) :]:
            free.disc((column + pitch / 2, rows), radius * 0.5)
        picture = blank(columns, rows, ground, repertoire)
        lay(picture, blend(ink, ground, 0.4), free.coverage(repertoire))
        lay(picture, ink, typed.coverage(repertoire))
        cells = cells_of(picture, repertoire)
        if not self.masked:
            for column, character in zip(places, shown, strict=False):
                write(cells, column + pitch // 2, rows // 2, character, ink, bold=True)
        return [strip(row) for row in cells]
