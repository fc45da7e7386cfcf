"""The first letter of the surname, where the code alone is not enough. No name is shown, and nothing says why it is
asked."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.credentials import Code
from kiosk.desk.people import OTHER_INITIAL
from kiosk.ui.messages import CodeOffered, WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.letters import LetterPad
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

LARGEST_TITLE = 2.0
"""Rows of its capitals: with larger ones it touches the sentence below."""


class InitialScreen(KioskScreen):
    """One more letter."""

    def __init__(self, code: Code) -> None:
        super().__init__()
        self._code = code

    def compose(self) -> ComposeResult:
        """The question and the letters."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Horizontal(id="heading"):
            with Vertical(id="question"):
                yield BigText(say("One more letter"), rows=3, largest=LARGEST_TITLE, id="title")
                yield PlainText(say("Touch the first letter of your surname."), id="subtitle")
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
        yield LetterPad(id="letters")

    @on(LetterPad.Pressed)
    def _pressed(self, message: LetterPad.Pressed) -> None:
        self.post_message(CodeOffered(self._code.with_initial(message.key)))

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """The same letters on a keyboard; what is none of them is the last key."""
        super().key_pressed(event)
        if event.character is not None and event.character.isalpha():
            letter = event.character.upper()
            known = "A" <= letter <= "Z" and len(letter) == 1
            self.post_message(CodeOffered(self._code.with_initial(letter if known else OTHER_INITIAL)))
