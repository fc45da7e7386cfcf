"""Large text in a real font, for headings and names that are read from two metres."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.text import clean
from kiosk.ui.widgets.fonts import installed_faces
from kiosk.ui.widgets.raster import Rgb, blank, cells_of, lay, rgb, strip, style_of
from kiosk.ui.widgets.ready import ReadyLines
from kiosk.ui.widgets.shapes import ACROSS, Repertoire, terminal_repertoire
from kiosk.ui.widgets.typeset import WITHOUT_LIMIT, Align, Setting, set_paragraph, set_text

ELLIPSIS = "…"

_LONGEST = 200
"""Characters of a text that are looked at."""


class BigText(ReadyLines, can_focus=False):
    """One text, drawn as large as the widget allows in its CSS `color` on its `background`.

    A text that is too wide gets smaller, then two lines, then more. One that is still too long, or that no font can
    draw, is shown in bold in the terminal's own letters. Whatever the text contains, it is data.
    """

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    BigText {
        width: 1fr;
        height: auto;
    }
    """

    text: reactive[str] = reactive("", layout=True)
    """What is shown, as plain text."""

    rows: reactive[int] = reactive(4, layout=True)
    """The height in cells."""

    def __init__(
        self,
        text: str = "",
        rows: int = 4,
        align: str = Align.LEFT,
        *,
        largest: float = WITHOUT_LIMIT,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make one. `largest`: rows of its capitals at the most, for a heading that needs air around it."""
        super().__init__(id=id, classes=classes)
        self._largest = largest
        self.set_reactive(BigText.text, text)
        self.set_reactive(BigText.rows, rows)
        self._alignment = Align(align)
        self._drawn_for: tuple[object, ...] = ()
        self._strips: tuple[Strip, ...] = ()

    def update(self, text: str) -> None:
        """Show another text."""
        self.text = text

    def get_content_width(self, container: Size, viewport: Size) -> int:
        text = clean(self.text, _LONGEST)
        setting = set_text(text, container.width, self.rows, installed_faces(), terminal_repertoire())
        wanted = cell_len(text) if setting is None else -(-setting.coverage.width // ACROSS)
        return min(wanted, container.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.rows

    def render_line(self, y: int) -> Strip:
        _, _, ground, ink = self.colors
        asked = (self.text, self.rows, self.size, rgb(ink), rgb(ground))
        if asked != self._drawn_for:
            self._strips = text_strips(
                self.text,
                self.size.width,
                self.size.height,
                self._alignment,
                rgb(ink),
                rgb(ground),
                terminal_repertoire(),
                self._largest,
            )
            self._drawn_for = asked
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)


@lru_cache(maxsize=64)
def text_strips(
    text: str,
    columns: int,
    rows: int,
    align: Align,
    ink: Rgb,
    ground: Rgb,
    repertoire: Repertoire,
    largest: float = WITHOUT_LIMIT,
) -> tuple[Strip, ...]:
    """Return `text` in a box of cells: whole and as large as it can be, if need be in the terminal's own letters.

    Where even those do not hold it, it is cut.
    """
    text = clean(text, _LONGEST)
    faces = installed_faces()
    setting = set_text(text, columns, rows, faces, repertoire, largest=largest, align=align) if text else None
    setting = setting or set_paragraph(text, columns, rows, faces, repertoire, largest=largest, align=align)
    if setting is None:
        return plain_strips(wrap(text, columns), columns, rows, align, ink, ground, bold=True)
    picture = blank(columns, rows, ground, repertoire)
    spare = picture.width - setting.coverage.width
    lay(picture, ink, setting.coverage, spare // 2 if align is Align.CENTER else 0, place_in(setting, picture.height))
    return tuple(strip(row) for row in cells_of(picture, repertoire))


def place_in(setting: Setting, height: int) -> int:
    """Return where a setting begins in a box of so many tiles: its capitals in the middle, as far as the rest fits."""
    wanted = (height - setting.capitals) // 2 - setting.top
    return max(0, min(wanted, height - setting.coverage.height))


def wrap(text: str, columns: int) -> list[str]:
    """Return `text` broken into lines of at most so many cells, between words where it can be."""
    if columns < 2:
        return []
    return [line.plain for line in Content(text).wrap(columns)] if text else []


def cut(line: str, columns: int) -> str:
    """Return `line`, ended by an ellipsis where it is longer than so many cells."""
    return line if cell_len(line) <= columns else set_cell_size(line, max(0, columns - 1)).rstrip() + ELLIPSIS


def plain_strips(
    lines: Sequence[str], columns: int, rows: int, align: Align, ink: Rgb, ground: Rgb, *, bold: bool = False
) -> tuple[Strip, ...]:
    """Return lines in the terminal's own letters, in the middle of a box of cells; what is too much is left out."""
    style = style_of(ink, ground, bold=bold)
    shown = [cut(line, columns) for line in lines[:rows]]
    if shown and len(lines) > rows:
        shown[-1] = cut(shown[-1] + ELLIPSIS, columns)
    above = (rows - len(shown)) // 2
    strips = [Strip.blank(columns, style)] * rows
    for index, line in enumerate(shown):
        spare = columns - cell_len(line)
        before = spare // 2 if align is Align.CENTER else 0
        strips[above + index] = Strip([Segment(" " * before + line + " " * (spare - before), style)], columns)
    return tuple(strips)
