"""The desk of a kiosk that has not been set up: it knows nobody, and records nothing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from kiosk.desk.acquaintance import STRANGER, Acquaintance
from kiosk.desk.credentials import Code, Via
from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.hosts import HostPage
from kiosk.desk.house import House
from kiosk.desk.leavers import Leaver
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent, PersonId
from kiosk.desk.ports import LineStatus, Link
from kiosk.desk.walk_in import WalkIn


class NobodysDesk:
    """Fulfils `VisitorDesk`. Whoever asks it is told that it knows them not."""

    async def present(self, code: Code | None) -> Outcome:
        """Nobody has this code."""
        return Outcome(OutcomeKind.UNKNOWN)

    async def hosts(self, typed: str, page: int = 0) -> HostPage:
        """There is nobody to visit."""
        return HostPage()

    async def register(self, form: WalkIn, consent: Consent, via: Via) -> Outcome:
        """Nothing is recorded."""
        return Outcome(OutcomeKind.FAILED)

    async def recall(self, email: str) -> Acquaintance:
        """Nobody has been here."""
        return STRANGER

    async def present_visitors(self, typed: str) -> Sequence[Leaver]:
        """Nobody is in."""
        return ()

    async def leave(self, person: PersonId, via: Via) -> Outcome:
        """Nobody is in."""
        return Outcome(OutcomeKind.UNKNOWN)

    async def visit_now(self, outcome: Outcome) -> Outcome:
        """As it was."""
        return outcome

    async def word_on(self, outcome: Outcome) -> Outcome:
        """None comes."""
        return outcome

    async def undo(self, event: UUID) -> Outcome:
        """There is nothing to take back."""
        return Outcome(OutcomeKind.UNKNOWN)

    async def look_elsewhere(self, before: Elsewhere | None) -> Elsewhere:
        """Nobody comes by another way."""
        return Elsewhere(frozenset())

    def status(self) -> LineStatus:
        """Nexudus has not been called yet."""
        return LineStatus(Link.UNTRIED, 0, 0)

    def house(self) -> House:
        """Nowhere yet."""
        return House(0, "")
