"""A question of the form that is answered by yes or no."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.ui.screens.form_page import FormPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

_YES = "yes"


class YesNoScreen(FormPage):
    """The question and its two answers, neither of which is made for the visitor."""

    def compose(self) -> ComposeResult:
        """The answers have equal weight: nobody is talked into a newsletter."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield BigText(self.asked, rows=5, align="center", id="title")
        with Horizontal(id="choices"):
            yield Choice(say("Yes"), look=Look.PLAIN, icon=Sign.TICK, id="yes")
            yield Choice(say("No"), look=Look.PLAIN, icon=Sign.CROSS, id="no")
        with Horizontal(id="strip"):
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
            yield PlainText(self.progress, id="progress")

    @on(Choice.Chosen, "#yes")
    def _yes(self) -> None:
        self.answer(self.interview.answered(self.question, _YES))

    @on(Choice.Chosen, "#no")
    def _no(self) -> None:
        self.answer(self.interview.answered(self.question, ""))

    def key_pressed(self, event: events.Key) -> None:
        """F1 or 1 is yes, F2 or 2 no."""
        super().key_pressed(event)
        match event.key:
            case "f1" | "1":
                self._yes()
            case "f2" | "2":
                self._no()
