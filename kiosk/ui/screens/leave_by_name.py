"""A visitor leaves without a code: found by name among those who are in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from kiosk.desk.hosts import PAGE_SIZE
from kiosk.desk.leavers import Leaver
from kiosk.ui.messages import LeaverChosen
from kiosk.ui.screens.name_search import NameSearch, SearchWords
from kiosk.ui.widgets.offers import Offer


class LeaveByNameScreen(NameSearch[Leaver]):
    """Three letters, then a tap on one's own first name and initial."""

    takes_codes: ClassVar[bool] = True  # whoever has a code after all may show it
    places: ClassVar[int] = PAGE_SIZE

    def words(self) -> SearchWords:
        """What stands on the page."""
        say = self.speech.say
        return SearchWords(say("Who is leaving?"), say("Your name"), say("Leave"))

    def hint(self) -> str:
        """What helps, by what was found last."""
        say = self.speech.say
        if self.found:
            return say("Touch your name.")
        if len(self.typed.strip()) < 3:
            return say("Type three letters of your name.")
        return say("Nobody of that name is in. Reception can help.")

    async def search(self, typed: str) -> Sequence[Leaver]:
        """The visitors who are in."""
        return await self.kiosk.desk.present_visitors(typed)

    def offer_of(self, one: Leaver) -> Offer:
        """By no more than others may know of them."""
        return Offer(str(one.person), one.shown)

    def choose(self, one: Leaver) -> None:
        """They leave."""
        self.post_message(LeaverChosen(self, one.person))
