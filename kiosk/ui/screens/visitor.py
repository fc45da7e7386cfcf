"""A visitor: have they a code?"""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.ui.messages import RegistrationBegun, WentBack
from kiosk.ui.screens.base import KioskScreen, begins_code
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.leave_by_name import LeaveByNameScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class VisitorScreen(KioskScreen):
    """One question, two answers."""

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield BigText(self.house.texts.have_code or say("Do you have a code?"), rows=4, align="center", id="title")
            yield PlainText(say("It is in the e-mail with your invitation."), id="subtitle")
        with Horizontal(id="choices"):
            yield Choice(say("Yes"), say("a PIN or a QR code"), look=Look.PRIMARY, icon=Sign.QR, id="yes")
            yield Choice(say("No"), say("I register here"), look=Look.PLAIN, icon=Sign.VISITOR, id="no")
        with Horizontal(id="strip"):
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
            yield PlainText("", id="hint")
            yield Choice(say("I am leaving"), look=Look.QUIET, big=False, icon=Sign.WAVE, id="leave")

    @on(Choice.Chosen, "#yes")
    def _yes(self) -> None:
        self.give_way_to(CodeEntryScreen())

    @on(Choice.Chosen, "#no")
    def _no(self) -> None:
        self.post_message(RegistrationBegun(self))

    @on(Choice.Chosen, "#leave")
    def _leave(self) -> None:
        self.lead_to(LeaveByNameScreen())

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """F1 is yes and F2 no, F3 leaves; letters and digits are the code itself."""
        super().key_pressed(event)
        match event.key:
            case "f1":
                self._yes()
            case "f2":
                self._no()
            case "f3":
                self._leave()
            case _ if begins_code(event):
                self.give_way_to(CodeEntryScreen(event.character or ""))
