"""What the pages of setting up share: how far one is, the way back, and a row for what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.ui.messages import WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.words import PlainText


class SetUpBar(Horizontal):
    """The first line: what is being done, and how far it is."""

    def __init__(self, doing: str, progress: str) -> None:
        super().__init__()
        self._doing = doing
        self._progress = progress

    def compose(self) -> ComposeResult:
        """What, and how far."""
        yield PlainText(self._doing, id="doing")
        yield PlainText(self._progress, id="step")


class SetUpPage(KioskScreen):
    """One page of setting up. It counts no codes, and what was typed on it goes with it."""

    takes_codes: ClassVar[bool] = False
    is_form: ClassVar[bool] = True
    notice_place: ClassVar[str] = ""

    def __init__(self, progress: str = "") -> None:
        super().__init__(classes="set-up")
        self._progress = progress

    def bar(self) -> SetUpBar:
        """The first line."""
        return SetUpBar(self.speech.say("Setting up this kiosk"), self._progress)

    def back_choice(self) -> Choice:
        """The way back, always in the same corner."""
        return Choice(self.speech.say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")

    @contextmanager
    def deeds(self) -> Iterator[None]:
        """The last row: what can be done here."""
        with Horizontal(id="deeds"):
            yield

    @on(Choice.Chosen, "#back")
    def back_chosen(self) -> None:
        """A page back."""
        self.post_message(WentBack(self))


class WorkingPage(SetUpPage):
    """Something takes a while. Going back stops it, where that can be."""

    times_out: ClassVar[bool] = False

    def __init__(self, title: str, progress: str = "", *, can_be_stopped: bool = True) -> None:
        super().__init__(progress)
        self._title = title
        self._can_be_stopped = can_be_stopped

    def compose(self) -> ComposeResult:
        """What is being done, and that it goes on."""
        yield self.bar()
        with Vertical(id="calm"):
            yield PlainText(self._title, id="title")
            yield PlainText(self.speech.say("One moment…"), id="told")
        if self._can_be_stopped:
            with self.deeds():
                yield self.back_choice()

    def key_pressed(self, event: events.Key) -> None:
        """Escape is Back only where there is one."""
        if self._can_be_stopped:
            super().key_pressed(event)

    def tell(self, words: str) -> None:
        """How far it is. May come before the words are up, or after they have gone."""
        for told in self.query("#told").results(PlainText):
            told.say(words)
