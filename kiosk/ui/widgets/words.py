"""Words on the screen. Text is data here: it is never read as markup."""

from __future__ import annotations

from functools import lru_cache

from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widgets import Static

from kiosk.text import clean
from kiosk.ui.widgets.big_text import place_in, wrap
from kiosk.ui.widgets.fonts import installed_faces
from kiosk.ui.widgets.raster import Rgb, blank, cells_of, lay, rgb, strip
from kiosk.ui.widgets.shapes import Repertoire, mosaic_of, terminal_repertoire
from kiosk.ui.widgets.typeset import SMALLEST, Align, set_paragraph

_LARGEST = 2.0
"""Rows of a capital of large words at the most: a sentence is no heading."""

_LONGEST = 2000
"""Characters of a text that are set: more than have room on a glass, so that none is cut before it is tried."""


class PlainText(Static):
    """A text that is shown exactly as it is written, whatever brackets a name has.

    On a screen of large text it is drawn in large letters, as far as its CSS gives them room; where there is none, it
    is in bold in the terminal's own, and no word of it is lost for that.
    """

    _kept: tuple[Region, list[Strip]] | None = None

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(Content(text), id=id, classes=classes)
        self.text = text
        """The words shown now, for whoever reads the screen aloud."""

    def say(self, text: str) -> None:
        """Show other words."""
        if text != self.text:
            self.text = text
            self.update(Content(text))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they were drawn last, until something of them changes: whenever anything on the glass does,
        Textual (8.2.8) asks every widget on it."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = crop, super().render_lines(crop)
        return self._kept[1]

    def notify_style_update(self) -> None:
        """It looks different now."""
        self._kept = None
        super().notify_style_update()

    def _set_dirty(self, *regions: Region) -> None:
        self._kept = None
        super()._set_dirty(*regions)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        if not self._is_large:
            return super().get_content_height(container, viewport, width)
        rows, most = rows_of_words(clean(self.text, _LONGEST), width, terminal_repertoire()), self.styles.max_height
        if most is not None and most.is_cells and rows > most.value:  # in its own letters then, so no more than those
            return super().get_content_height(container, viewport, width)
        return rows

    def render_line(self, y: int) -> Strip:
        strips = self._large_strips() if self._is_large and self.size.height > 1 else None
        if strips is None:
            return super().render_line(y)
        return strips[y] if y < len(strips) else Strip.blank(self.size.width, self.rich_style)

    def _large_strips(self) -> tuple[Strip, ...] | None:
        _, _, ground, ink = self.colors
        align = Align.CENTER if self.styles.text_align == "center" else Align.LEFT
        return words_strips(clean(self.text, _LONGEST), *self.size, align, rgb(ink), rgb(ground), terminal_repertoire())

    @property
    def _is_large(self) -> bool:
        """Whether the words of this screen are large."""
        return self.is_attached and self.screen.has_class("-large")


class Facts(PlainText):
    """Lines below each other, each a fact of its own. In large text they are in bold: in large letters they would run
    into one paragraph, and a long list would lose its end."""

    @property
    def _is_large(self) -> bool:
        """They never are."""
        return False


@lru_cache(maxsize=64)
def words_strips(
    text: str, columns: int, rows: int, align: Align, ink: Rgb, ground: Rgb, repertoire: Repertoire
) -> tuple[Strip, ...] | None:
    """Return a sentence in large letters in a box of cells; None where they do not fit."""
    setting = set_paragraph(text, columns, rows, installed_faces(), repertoire, largest=_LARGEST, align=align)
    if setting is None:
        return None
    picture = blank(columns, rows, ground, repertoire)
    spare = picture.width - setting.coverage.width
    lay(picture, ink, setting.coverage, spare // 2 if align is Align.CENTER else 0, place_in(setting, picture.height))
    return tuple(strip(row) for row in cells_of(picture, repertoire))


@lru_cache(maxsize=256)
def rows_of_words(text: str, columns: int, repertoire: Repertoire) -> int:
    """Return how many rows a sentence needs in large letters; as many as it has lines where it can have none."""
    faces = installed_faces()
    setting = set_paragraph(text, columns, _MOST_ROWS, faces, repertoire, largest=SMALLEST + 0.1) if text else None
    if setting is None:
        return max(1, len(wrap(text, columns)))
    return -(-setting.coverage.height // mosaic_of(repertoire).down)


_MOST_ROWS = 12
"""A sentence of more rows than this is better left to the terminal's own letters."""
