"""What comes in besides touches: keys, of a person or of a scanner that types, and codes held before the camera."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events

from kiosk.desk.hearing import Cue
from kiosk.desk.keys import KeyReader, Keystroke, News, Scan
from kiosk.desk.payloads import Shown
from kiosk.ui.screens.still_there import StillThere

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp


class Intake:
    """Gives keys to the page that is up, and offers codes where they count."""

    def __init__(self, kiosk: KioskApp, keys: KeyReader) -> None:
        self._kiosk = kiosk
        self._keys = keys

    async def take(self, key: Keystroke) -> None:
        """A key, which may be a scanner's."""
        await self._pass_on(self._keys.take(key))
        self._settle_in_time()

    def type_fast(self, text: str) -> None:
        """Press keys as a scanner does: for a demonstration that has none."""
        for name, character in [*((char, char) for char in text), ("enter", "\r")]:
            self._kiosk.post_message(events.Key(name, character))

    def code_read(self, shown: Shown) -> None:
        """Called by the camera's thread: only passes the code on."""
        self._kiosk.call_later(self._camera_offers, shown)

    def _camera_offers(self, shown: Shown) -> None:
        screen = self._kiosk.present
        if screen is not None and screen.takes_codes:
            self._kiosk.chimes.play(Cue.READ)
            self._kiosk.offer(shown)

    async def _pass_on(self, typed: Sequence[Keystroke | Scan]) -> None:
        kiosk = self._kiosk
        for one in typed:
            if isinstance(one, Keystroke):
                await kiosk.type_key(one)
                continue
            if isinstance(kiosk.screen, StillThere):
                kiosk.screen.dismiss(True)  # whoever scans is there
            if not self._takes_scans():
                await self._pass_on(one.keys)
            elif one.news is News.NEW:
                kiosk.languages.heed_scan()
                kiosk.offer(one.shown)

    def _takes_scans(self) -> bool:
        """Whether what a scanner types counts now. On a form all that is typed is meant as it is."""
        screen = self._kiosk.present
        return screen is not None and (screen.takes_codes or screen.takes_scans) and self._kiosk.focused is None

    def _settle_in_time(self) -> None:
        """Give keys back that were held long enough. By way of the queue, so that those already in it come first."""
        due, kiosk = self._keys.holds_until(), self._kiosk
        if due is not None:
            kiosk.set_timer(max(due - time.monotonic(), 0.0) + 0.001, lambda: kiosk.call_later(self._settle, due))

    async def _settle(self, due: float) -> None:
        if self._keys.holds_until() == due:
            await self._pass_on(self._keys.settle(time.monotonic()))
