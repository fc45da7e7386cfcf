"""The end of the kiosk's program: to be started anew, or left."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult

from kiosk.desk.device import ExitStatus
from kiosk.desk.staff_desk import Act
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.words import PlainText


class EndingPage(StaffPage):
    """Asks once: the tile beside it is touched by mistake."""

    def __init__(self, ending: ExitStatus) -> None:
        super().__init__()
        self._ending = ending

    def heading(self) -> str:
        """What is about to be done."""
        if self._ending is ExitStatus.DONE:
            return self.speech.say("Restart the kiosk?")
        return self.speech.say("Leave the kiosk?")

    def body(self) -> ComposeResult:
        """What comes of it."""
        say = self.speech.say
        if self._ending is ExitStatus.DONE:
            words = say("The program ends and is started again at once. Everything recorded is kept.")
        else:
            words = say("The program ends and stays ended until somebody starts it, or the device is started anew. "
                        "Everything recorded is kept.")  # fmt: skip
        yield PlainText(words, id="facts")

    def acts(self) -> ComposeResult:
        """Do it."""
        label = self.speech.say("Restart") if self._ending is ExitStatus.DONE else self.speech.say("Leave")
        yield self.act(label, "do-it", Look.PRIMARY)

    @on(Choice.Chosen, "#do-it")
    def _do_it(self) -> None:
        self._end()

    @work(group="ending", exclusive=True)
    async def _end(self) -> None:
        await self.staff.note(Act.RESTARTED if self._ending is ExitStatus.DONE else Act.LEFT)
        self.kiosk.staff_door.end(self._ending)
