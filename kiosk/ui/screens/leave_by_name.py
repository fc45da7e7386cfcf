"""A visitor leaves without a code: found by name among those who are in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult

from kiosk.desk.hosts import PAGE_SIZE
from kiosk.desk.leavers import Leaver
from kiosk.desk.people import PersonId
from kiosk.ui.messages import LeaverChosen, WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.offers import Offer, Offers
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace


class LeaveByNameScreen(KioskScreen):
    """Three letters, then a tap on one's own first name and initial."""

    takes_codes: ClassVar[bool] = True  # whoever has a code after all may show it
    is_form: ClassVar[bool] = True
    notice_place: ClassVar[str] = "#remark"

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[Leaver] = ()
        self._offered: dict[str, PersonId] = {}

    def compose(self) -> ComposeResult:
        """The field for the search, who is found, and the keys."""
        say = self.speech.say
        field = TextField(placeholder=say("Your name"), id="field")
        keyboard = Keyboard(field, self.kiosk.typing, done_label=say("Leave"), id="keyboard")
        yield StatusBar(self.kiosk.desk, self.speech)
        yield TypingPlace(
            say("Who is leaving?"),
            field,
            keyboard,
            self.speech,
            hint=say("Type three letters of your name."),
            offer=Offers(PAGE_SIZE, id="offers"),
            id="place",
        )

    @on(TextField.Changed)
    def _changed(self) -> None:
        self._search()

    @on(Offers.Taken)
    def _taken(self, message: Offers.Taken) -> None:
        self.post_message(LeaverChosen(self, self._offered[message.key]))

    @on(Keyboard.Done)
    def _done(self) -> None:
        """Keys may come faster than answers: what counts is what was typed last."""
        self._decide()

    @work(group="search", exclusive=True)
    async def _decide(self) -> None:
        """The only one who is meant leaves; else something is still to be said or chosen."""
        await self._look_up()
        if len(self._found) == 1:
            self.post_message(LeaverChosen(self, self._found[0].person))
        else:
            self.query_one(TypingPlace).complain(self._hint())

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """A keyboard of one's own types here as well."""
        if not self.query_one(TypingPlace).take_key(event):
            super().key_pressed(event)

    @work(group="search", exclusive=True)
    async def _search(self) -> None:
        """One search at a time, of what is typed last."""
        await self._look_up()

    async def _look_up(self) -> None:
        self._found = await self.kiosk.desk.present_visitors(self._typed)
        # Whoever was tapped may be found no more by what was typed since.
        self._offered |= {str(one.person): one.person for one in self._found}
        self.query_one("#offers", Offers).offer([Offer(str(one.person), one.shown) for one in self._found])
        self.query_one(TypingPlace).hint(self._hint())

    def _hint(self) -> str:
        say = self.speech.say
        if self._found:
            return say("Touch your name.")
        if len(self._typed.strip()) < 3:
            return say("Type three letters of your name.")
        return say("Nobody of that name is in. Reception can help.")

    @property
    def _typed(self) -> str:
        return self.query_one("#field", TextField).text
