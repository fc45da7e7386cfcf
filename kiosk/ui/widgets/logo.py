"""The logo of the location, drawn in the cells of the terminal."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

from PIL import Image
from textual import work
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from kiosk.ui.widgets.raster import Rgb, cells_of, rgb, strip
from kiosk.ui.widgets.shapes import ACROSS, Repertoire, mosaic_of, terminal_repertoire

logger = logging.getLogger(__name__)

MOST_PIXELS = 16_000_000
"""Pixels of a picture that is drawn: a few kilobytes can hold many more, to fill the memory of whoever opens it."""

_KEPT = 512
"""Pixels of a side that are kept: a whole glass has fewer tiles."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")

Load = Callable[[], bytes | None]
"""Reads the picture's file; called in a thread."""


def no_logo() -> None:
    """There is none."""


class UnusablePicture(Exception):
    """It is no picture that can be drawn here. The message is for staff."""


def open_picture(data: bytes) -> Image.Image:
    """Return a picture with its transparency, no side longer than `_KEPT` pixels.

    Raises:
        UnusablePicture: It is of another kind, broken, or too large.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnusablePicture(f"it has {picture.width} by {picture.height} pixels")
            picture.draft("RGB", (_KEPT, _KEPT))
            opened = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnusablePicture(f"it cannot be read: {type(error).__name__}") from error
    opened.thumbnail((_KEPT, _KEPT))
    box = opened.getchannel("A").getbbox()  # an empty margin would only make it smaller
    return opened.crop(box) if box else opened


def fit(picture: Image.Image, columns: int, rows: int) -> tuple[int, int]:
    """Return how many columns and rows a picture fills of a box, its shape kept; a cell is twice as high as wide."""
    scale = min(columns / picture.width, rows * 2 / picture.height)
    return max(1, min(columns, round(picture.width * scale))), max(1, min(rows, round(picture.height * scale / 2)))


def logo_strips(
    picture: Image.Image, columns: int, rows: int, ground: Rgb, repertoire: Repertoire
) -> tuple[Strip, ...]:
    """Return a picture in the middle of a box of cells, on its ground."""
    down = mosaic_of(repertoire).down
    across, high = fit(picture, columns, rows)
    small = picture.resize((across * ACROSS, high * down), Image.Resampling.LANCZOS)
    whole = Image.new("RGB", (columns * ACROSS, rows * down), ground)
    whole.paste(small, ((columns - across) // 2 * ACROSS, (rows - high) // 2 * down), small)
    return tuple(strip(row) for row in cells_of(whole, repertoire))


class Logo(Widget, can_focus=False):
    """The logo on the widget's ground; takes no room while there is none, or none that can be drawn."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Logo {
        width: 1fr;
        height: 6;
        display: none;
    }
    Logo.-there { display: block; }
    """

    def __init__(self, load: Load, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._load = load
        self._data: bytes | None = None
        self._picture: Image.Image | None = None
        self._drawn_for: tuple[Size, Rgb] | None = None
        self._strips: tuple[Strip, ...] = ()

    def on_mount(self) -> None:
        """Open it."""
        self.look_again()

    @work(thread=True, group="logo", exclusive=True)
    def look_again(self) -> None:
        """Open the picture, beside the event loop; it may have come or changed since."""
        data = self._load()
        if data is None or data == self._data:
            return
        self._data = data
        try:
            picture = open_picture(data)
        except UnusablePicture as error:
            logger.warning("the location's logo is not drawn: %s", error)
            return
        self.app.call_later(self._show, picture)

    def _show(self, picture: Image.Image) -> None:
        self._picture, self._drawn_for = picture, None
        if self.is_attached:
            self.add_class("-there")
            self.screen.add_class("-logo")
            self.refresh()

    def render_line(self, y: int) -> Strip:
        _, _, ground, _ = self.colors
        if self._picture is not None and self._drawn_for != (self.size, rgb(ground)):
            self._strips = logo_strips(self._picture, *self.size, rgb(ground), terminal_repertoire())
            self._drawn_for = (self.size, rgb(ground))
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.rich_style)
