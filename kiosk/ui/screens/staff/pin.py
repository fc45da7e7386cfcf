"""The staff PIN is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.staff_desk import LONGEST_PIN, SHORTEST_PIN, Entrance
from kiosk.i18n.staff_words import admission_words
from kiosk.ui.screens.entering import EnteringScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class StaffPinScreen(EnteringScreen):
    """A keypad that looks like the members', and takes no code of theirs."""

    takes_codes: ClassVar[bool] = False

    _asking = False

    def compose(self) -> ComposeResult:
        """What to do on the left, the keys on the right."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Horizontal(id="body"):
            with Vertical(id="side"):
                yield BigText(say("Staff PIN"), rows=4, id="title")
                yield PlainText(self.prompt(), id="prompt")
                yield Entry(masked=True, id="entry")
                with Horizontal(id="foot"):
                    yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
            yield Keypad(id="keypad")

    def prompt(self) -> str:
        """What to do, or that there is no PIN that could be right."""
        if not self.kiosk.staff_door.staff.desk.is_pin_set():
            return self.speech.say("No staff PIN is set. 'kiosk staff-pin' on this device sets one.")
        return super().prompt()

    def _take(self, key: str) -> None:
        if key == "enter":
            if len(self._typed) >= SHORTEST_PIN and not self._asking:
                pin, self._typed, self._asking = self._typed, "", True
                self.query_one("#prompt").remove_class("-wrong")
                self.thinking()
                self._admit(pin)
        elif key == "back":
            self._typed = self._typed[:-1]
        elif key.isdecimal() and len(self._typed) <= LONGEST_PIN:  # one more, so that a longer one is not cut to right
            self._typed += key
        self._show()

    @work(group="staff-pin", exclusive=True)
    async def _admit(self, pin: str) -> None:
        door = self.kiosk.staff_door
        admission = await door.carry_out(self, door.staff.desk.admit(pin))
        self._asking = False
        if admission.entrance is Entrance.OPEN:
            door.open(self)
        else:
            prompt = self.query_one("#prompt", PlainText)
            prompt.add_class("-wrong")
            prompt.say(f"▲ {admission_words(admission, self.house, self.speech)}")
