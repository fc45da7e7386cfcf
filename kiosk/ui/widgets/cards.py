"""Keys and cards: a raised plate with round corners that sinks when it is pressed."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PIL import Image
from textual.widget import Widget

from kiosk.ui.widgets.raster import Rgb, blank, blend, lay, rgb
from kiosk.ui.widgets.shapes import Repertoire
from kiosk.ui.widgets.sketch import Sketch

# In half rows: whole tiles of a mosaic of 2x3, so that straight edges are sharp.
_SIDE = 0.5
_TOP = 2 / 3
_BELOW = 4 / 3
_EDGE = 2 / 3
_RADIUS = 1.4


class CardColours(NamedTuple):
    """The colours of a card."""

    ground: Rgb
    """Around it."""
    fill: Rgb
    ink: Rgb
    """What is written on it."""
    raised: bool = True
    """Whether it has an edge below, as if it stood out."""

    @property
    def edge(self) -> Rgb:
        """The side of the plate that shows below it."""
        return blend(self.ink, blend(self.fill, self.ground, 0.6), 0.22) if self.raised else self.ground

    @property
    def pressed(self) -> CardColours:
        """The same card under a finger."""
        return self._replace(fill=blend(self.ink, self.fill, 0.14), raised=False)


def card_colours(widget: Widget, part: str, *, raised: bool = True) -> CardColours:
    """Return the colours that CSS gives to a component class of `widget`."""
    style = widget.get_visual_style(part)
    _, _, ground, ink = widget.colors
    return CardColours(rgb(ground), rgb(style.background or ground), rgb(style.foreground or ink), raised)


@lru_cache(maxsize=256)
def _card(columns: float, rows: int, colours: CardColours, repertoire: Repertoire) -> Image.Image:
    picture = blank(columns, rows, colours.ground, repertoire)
    if colours.raised:
        edge = Sketch(columns, rows)
        edge.box(_SIDE, _TOP + 1, columns - _SIDE, rows * 2 - _BELOW + _EDGE, _RADIUS)
        lay(picture, colours.edge, edge.coverage(repertoire))
    plate = Sketch(columns, rows)
    plate.box(_SIDE, _TOP, columns - _SIDE, rows * 2 - _BELOW, _RADIUS)
    lay(picture, colours.fill, plate.coverage(repertoire))
    return picture


def draw_card(columns: float, rows: int, colours: CardColours, repertoire: Repertoire) -> Image.Image:
    """Return an empty card that fills its cells but for a narrow margin, one pixel a tile; the caller may draw on
    it."""
    return _card(columns, rows, colours, repertoire).copy()
