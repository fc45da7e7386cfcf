"""Somebody whom the kiosk cannot help any further: it says what they can do, and where people can."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.ui.messages import WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictogram import Pictogram
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class HelpScreen(KioskScreen):
    """A sign, a heading, a sentence, and the way back."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self._title = title
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        """The sentence is the way on: it has the middle of the glass."""
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield Pictogram(Sign.RECEPTION, rows=6, id="picture")
            yield BigText(self._title, rows=3, align="center", id="title")
            yield PlainText(self._sentence, id="subtitle")
        with Horizontal(id="strip"):
            yield Choice(self.speech.say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """Enter is Back as well: there is nothing else to do here."""
        if event.key in ("enter", "escape"):
            self._back()
