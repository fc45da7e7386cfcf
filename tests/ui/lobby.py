"""The kiosk on a glass, and the hands of a visitor: touches in the very bytes that a terminal sends."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from kiosk.desk.keys import KeyReader
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.numeric_keypad import KeypadParser
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.words import PlainText
from tests.ui.desk import FakeScanner, ScriptedDesk

PATIENCE = 60.0
"""Seconds after which a screen is not coming any more, however busy the machine is."""

S = TypeVar("S", bound=KioskScreen)

LONG = Patience(idle=600, success=600, refusal=600)
"""Nobody is hurried in a test that is not about time."""


class Lobby:
    """The kiosk on a glass of 80 by 24, and the hands of a visitor."""

    def __init__(self, patience: Patience = LONG, keys: KeyReader | None = None) -> None:
        self.desk = ScriptedDesk()
        self.scanner = FakeScanner()
        self.app = KioskApp(self.desk, self.scanner, Speech(), patience, keys=keys)
        self._pilot: Pilot[None] | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Lobby]:
        """Show it."""
        async with self.app.run_test(size=(80, 24)) as pilot:
            self._pilot = pilot
            await pilot.pause()
            yield self

    @property
    def pilot(self) -> Pilot[None]:
        assert self._pilot is not None
        return self._pilot

    async def touch(self, selector: str) -> None:
        """Touch the middle of a widget, in the very bytes that a terminal sends."""
        region = self.app.screen.query_one(selector).region
        await self.touch_at(region.x + region.width // 2, region.y + region.height // 2)

    async def touch_at(self, x: int, y: int) -> None:
        """Press and lift at a cell."""
        await self.send(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m")

    async def send(self, data: str) -> None:
        """Feed what a terminal would send through the kiosk's own parser."""
        driver = self.app._driver
        assert driver is not None
        for message in KeypadParser().feed(data):
            driver.process_message(message)
        await self.settle()

    async def touch_keys(self, keys: str) -> None:
        """Touch keys of the keypad; E is Enter, B is back."""
        keypad = self.app.screen.query_one(Keypad)
        for key in keys:
            zone = {"E": "enter", "B": "back"}.get(key, key)
            region = keypad.zone_region(zone).translate(keypad.content_region.offset)
            await self.touch_at(region.x + region.width // 2, region.y + region.height // 2)

    async def settle(self) -> None:
        """Let everything that follows happen."""
        for _ in range(4):
            await self.pilot.pause()

    def on_screen(self, kind: type[S]) -> S:
        """The screen that is up, which must be of this kind."""
        screen = self.app.screen
        assert isinstance(screen, kind), screen
        return screen

    async def until(self, kind: type[Screen[Any]]) -> None:
        """Wait for a screen that comes by itself; fails if the kiosk ends instead, or the screen does not come."""
        ends = time.monotonic() + PATIENCE
        while not (isinstance(self.app.screen, kind) and self.app.screen.is_mounted):
            assert self.app.is_running
            assert time.monotonic() < ends, self.app.screen
            await self.pilot.pause(0.05)
        await self.settle()  # it is up before its widgets are

    def said(self, selector: str) -> str:
        """The words in a widget."""
        widget = self.app.screen.query_one(selector, Widget)
        assert isinstance(widget, (BigText, PlainText))
        return widget.text
