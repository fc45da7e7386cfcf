"""The way into the staff corner: five taps where the clock is, or a key, and then the PIN."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from textual import events
from textual.geometry import Size

from kiosk.desk.ending import Ending
from kiosk.desk.staff_desk import Look, StaffDesk
from kiosk.i18n.speech import Speech
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.staff.menu import MenuPage, StaffEntry
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.screens.staff.pin import StaffPinScreen

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

T = TypeVar("T")

TAPS: Final = 5
"""So many taps on the clock ask for the PIN."""

TAP_SECONDS: Final = 3.0
"""Within so long. Nobody does that by chance, and a child who does meets the PIN."""

CLOCK_COLUMNS, CLOCK_ROWS = 16, 3
"""The corner that counts as the clock: a finger is wider than five digits. What else is there takes its own touches."""


@dataclass(frozen=True, slots=True)
class Staff:
    """What the screen is given for the staff corner.

    Attributes:
        desk: What its pages ask.
        entries: What its menu offers, in this order.
        speeches: The languages that the house can have.
        sign_in: Makes the page that signs in to Nexudus anew; None where that takes a command.
    """

    desk: StaffDesk
    entries: Sequence[StaffEntry]
    speeches: Sequence[Speech] = (Speech(),)
    sign_in: Callable[[], KioskScreen] | None = None


class TapCount:
    """Counts taps that follow each other fast enough."""

    def __init__(self) -> None:
        self._taps: list[float] = []

    def tap(self, at: float) -> bool:
        """Count one at `at`, in seconds that never jump; whether it is the last of enough."""
        self._taps = [*(one for one in self._taps if at - one <= TAP_SECONDS), at]
        if len(self._taps) < TAPS:
            return False
        self._taps = []
        return True


class StaffDoor:
    """Opens the corner to whoever has the PIN, and dresses the kiosk as staff want it."""

    def __init__(self, kiosk: KioskApp, staff: Staff | None) -> None:
        self._kiosk = kiosk
        self._staff = staff
        self._taps = TapCount()
        self._begun: set[asyncio.Future[Any]] = set()

    @property
    def staff(self) -> Staff:
        """What the pages ask. They are only reached where there is such a corner."""
        if self._staff is None:
            raise LookupError("this kiosk has no staff corner")
        return self._staff

    def dress(self) -> None:
        """Greet everybody as staff have set it."""
        if self._staff is not None:
            self.greet(self._staff.desk.look)

    def greet(self, look: Look) -> None:
        """Greet everybody so from now on: the screens that are made from now on."""
        self._kiosk.theme = look.theme.value
        wanted = [one for one in self.staff.speeches if one.language == look.language]
        self._kiosk.speech = wanted[0] if wanted else self._kiosk.speech

    def touched(self, event: events.MouseUp, glass: Size) -> None:
        """A finger was lifted where nothing else is."""
        is_on_clock = event.screen_x >= glass.width - CLOCK_COLUMNS and event.screen_y < CLOCK_ROWS
        if is_on_clock and self._taps.tap(time.monotonic()):
            self.knock()

    def knock(self) -> None:
        """Ask for the PIN, unless somebody is in already. What a visitor has left on the glass is wiped first."""
        kiosk = self._kiosk
        if self._staff is None or not isinstance(kiosk.screen, KioskScreen):
            return
        if not any(isinstance(screen, (StaffPage, StaffPinScreen)) for screen in kiosk.screen_stack):
            kiosk.go_home()
            kiosk.push_screen(StaffPinScreen())

    def open(self, screen: StaffPinScreen) -> None:
        """The PIN was right."""
        screen.give_way_to(MenuPage(self.staff.entries))

    async def carry_out(self, page: KioskScreen, asked: Awaitable[T]) -> T:
        """What a page asked for. It is done to its end, with its line in the audit, also when the page has been left
        meanwhile; what the page would do next is not. Raises what was raised, or CancelledError for a page that was
        left."""
        begun = asyncio.ensure_future(asked)
        self._begun.add(begun)
        begun.add_done_callback(self._ended)
        await asyncio.wait([begun])
        if page not in self._kiosk.screen_stack:
            raise asyncio.CancelledError
        return begun.result()

    def _ended(self, begun: asyncio.Future[Any]) -> None:
        self._begun.discard(begun)
        if not begun.cancelled():
            begun.exception()  # told on the page; where that has gone, nobody is left to be told

    def end(self, ending: Ending) -> None:
        """Staff end the kiosk."""
        self._kiosk.exit(return_code=int(ending))
