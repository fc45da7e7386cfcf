"""The line to Nexudus and the sign-in."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from kiosk.desk.staff_desk import Act
from kiosk.i18n.staff_words import line_words
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.words import Facts, PlainText

LOOK_SECONDS = 0.5
"""How often the words are made true."""


class LinePage(StaffPage):
    """How things stand, in sentences, and the way to a new sign-in."""

    def heading(self) -> str:
        """The page."""
        return self.speech.say("Sign-in")

    def body(self) -> ComposeResult:
        """The sentences."""
        yield Facts(id="facts")

    def acts(self) -> ComposeResult:
        """The sign-in, by touch where that is possible."""
        if self.kiosk.staff_door.staff.sign_in is not None:
            yield self.act(self.speech.say("Sign in again"), "sign-in", Look.PRIMARY)

    def on_mount(self) -> None:
        """Keep it true."""
        self._look()
        self.set_interval(LOOK_SECONDS, self._look)

    @on(Choice.Chosen, "#sign-in")
    def _sign_in(self) -> None:
        road = self.kiosk.staff_door.staff.sign_in
        if road is not None:
            self.run_worker(self.staff.note(Act.SIGN_IN), group="note")
            self.lead_to(road.first_page(self.kiosk))

    def _look(self) -> None:
        words = line_words(self.staff.line(), self.house, self.speech)
        if self.kiosk.staff_door.staff.sign_in is None:
            words += "\n" + self.speech.say("To sign in again, give 'kiosk setup' on this device.")
        self.query_one("#facts", PlainText).say(words)
