"""Today's visitors, and one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from kiosk.desk.guest_list import Guest, Whereabouts
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.people import Consent
from kiosk.i18n.staff_words import done_words, whereabouts_words
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.screens.staff.rows import Row, RowsPage
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.words import Facts


class GuestsPage(RowsPage):
    """Who is expected, who is in, who has left."""

    def __init__(self) -> None:
        super().__init__()
        self._guests: dict[str, Guest] = {}

    def heading(self) -> str:
        """The list."""
        return self.speech.say("Visitors today")

    async def read(self) -> tuple[str, Sequence[Row]] | None:
        """The list as it is now."""
        guests = await self.tried(self.staff.guests())
        if guests is None:
            return None
        self._guests = {str(guest.person): guest for guest in guests}
        rows = [Row(key, guest.name, self._hint(guest)) for key, guest in self._guests.items()]
        if not rows:
            return self.speech.say("No visitors are known for today."), rows
        return self.speech.say("Touch a visitor to check them in or out."), rows

    def _hint(self, guest: Guest) -> str:
        parts = (whereabouts_words(guest, self.house, self.speech), guest.host)
        return " · ".join(part for part in parts if part)

    def chosen(self, key: str) -> None:
        """One of them."""
        self.lead_to(GuestPage(self._guests[key]))


class GuestPage(StaffPage):
    """A visitor, and what can be done for them."""

    private: ClassVar[str] = "#title, #about, #facts"

    def __init__(self, guest: Guest) -> None:
        super().__init__()
        self._guest = guest
        self._busy = False

    def heading(self) -> str:
        """Who."""
        return self._guest.name

    def body(self) -> ComposeResult:
        """Where they are, and whom they visit."""
        words = [whereabouts_words(self._guest, self.house, self.speech)]
        if self._guest.host:
            words.append(self.speech.say("visits {host}", host=self._guest.host))
        yield Facts("\n".join(words), id="facts")

    def acts(self) -> ComposeResult:
        """In or out; and that they agree to the terms, once that has been asked."""
        say = self.speech.say
        yield self.act(say("They agree"), "agree", Look.PRIMARY, Sign.TICK)
        if self._guest.whereabouts is Whereabouts.IN:
            yield self.act(say("Check out"), "check-out", Look.PRIMARY)
        else:
            yield self.act(say("Check in"), "check-in", Look.PRIMARY)

    def on_mount(self) -> None:
        """Nobody has been asked anything yet."""
        self.query_one("#agree").display = False

    @on(Choice.Chosen, "#check-in")
    def _in(self) -> None:
        self._check_in(Consent.PENDING)

    @on(Choice.Chosen, "#agree")
    def _agreed(self) -> None:
        self._check_in(Consent.GIVEN)

    @on(Choice.Chosen, "#check-out")
    def _out(self) -> None:
        self._check_out()

    @work(group="guest")
    async def _check_in(self, consent: Consent) -> None:
        if self._busy:
            return
        self._busy = True
        outcome = await self.tried(self.staff.check_in(self._guest.person, consent))
        self._busy = False
        if outcome is not None:
            self.tell(done_words(outcome, self.house, self.speech))
            asked = outcome.kind is OutcomeKind.ASK_TERMS
            self.query_one("#agree").display = asked
            self.query_one("#check-in").display = not asked and outcome.kind is not OutcomeKind.WELCOME

    @work(group="guest")
    async def _check_out(self) -> None:
        if self._busy:
            return
        self._busy = True
        outcome = await self.tried(self.staff.check_out(self._guest.person))
        self._busy = False
        if outcome is not None:
            self.tell(done_words(outcome, self.house, self.speech))
            self.query_one("#check-out").display = outcome.kind is not OutcomeKind.GOODBYE
