"""Staff give a badge to a member: who is it for?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult

from kiosk.desk.adverts import Advert
from kiosk.desk.badge_office import BadgeOffice
from kiosk.desk.hosts import PAGE_SIZE, Host, HostHint, HostPage
from kiosk.ui.messages import WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.hold_badge import HoldBadgeScreen
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.offers import Offer, Offers
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace

HandsOver = Callable[[Callable[[Advert], None] | None], None]
"""Gives the packets of the radio to somebody else, or back."""

PLACES = min(PAGE_SIZE, 4)


class EnrolBadgeScreen(KioskScreen):
    """Three letters, then a tap on the member."""

    takes_codes: ClassVar[bool] = False
    is_form: ClassVar[bool] = True
    notice_place: ClassVar[str] = "#remark"

    def __init__(self, office: BadgeOffice, hand_over: HandsOver) -> None:
        super().__init__()
        self._office = office
        self._hand_over = hand_over
        self._page = HostPage()
        self._offered: dict[str, Host] = {}

    def compose(self) -> ComposeResult:
        """The field for the search, who is found, and the keys."""
        say = self.speech.say
        field = TextField(placeholder=say("Member's name"), id="field")
        keyboard = Keyboard(field, self.kiosk.typing, done_label=say("Next"), id="keyboard")
        yield StatusBar(self.kiosk.desk, self.speech)
        yield TypingPlace(
            say("Whose badge?"),
            field,
            keyboard,
            self.speech,
            hint=say("Type three letters of the name."),
            offer=Offers(PLACES, id="offers"),
            id="place",
        )

    @on(TextField.Changed)
    def _changed(self) -> None:
        self._search()

    @on(Offers.Taken)
    def _taken(self, message: Offers.Taken) -> None:
        self._choose(self._offered[message.key])

    @on(Keyboard.Done)
    def _done(self) -> None:
        self._decide()

    @work(group="search", exclusive=True)
    async def _decide(self) -> None:
        """The only one who is meant is taken; else something is still to be said or chosen."""
        await self._look_up()
        only = self._page.hosts[0] if len(self._page.hosts) == 1 else self._page.meant
        if only is not None:
            self._choose(only)
        else:
            self.query_one(TypingPlace).complain(self._hint())

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """A keyboard of one's own types here as well."""
        if not self.query_one(TypingPlace).take_key(event):
            super().key_pressed(event)

    def _choose(self, member: Host) -> None:
        self.lead_to(HoldBadgeScreen(self._office, member, self._hand_over))

    @work(group="search", exclusive=True)
    async def _search(self) -> None:
        await self._look_up()

    async def _look_up(self) -> None:
        typed = self.query_one("#field", TextField).text
        self._page = await asyncio.to_thread(self._office.find, typed)
        found = {str(host.id): host for host in self._page.hosts[:PLACES]}
        self._offered |= found  # whoever was tapped may be found no more by what was typed since
        self.query_one("#offers", Offers).offer([Offer(key, host.name) for key, host in found.items()])
        self.query_one(TypingPlace).hint(self._hint())

    def _hint(self) -> str:
        say = self.speech.say
        if self._page.hosts:
            return say("Touch the name.")
        if self._page.hint is HostHint.NOBODY:
            return say("Nobody of that name is a member.")
        return say("Type three letters of the name.")
