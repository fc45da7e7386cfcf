"""The PIN that opens the staff corner, typed twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.ports import NotRecorded
from kiosk.desk.provisioning import Hindrance, StaffPinKeeper
from kiosk.desk.staff import NotPossible
from kiosk.desk.staff_desk import LONGEST_PIN, SHORTEST_PIN
from kiosk.i18n.set_up_words import hindrance_words
from kiosk.ui.screens.setup.keypad_page import KeypadPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.keypad import BACK, ENTER, Keypad
from kiosk.ui.widgets.words import PlainText


class StaffPinPage(KeypadPage):
    """Typed twice, since nobody sees it. What the keeper will not take is said, and another one typed."""

    def __init__(self, keeper: StaffPinKeeper, go_on: Callable[[], None], progress: str) -> None:
        super().__init__(progress)
        self._keeper = keeper
        self._go_on = go_on
        self._first = ""
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The dots, and the keys."""
        say = self.speech.say
        yield self.bar()
        with Horizontal(id="body"):
            with Vertical(id="side"):
                yield BigText(say("Staff PIN"), rows=3, id="title")
                yield PlainText(self._asked(), id="prompt")
                yield Entry(SHORTEST_PIN, id="entry")
                with Horizontal(id="foot"):
                    yield self.back_choice()
                    yield Choice(say("Later"), look=Look.QUIET, big=False, id="later")
            yield Keypad(id="keypad")

    def on_unmount(self) -> None:
        """Keep nothing."""
        self._first = self._typed = ""

    @on(Choice.Chosen, "#later")
    def _later(self) -> None:
        if self.is_current:
            self._begin_anew(self._asked())
            self._go_on()

    def take(self, key: str) -> None:
        """One key of the keypad."""
        match key:
            case _ if key == BACK:
                self._typed = self._typed[:-1]
            case _ if key == ENTER:
                self._enter()
                return
            case _ if len(self._typed) < LONGEST_PIN:
                self._typed += key
        self.query_one(Entry).value = self._typed

    def _enter(self) -> None:
        say = self.speech.say
        if len(self._typed) < SHORTEST_PIN:
            self._say(say("A staff PIN has at least {number} digits.", number=SHORTEST_PIN), wrong=True)
        elif not self._first:
            self._first, self._typed = self._typed, ""
            self.query_one(Entry).value = ""
            self._say(say("Type it once more, then OK."))
        elif self._typed != self._first:
            self._begin_anew(say("The two are not the same. Type a PIN anew."), wrong=True)
        else:
            self._keep(self._typed)

    @work(group="staff-pin", exclusive=True)
    async def _keep(self, pin: str) -> None:
        try:
            await asyncio.to_thread(self._keeper.set_staff_pin, pin)
        except NotRecorded:
            self._begin_anew(hindrance_words(Hindrance.DISK, self.speech), wrong=True)
        except NotPossible as error:
            self._begin_anew(self.speech.say(str(error)), wrong=True)
        else:
            self._begin_anew(self._asked())  # nothing of it is there for whoever comes back
            if self.is_current:
                self._go_on()

    def _asked(self) -> str:
        return self.speech.say("Choose a PIN of {number} or more digits, then OK.", number=SHORTEST_PIN)

    def _begin_anew(self, words: str, *, wrong: bool = False) -> None:
        self._first = self._typed = ""
        self.query_one(Entry).value = ""
        self._say(words, wrong=wrong)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        prompt = self.query_one("#prompt", PlainText)
        prompt.say(f"▲ {words}" if wrong else words)
        prompt.set_class(wrong, "-wrong")
