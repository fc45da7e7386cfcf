"""What has been done at this line, as far as it can be taken back."""

from __future__ import annotations

from uuid import UUID

from kiosk.desk.credentials import Code, Via
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent, PersonId
from kiosk.desk.visitor_desk import VisitorDesk
from kiosk.desk.walk_in import Draft, WalkIn


class Session:
    """Asks the desk, waits for Nexudus's word, and remembers the last event. Of people it keeps no code and no name but
    that of the host and company of a group."""

    def __init__(self, desk: VisitorDesk) -> None:
        self._desk = desk
        self._last: UUID | None = None
        self._waiting: Outcome | None = None
        self.group = Draft()

    async def present(self, code: Code | None) -> Outcome:
        """Show a code; the outcome holds the word that came in time."""
        return await self._told(await self._desk.present(code))

    async def register(self, form: WalkIn, consent: Consent) -> Outcome:
        """A visitor registers; the outcome holds the word that came in time."""
        return await self._told(await self._desk.register(form, consent, Via.LINE))

    async def leave(self, person: PersonId) -> Outcome:
        """A visitor who was found by name leaves."""
        return await self._told(await self._desk.leave(person, Via.LINE))

    async def visit_now(self) -> Outcome | None:
        """How the visit stands now for which somebody waits; None if nobody does."""
        if self._waiting is None:
            return None
        return await self._told(await self._desk.visit_now(self._waiting))

    async def _told(self, outcome: Outcome) -> Outcome:
        told = await self._desk.word_on(outcome)
        self._waiting = told if told.kind is OutcomeKind.WAITING else None
        if outcome.event is not None:
            # None if Nexudus refused it: then undo must not fall back on what somebody else did before.
            self._last = told.event
        return told

    async def undo(self) -> Outcome:
        """Take back the last event. One that could not be taken back for want of a working disk can be tried again."""
        if self._last is None:
            return Outcome(OutcomeKind.NOTHING_TO_UNDO)
        outcome = await self._desk.undo(self._last)
        if outcome.kind is not OutcomeKind.FAILED:
            self._last = None
        return await self._desk.word_on(outcome)
