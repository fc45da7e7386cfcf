"""Staff give a badge to a member: who is it for?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from kiosk.desk.adverts import Advert
from kiosk.desk.badge_office import BadgeOffice
from kiosk.desk.hosts import PAGE_SIZE, Host, HostHint, HostPage
from kiosk.ui.screens.hold_badge import HoldBadgeScreen
from kiosk.ui.screens.name_search import NameSearch, SearchWords
from kiosk.ui.widgets.offers import Offer

HandsOver = Callable[[Callable[[Advert], None] | None], None]
"""Gives the packets of the radio to somebody else, or back."""


class EnrolBadgeScreen(NameSearch[Host]):
    """Three letters, then a tap on the member."""

    takes_codes: ClassVar[bool] = False
    places: ClassVar[int] = min(PAGE_SIZE, 4)

    def __init__(self, office: BadgeOffice, hand_over: HandsOver) -> None:
        super().__init__()
        self._office = office
        self._hand_over = hand_over
        self._page = HostPage()

    def words(self) -> SearchWords:
        """What stands on the page."""
        say = self.speech.say
        return SearchWords(say("Whose badge?"), say("Member's name"), say("Next"))

    def hint(self) -> str:
        """What helps, by what was found last."""
        say = self.speech.say
        if self.found:
            return say("Touch the name.")
        if self._page.hint is HostHint.NOBODY:
            return say("Nobody of that name is a member.")
        return say("Type three letters of the name.")

    async def search(self, typed: str) -> Sequence[Host]:
        """The members, by the same rules as hosts."""
        self._page = await asyncio.to_thread(self._office.find, typed)
        return self._page.hosts

    def offer_of(self, one: Host) -> Offer:
        """By name."""
        return Offer(str(one.id), one.name)

    def meant(self) -> Host | None:
        """The only one, or the only one of exactly that name."""
        return super().meant() or self._page.meant

    def choose(self, one: Host) -> None:
        """Their badge is held near next."""
        self.lead_to(HoldBadgeScreen(self._office, one, self._hand_over))
