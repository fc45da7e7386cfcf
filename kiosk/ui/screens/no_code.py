"""A visitor without a code: reception takes over."""

from __future__ import annotations

from textual import on
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


class NoCodeScreen(KioskScreen):
    """Says where to go."""

    def compose(self) -> ComposeResult:
        """A sign, a sentence, and the way back."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield Pictogram(Sign.RECEPTION, rows=6, id="picture")
            yield BigText(say("Please see reception"), rows=3, align="center", id="title")
            yield PlainText(say("They will tell your host that you are here."), id="subtitle")
        with Horizontal(id="strip"):
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack())
