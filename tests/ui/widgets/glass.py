"""The glass of the kiosk as a test sees it: a finger that sends what a terminal sends, and what is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import on
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.geometry import Offset, Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.letters import LetterPad
from kiosk.ui.widgets.raster import Rgb
from kiosk.ui.widgets.shapes import ACROSS, Repertoire, mosaic_of
from kiosk.ui.widgets.touch import TouchSurface


class Kiosk(App[None]):
    """An app of the widgets it is given, which remembers what was tapped."""

    def __init__(self, *widgets: Widget, css: str = "") -> None:
        super().__init__()
        self._widgets = widgets
        self.stylesheet.add_source(css, read_from=("test", ""))
        self.tapped: list[str] = []

    def compose(self) -> ComposeResult:
        yield from self._widgets

    @on(Keypad.Pressed)
    @on(LetterPad.Pressed)
    def _key(self, message: Keypad.Pressed | LetterPad.Pressed) -> None:
        self.tapped.append(message.key)

    @on(Choice.Chosen)
    def _choice(self, message: Choice.Chosen) -> None:
        self.tapped.append(message.choice.label)


_TURNS = 50
"""Turns of the loop for one report to go from the driver over app and screen to the widget, and its message back."""


class Finger:
    """Touches the app with the bytes that a terminal reports (SGR mouse mode), through Textual's own parser and driver.

    A pilot's clicks would come with a motion before and a ready-made click after, which a tap on the glass does not.
    """

    def __init__(self, pilot: Pilot[None]) -> None:
        driver = pilot.app._driver
        assert isinstance(driver, Driver)
        self._driver = driver
        self._parser = XTermParser()

    async def tap(self, *places: Offset) -> None:
        """Tap at each place of the screen, as fast as can be."""
        await self.do("".join(down(place) + up(place) for place in places))

    async def do(self, report: str) -> None:
        """Deliver raw reports, all in one turn of the loop, and let the app act on them."""
        turns = _TURNS
        for message in self._parser.feed(report):
            self._driver.process_message(message)
            turns += _TURNS
        # Not the pilot's pause: that waits for a quiet processor, and a busy machine may never seem so.
        for _ in range(turns):
            await asyncio.sleep(0)


def down(place: Offset) -> str:
    """The report of a finger that comes down."""
    return f"\x1b[<0;{place.x + 1};{place.y + 1}M"


def slide(place: Offset) -> str:
    """The report of a finger that moves."""
    return f"\x1b[<32;{place.x + 1};{place.y + 1}M"


def up(place: Offset) -> str:
    """The report of a finger that lifts."""
    return f"\x1b[<0;{place.x + 1};{place.y + 1}m"


def area_of(surface: TouchSurface, zone: str) -> Region:
    """The cells of the screen that a zone takes."""
    return surface.zone_region(zone).translate(surface.content_region.offset)


def middle_of(surface: TouchSurface, zone: str) -> Offset:
    """The cell of the screen in the middle of a zone."""
    area = area_of(surface, zone)
    return Offset(area.x + area.width // 2, area.y + area.height // 2)


def cells_by_zone(surface: TouchSurface) -> dict[str | None, set[Offset]]:
    """The cells of a surface, by the zone that a finger there would touch."""
    zones: dict[str | None, set[Offset]] = {}
    for y in range(surface.size.height):
        for x in range(surface.size.width):
            zones.setdefault(surface.zone_at(Offset(x, y)), set()).add(Offset(x, y))
    return zones


def offsets_in(region: Region) -> set[Offset]:
    """The cells of a region."""
    return {Offset(x, y) for y in range(region.y, region.bottom) for x in range(region.x, region.right)}


def changed_cells(before: Sequence[Strip], after: Sequence[Strip]) -> set[Offset]:
    """The cells that look different."""
    return {
        Offset(x, y)
        for y, (old, new) in enumerate(zip(before, after, strict=True))
        for x, (one, other) in enumerate(zip(_cells(old), _cells(new), strict=True))
        if one != other
    }


def shown(widget: Widget) -> list[Strip]:
    """What the widget shows, line by line."""
    return [widget.render_line(y) for y in range(widget.size.height)]


def text_of(strips: Sequence[Strip]) -> str:
    """The characters of strips, as a screen reader or a copy would have them."""
    return "\n".join(strip.text for strip in strips)


def colours_of(strips: Sequence[Strip]) -> set[Rgb]:
    """All colours in which something is shown, in front or behind."""
    return {colour for strip in strips for _, ink, ground in _cells(strip) for colour in (ink, ground)}


def tiles_of(strips: Sequence[Strip], repertoire: Repertoire = Repertoire.SEXTANTS) -> list[list[Rgb]]:
    """The colour of each tile of a drawing, row by row.

    Raises KeyError for a character that is none of the mosaic's.
    """
    mosaic = mosaic_of(repertoire)
    inked = {character: tiles for tiles, character in mosaic.characters.items()}
    return [
        [
            ink if inked[character] >> row * ACROSS + across & 1 else ground
            for character, ink, ground in _cells(strip)
            for across in range(ACROSS)
        ]
        for strip in strips
        for row in range(mosaic.down)
    ]


def _cells(strip: Strip) -> list[tuple[str, Rgb, Rgb]]:
    """Character, ink and ground of each cell."""
    cells = []
    for segment in strip:
        style = segment.style
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor(foreground=False)
        cells += [(character, (*ink,), (*ground,)) for character in segment.text]
    return cells
