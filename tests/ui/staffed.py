"""A kiosk on a glass, with a staff corner behind it on a real record, and the hands of staff."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from kiosk.desk.house import House
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.staff.menu import MenuPage
from kiosk.ui.staff_door import Staff
from kiosk.ui.staff_entries import usual_entries
from kiosk.ui.widgets.keypad import Keypad
from tests.corner import STAFF_PIN, Corner
from tests.ui.desk import ScriptedDesk
from tests.ui.lobby import LONG, Lobby

WIDE, UPRIGHT = (80, 24), (45, 40)


class OpenDesk(ScriptedDesk):
    """The scripted desk, in a house that staff can close."""

    corner: Corner

    def house(self) -> House:
        return replace(self.location, closure=self.corner.room.closure)


class StaffedLobby(Lobby):
    """The kiosk, and somebody who has the staff PIN."""

    def __init__(self, folder: Path, patience: Patience = LONG, size: tuple[int, int] = WIDE) -> None:
        super().__init__(patience)
        self.corner = Corner(folder)
        self.corner.room.set_pin(STAFF_PIN, self.corner.clock.now())
        self.desk = desk = OpenDesk(location=self.corner.house)
        desk.corner = self.corner
        self.size = size
        self.app = KioskApp(desk, self.scanner, Speech(), patience, staff=Staff(self.corner.staff, usual_entries()))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[StaffedLobby]:
        """Show it."""
        async with self.app.run_test(size=self.size) as pilot:
            self._pilot = pilot
            await pilot.pause()
            yield self
        self.corner.store.close()

    async def tap_clock(self, times: int) -> None:
        """Tap on the end of the status line, as fast as fingers can, in the very bytes that a terminal sends."""
        x = self.size[0] - 2
        await self.send(f"\x1b[<0;{x};1M\x1b[<0;{x};1m" * times)

    async def touch_keys(self, keys: str) -> None:
        """Touch keys of the keypad, as fast as fingers can; E is Enter."""
        keypad, report = self.app.screen.query_one(Keypad), ""
        for key in keys:
            region = keypad.zone_region("enter" if key == "E" else key).translate(keypad.content_region.offset)
            x, y = region.x + region.width // 2 + 1, region.y + region.height // 2 + 1
            report += f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"
        await self.send(report)

    async def settle(self) -> None:
        """Let what follows happen."""
        await self.pilot.pause()
        await self.pilot.pause()

    async def enter(self) -> None:
        """Go in."""
        await self.tap_clock(5)
        await self.touch_keys(f"{STAFF_PIN}E")
        await self.until(MenuPage)

    async def choose(self, entry: str) -> None:
        """Touch a tile of the menu, and let its page read what it shows."""
        await self.touch(f"#entry-{entry}")
        await self.read()

    async def go_to(self, page: KioskScreen) -> None:
        """Have a page of the corner at once, and let it read what it shows."""
        await self.app.push_screen(page)
        await self.read()

    async def read(self) -> None:
        """Let the page have what it asked the disk for."""
        await self.app.workers.wait_for_complete()
        await self.settle()

    async def do(self, selector: str) -> None:
        """Touch something, and let what follows be done."""
        await self.touch(selector)
        await self.read()
