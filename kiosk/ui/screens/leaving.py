"""Somebody who is in has shown their code again: are they leaving?"""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.credentials import Code
from kiosk.desk.outcomes import Outcome
from kiosk.i18n.sentences import words_for
from kiosk.ui.messages import CodeOffered, Finished
from kiosk.ui.screens.base import KioskScreen, begins_code
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class LeavingScreen(KioskScreen):
    """Asks, and never decides by itself. Who walks away stays in."""

    takes_codes = False
    takes_scans = True
    notice_place = ""
    private = "#title, #subtitle"

    def __init__(self, outcome: Outcome, code: Code) -> None:
        super().__init__(classes="notice")
        self._outcome = outcome
        self._code = code

    def compose(self) -> ComposeResult:
        """Since when, and the two answers."""
        say = self.speech.say
        words = words_for(self._outcome, self.house, self.speech)
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield BigText(words.title, rows=4, align="center", id="title")
            yield PlainText(words.detail, id="subtitle")
        with Horizontal(id="choices"):
            yield Choice(say("Leaving"), say("check me out"), look=Look.PRIMARY, icon=Sign.WAVE, id="leave")
            yield Choice(say("Still here"), say("I stay"), look=Look.PLAIN, icon=Sign.TICK, id="stay")

    @on(Choice.Chosen, "#leave")
    def _leave(self) -> None:
        self.post_message(CodeOffered(self._code.leaving()))

    @on(Choice.Chosen, "#stay")
    def _stay(self) -> None:
        self.post_message(Finished(self))

    def key_pressed(self, event: events.Key) -> None:
        """F1 leaves, F2 or Escape stays. A code is somebody else's: they have stepped up, and nothing was decided."""
        match event.key:
            case "f1":
                self._leave()
            case "f2" | "escape":
                self._stay()
            case _ if begins_code(event):
                self.kiosk.languages.forget()
                self.give_way_to(CodeEntryScreen(event.character or ""))
