"""Somebody's badge is held near: is it them, and do they want in or out?"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.badge_desk import Direction, Greeting
from kiosk.desk.credentials import Code
from kiosk.i18n.calendar import clock_words
from kiosk.ui.messages import CodeOffered, Finished
from kiosk.ui.screens.base import KioskScreen, begins_code
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.calm_bar import CalmBar
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

TICKS = 40
"""Steps in which the line runs out."""


class BadgePromptScreen(KioskScreen):
    """First name and initial, two large choices, and a line that runs out. Who does nothing has done nothing."""

    takes_codes = False
    takes_scans = True
    private = "#title, #subtitle"
    notice_place = ""
    times_out: ClassVar[bool] = False

    def __init__(self, greeting: Greeting, code: Code, seconds: float, answered: Callable[[bool], None]) -> None:
        """Ask.

        Args:
            greeting: Whom, and which way they would go.
            code: Their badge as a credential.
            seconds: For how long.
            answered: Told whether the answer was yes.
        """
        super().__init__()
        self._greeting = greeting
        self._code = code
        self._seconds = seconds
        self._answered = answered
        self._left = TICKS
        self._over = False

    def compose(self) -> ComposeResult:
        """The greeting, what is offered, and the way out."""
        say, greeting = self.speech.say, self._greeting
        out = greeting.direction is Direction.OUT
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            hi = say("Hi {name}", name=greeting.shown) if greeting.shown else say("Hello")
            yield BigText(hi, rows=4, align="center", id="title")
            since = clock_words(greeting.since, self.house) if greeting.since else ""
            yield PlainText(
                say("You are in since {time}.", time=since) if out else say("Your badge is here. Check in?"),
                id="subtitle",
            )
        with Horizontal(id="choices"):
            label, hint = (say("Check out"), say("I am leaving")) if out else (say("Check in"), say("that is me"))
            sign = Sign.WAVE if out else Sign.TICK
            yield Choice(label, hint, look=Look.PRIMARY, icon=sign, id="yes")
            no, why = (say("Still here"), say("I stay")) if out else (say("Not me"), say("or not now"))
            stays = Sign.TICK if out else Sign.CROSS
            yield Choice(no, why, look=Look.PLAIN, icon=stays, id="no")
        yield CalmBar(1.0, id="time")

    def on_mount(self) -> None:
        """Begin to count."""
        self.set_interval(self._seconds / TICKS, self._tick)

    @on(Choice.Chosen, "#yes")
    def _yes(self) -> None:
        self._close(taken=True)
        leaves = self._greeting.direction is Direction.OUT
        self.post_message(CodeOffered(self._code.leaving() if leaves else self._code))

    @on(Choice.Chosen, "#no")
    def _no(self) -> None:
        self._close(taken=False)
        self.post_message(Finished(self))

    def on_unmount(self) -> None:
        """Whatever took its place, the question is over."""
        super().on_unmount()
        self._close(taken=False)

    def key_pressed(self, event: events.Key) -> None:
        """F1 is yes, F2 and Escape are no. A code is somebody else's, who has stepped up."""
        match event.key:
            case "f1" | "enter":
                self._yes()
            case "f2" | "escape":
                self._no()
            case _ if begins_code(event):
                self.give_way_to(CodeEntryScreen(event.character or ""))

    def _tick(self) -> None:
        self._left -= 1
        self.query_one("#time", CalmBar).share = self._left / TICKS
        if self._left <= 0 and self.is_current and not self._over:
            self._no()

    def _close(self, *, taken: bool) -> None:
        """Tell once how it ended."""
        if not self._over:
            self._over = True
            self._answered(taken)
