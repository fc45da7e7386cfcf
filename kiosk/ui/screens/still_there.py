"""Nobody has touched the glass for a while: a visible countdown, and more time for one touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from kiosk.desk.hearing import Cue
from kiosk.i18n.speech import Speech
from kiosk.ui.sight import LARGE
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.words import PlainText

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

LAST_SECONDS = 5
"""From here on the warning is a red one, for whoever looks up only now."""


class StillThere(ModalScreen[bool]):
    """Answers True for more time, False when the time is up and everything is to be wiped."""

    def __init__(self, speech: Speech, seconds: int) -> None:
        super().__init__()
        self._speech = speech
        self._left = seconds

    def compose(self) -> ComposeResult:
        """The seconds that are left, and the button."""
        say = self._speech.say
        with Vertical(id="still-there"):
            yield PlainText(say("Are you still there? This closes in"), id="question")
            yield BigText(str(self._left), rows=5, align="center", id="seconds")
            yield Choice(say("More time"), look=Look.PRIMARY, id="more")

    def on_mount(self) -> None:
        """Count, and let it be heard: whoever stopped looking may still be there."""
        self._sound()
        self.set_class(any(screen.has_class(LARGE) for screen in self.app.screen_stack), LARGE)
        self.set_interval(1.0, self._tick)

    @on(Choice.Chosen, "#more")
    def _more(self) -> None:
        self._answer(more_time=True)

    def on_click(self) -> None:
        """A touch anywhere is a sign of life."""
        self._answer(more_time=True)

    def on_key(self) -> None:
        """So is a key."""
        self._answer(more_time=True)

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._answer(more_time=False)
        else:
            self.query_one("#seconds", BigText).text = str(self._left)
            self.set_class(self._left <= LAST_SECONDS, "-last")
            if self._left in (LAST_SECONDS, 2):
                self._sound()

    def _sound(self) -> None:
        cast("KioskApp", self.app).chimes.play(Cue.ATTENTION)

    def _answer(self, *, more_time: bool) -> None:
        """Once: a second touch may be on its way already, and would close the screen below."""
        if self.is_current:
            self.dismiss(more_time)
