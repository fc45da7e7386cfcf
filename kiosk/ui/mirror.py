"""What is on the glass, for staff who look from afar. What somebody typed, and who they are, never leaves this room."""

from __future__ import annotations

import asyncio
import concurrent.futures
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual._context import visible_screen_stack
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from kiosk.desk.glass import HIDDEN, Glimpse, Run
from kiosk.desk.staff import NotPossible
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.touch import TouchSurface
from kiosk.ui.widgets.words import PlainText

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

WAIT_SECONDS = 3.0
"""How long the screen may take to be looked at: it may be in the middle of drawing."""

NOTHING_TO_SEE = "The kiosk has no screen up at this moment. Try again."


class Mirror:
    """Looks at the application that it was put before. Safe from any thread."""

    def __init__(self) -> None:
        self._seen: tuple[KioskApp, asyncio.AbstractEventLoop] | None = None

    def face(self, app: KioskApp) -> None:
        """Look at this one from now on. Called in its event loop."""
        self._seen = app, asyncio.get_running_loop()

    def look(self) -> Glimpse:
        """Take a look. Raises NotPossible."""
        if self._seen is None:
            raise NotPossible(NOTHING_TO_SEE)
        app, loop = self._seen

        async def look() -> Glimpse:
            return glimpse_of(app)

        looking = look()
        try:
            return asyncio.run_coroutine_threadsafe(looking, loop).result(WAIT_SECONDS)
        except (RuntimeError, concurrent.futures.CancelledError):
            looking.close()
            raise NotPossible(NOTHING_TO_SEE) from None
        except concurrent.futures.TimeoutError:
            raise NotPossible("The kiosk's screen does not answer. See 'kiosk doctor'.") from None


def glimpse_of(app: KioskApp) -> Glimpse:
    """One look, in the application's event loop. Raises NotPossible."""
    if not app.screen_stack:
        raise NotPossible(NOTHING_TO_SEE)
    screen = app.screen
    below = app._background_screens
    hidden = [widget.region for page in (screen, *below) for widget in _private(page)]
    visible_screen_stack.set(below)
    rows = tuple(
        tuple(_runs(_cells(strip), [region for region in hidden if region.y <= y < region.bottom]))
        for y, strip in enumerate(screen._compositor.render_strips(app.size))
    )
    return Glimpse(type(screen).__name__, app.size.width, rows, tuple(_words(screen)))


def _private(screen: Screen[object]) -> Iterable[Widget]:
    """What is hidden. Keys are while one of them is pressed: whoever looks often enough could read a PIN off them."""
    pressed = (keys for keys in screen.query(TouchSurface) if keys.is_touched and not isinstance(keys, Choice))
    return [widget for widget in (*screen.query(_private_of(screen)), *pressed) if widget.display]


def _private_of(screen: Screen[object]) -> str:
    return screen.private if isinstance(screen, KioskScreen) else KioskScreen.private


def _words(screen: Screen[object]) -> Iterable[str]:
    hidden = set(screen.query(_private_of(screen)))
    for widget in screen.query(Widget):
        if widget.region and (words := _words_of(widget)):
            yield HIDDEN * 3 if hidden.intersection(widget.ancestors_with_self) else words


def _words_of(widget: Widget) -> str:
    match widget:
        case BigText(text=text) | PlainText(text=text):
            return text
        case Choice(label=label, hint=hint):
            return f"[{label}] {hint}".strip()
        case _:
            return ""


_Look = tuple[str, str, bool]


def _cells(strip: Strip) -> Iterable[tuple[str, _Look]]:
    """Cell by cell; a wide character has an empty one after it."""
    for segment in strip:
        if segment.control:
            continue
        look = _look(segment)
        for character in segment.text:
            yield character, look
            for _ in range(get_character_cell_size(character) - 1):
                yield "", look


def _look(segment: Segment) -> _Look:
    style = segment.style
    ink = paper = None
    if style is not None:
        ink, paper = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
    return (
        ink.get_truecolor().hex if ink is not None else "#ffffff",
        paper.get_truecolor().hex if paper is not None else "#000000",
        bool(style is not None and style.bold),
    )


def _runs(cells: Iterable[tuple[str, _Look]], hidden: Sequence[Region]) -> Iterable[Run]:
    """Cells of one look joined. In a hidden place nothing tells how much is there: each of its cells is the same."""
    seen = ((HIDDEN if _within(x, hidden) else text, look) for x, (text, look) in enumerate(cells))
    for look, alike in groupby(seen, key=itemgetter(1)):
        yield Run("".join(text for text, _ in alike), *look)


def _within(x: int, regions: Sequence[Region]) -> bool:
    return any(region.x <= x < region.right for region in regions)
