"""Somebody whose address the kiosk knows: is it them? What is known is shown masked, and only they can tell."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.acquaintance import Acquaintance, Known
from kiosk.desk.interview import Interview
from kiosk.desk.visit_form import FieldName
from kiosk.ui.messages import Recognised, WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class KnownScreen(KioskScreen):
    """The masked name, and two answers. Whoever says no answers every question, as a stranger does."""

    private: ClassVar[str] = "#title, #subtitle, #me"
    takes_codes: ClassVar[bool] = False
    is_form: ClassVar[bool] = True

    def __init__(self, interview: Interview, acquaintance: Acquaintance) -> None:
        super().__init__()
        self._interview = interview
        self._acquaintance = acquaintance

    def compose(self) -> ComposeResult:
        """Why they are known, and as whom."""
        say, shown = self.speech.say, self._acquaintance.shown
        expected = self._acquaintance.known is Known.INVITED
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield PlainText(say("You are expected today.") if expected else say("You have been here before."), id="why")
            yield BigText(shown.get(FieldName.FIRST_NAME, ""), rows=4, align="center", id="title")
            yield PlainText(
                " · ".join(text for name, text in shown.items() if name is not FieldName.FIRST_NAME), id="subtitle"
            )
        with Horizontal(id="choices"):
            hint = say("check me in") if expected else say("use what is known")
            yield Choice(say("That is me"), hint, look=Look.PRIMARY, icon=Sign.TICK, id="me")
            yield Choice(say("Not me"), say("I type it all"), look=Look.PLAIN, icon=Sign.CROSS, id="not-me")
        with Horizontal(id="strip"):
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")

    @on(Choice.Chosen, "#me")
    def _me(self) -> None:
        self.post_message(Recognised(self, self._interview, self._acquaintance))

    @on(Choice.Chosen, "#not-me")
    def _not_me(self) -> None:
        self.post_message(Recognised(self, self._interview, None))

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """F1 or 1 is yes, F2 or 2 no."""
        super().key_pressed(event)
        match event.key:
            case "f1" | "1":
                self._me()
            case "f2" | "2":
                self._not_me()
