"""The hands of somebody at the glass, whatever application is on it: touches in the bytes that a terminal sends."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual._xterm_parser import XTermParser
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget

from kiosk.ui.app import KioskApp
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Action
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.words import PlainText


class Hands:
    """Touches, and nothing else."""

    def __init__(self, app: KioskApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def touch(self, selector: str) -> None:
        """Touch the middle of a widget, which must be there to be touched."""
        widget = self.app.screen.query_one(selector)
        assert widget.visible, selector
        assert widget.region.area, selector
        self._send([widget.region])
        await self.settle()

    async def type(self, text: str) -> None:
        """Touch the keys of the on-screen keyboard, turning to its signs and to capitals where they are."""
        for character in text:
            keyboard = self.app.screen.query_one(Keyboard)
            if character.isupper():
                await self._press(Action.SHIFT)
            if not keyboard.zone_region(character.lower()).area:
                await self._press(Action.LAYER)
            await self._press(character.lower())

    async def erase(self, letters: int) -> None:
        """Touch the key that takes a letter back, so many times."""
        for _ in range(letters):
            await self._press(Action.ERASE)

    async def done(self) -> None:
        """Touch the key that ends the answer."""
        await self._press(Action.DONE)
        await self.settle()

    async def dial(self, keys: Iterable[str]) -> None:
        """Touch keys of the keypad."""
        keypad = self.app.screen.query_one(Keypad)
        self._send([keypad.zone_region(key).translate(keypad.content_region.offset) for key in keys])
        await self.settle()

    async def until(self, there: Callable[[], bool]) -> None:
        """Wait for what comes by itself; fails if the application ends instead."""
        while not there():
            assert self.app.is_running
            await self.pilot.pause(0.02)
        await self.settle()

    async def settle(self) -> None:
        """Let everything that follows happen."""
        for _ in range(3):
            await self.pilot.pause()

    def said(self, selector: str) -> str:
        """The words in a widget."""
        widget = self.app.screen.query_one(selector, Widget)
        assert isinstance(widget, BigText | PlainText)
        return widget.text

    async def _press(self, zone: str) -> None:
        keyboard = self.app.screen.query_one(Keyboard)
        region = keyboard.zone_region(zone)
        assert region.area, zone
        self._send([region.translate(keyboard.content_region.offset)])
        await self.pilot.pause()

    def _send(self, regions: Iterable[Region]) -> None:
        driver = self.app._driver
        assert driver is not None
        for region in regions:
            x, y = region.x + region.width // 2 + 1, region.y + region.height // 2 + 1
            for message in XTermParser().feed(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m"):
                driver.process_message(message)
