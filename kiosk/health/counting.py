"""A front desk that counts: which answers it gave, to what kind of credential, and how long people waited for them."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol
from uuid import UUID

from kiosk.desk.acquaintance import Acquaintance
from kiosk.desk.credentials import Code, Via
from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.hosts import HostPage
from kiosk.desk.house import House
from kiosk.desk.leavers import Leaver
from kiosk.desk.outcomes import Outcome
from kiosk.desk.people import Consent, PersonId
from kiosk.desk.ports import LineStatus
from kiosk.desk.visitor_desk import MemberDesk
from kiosk.desk.walk_in import WalkIn

NO_CODE = "unreadable"
FORM = "form"
BY_NAME = "name"
UNDO = "undo"
"""Methods that are no `Via`: something that can be no code, a visitor's form, leaving by name, and taking back."""


class Tally(Protocol):
    """Where it is counted. Called in the event loop."""

    def answered(self, method: str, outcome: str, seconds: float) -> None:
        """One answer."""
        ...


class CountingDesk:
    """Fulfils `MemberDesk` by asking another one. Nothing of who asked is counted.

    Args:
        desk: The one that answers.
        tally: Where it is counted.
        monotonic: Seconds that never jump.
    """

    def __init__(self, desk: MemberDesk, tally: Tally, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._tally = tally
        self._monotonic = monotonic

    async def present(self, code: Code | None) -> Outcome:
        """Ask, and count."""
        return await self._counted(NO_CODE if code is None else code.via.value, self._desk.present(code))

    async def register(self, form: WalkIn, consent: Consent, via: Via) -> Outcome:
        """Ask, and count."""
        return await self._counted(FORM, self._desk.register(form, consent, via))

    async def leave(self, person: PersonId, via: Via) -> Outcome:
        """Ask, and count."""
        return await self._counted(BY_NAME, self._desk.leave(person, via))

    async def undo(self, event: UUID) -> Outcome:
        """Ask, and count."""
        return await self._counted(UNDO, self._desk.undo(event))

    async def hosts(self, typed: str, page: int = 0) -> HostPage:
        """Ask."""
        return await self._desk.hosts(typed, page)

    async def word_on(self, outcome: Outcome) -> Outcome:
        """Ask."""
        return await self._desk.word_on(outcome)

    async def recall(self, email: str) -> Acquaintance:
        """Ask."""
        return await self._desk.recall(email)

    async def present_visitors(self, typed: str) -> Sequence[Leaver]:
        """Ask."""
        return await self._desk.present_visitors(typed)

    async def visit_now(self, outcome: Outcome) -> Outcome:
        """Ask."""
        return await self._desk.visit_now(outcome)

    async def look_elsewhere(self, before: Elsewhere | None) -> Elsewhere:
        """Ask."""
        return await self._desk.look_elsewhere(before)

    def status(self) -> LineStatus:
        """Ask."""
        return self._desk.status()

    def house(self) -> House:
        """Ask."""
        return self._desk.house()

    async def _counted(self, method: str, answer: Awaitable[Outcome]) -> Outcome:
        begun = self._monotonic()
        outcome = await answer
        self._tally.answered(method, outcome.kind.value, self._monotonic() - begun)
        return outcome
