"""Large signs for results: what happened, for those who do not read the words."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from kiosk.ui.widgets.pictograms import Sign, draw_seal, draw_sign
from kiosk.ui.widgets.raster import Rgb, blank, cells_of, lay, rgb, strip
from kiosk.ui.widgets.ready import ReadyLines
from kiosk.ui.widgets.shapes import Repertoire, terminal_repertoire
from kiosk.ui.widgets.sketch import Sketch


class Form(StrEnum):
    """How a pictogram stands on its ground."""

    SEAL = "seal"
    """Cut out of a disc: calm and heavy, for the middle of a result."""
    BARE = "bare"
    """Its lines alone."""


class Pictogram(ReadyLines, can_focus=False):
    """A sign in the widget's CSS `color` on its `background`, in its middle and as large as it can be."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Pictogram {
        width: 1fr;
        height: auto;
    }
    """

    sign: reactive[Sign] = reactive(Sign.TICK)
    """What is shown."""

    def __init__(
        self,
        sign: Sign,
        rows: int = 6,
        form: Form = Form.SEAL,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(Pictogram.sign, sign)
        self._rows = rows
        self._form = form

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return self._rows * 2

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._rows

    def render_line(self, y: int) -> Strip:
        _, _, ground, ink = self.colors
        columns, rows = self.size
        strips = _strips(self.sign, self._form, columns, rows, rgb(ink), rgb(ground), terminal_repertoire())
        return strips[y] if y < len(strips) else Strip.blank(columns)


@lru_cache(maxsize=32)
def _strips(
    sign: Sign, form: Form, columns: int, rows: int, ink: Rgb, ground: Rgb, repertoire: Repertoire
) -> tuple[Strip, ...]:
    sketch = Sketch(columns, rows)
    side = min(columns, rows * 2)
    draw = draw_seal if form is Form.SEAL else draw_sign
    draw(sign, sketch, (columns - side) // 2, (rows * 2 - side) // 2, side)
    picture = blank(columns, rows, ground, repertoire)
    lay(picture, ink, sketch.coverage(repertoire))
    return tuple(strip(row) for row in cells_of(picture, repertoire))
