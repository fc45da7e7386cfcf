"""The kiosk is closed: whoever comes is sent to reception, kindly and in large letters."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.i18n.sentences import closed_words
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.pictogram import Pictogram
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

LOOK_SECONDS = 0.5
"""How often it is looked whether the kiosk is open again."""


class ClosedScreen(KioskScreen):
    """Lies over home while the kiosk is closed. No code is taken, and there is nobody to wipe."""

    takes_codes: ClassVar[bool] = False
    times_out: ClassVar[bool] = False

    def compose(self) -> ComposeResult:
        """A sign, what to do, and why."""
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield Pictogram(Sign.RECEPTION, rows=6, id="picture")
            yield BigText(self.speech.say("Please see reception"), rows=3, align="center", id="title")
            yield PlainText(closed_words(self.house, self.speech), id="subtitle")
        with Horizontal(id="strip"):
            yield PlainText(self.house.reception, id="hint")

    def on_mount(self) -> None:
        """Keep it true."""
        self.set_interval(LOOK_SECONDS, self._look)

    def key_pressed(self, event: events.Key) -> None:
        """No key leads away."""

    def _look(self) -> None:
        if self.house.closure is not None:
            self.query_one("#subtitle", PlainText).say(closed_words(self.house, self.speech))
        elif self.is_current:
            self.kiosk.go_home()
