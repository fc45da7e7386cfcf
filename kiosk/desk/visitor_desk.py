"""What a screen, or the plain-text desk, asks for visitors who come or go without a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from kiosk.desk.acquaintance import Acquaintance
from kiosk.desk.credentials import Via
from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.leavers import Leaver
from kiosk.desk.outcomes import Outcome
from kiosk.desk.people import PersonId
from kiosk.desk.ports import FrontDesk
from kiosk.desk.walk_in import WalkIn


class VisitorDesk(FrontDesk, Protocol):
    """The front desk with all that visitors need. It never raises for what a person did."""

    async def recall(self, email: str) -> Acquaintance:
        """Whether somebody of this address, which has been checked, is expected today or has been here before."""
        ...

    async def present_visitors(self, typed: str) -> Sequence[Leaver]:
        """Who of the visitors that are in is meant by these letters of a name; a few at most."""
        ...

    async def leave(self, person: PersonId, via: Via) -> Outcome:
        """A visitor who was found by name leaves."""
        ...

    async def visit_now(self, outcome: Outcome) -> Outcome:
        """Ask how the visit stands for which somebody waits: the same outcome while the host has not answered, else
        that they are in, or that the host is sorry. To be asked every few seconds."""
        ...


class MemberDesk(VisitorDesk, Protocol):
    """The same for members with a phone, who are checked in by Nexudus itself."""

    async def look_elsewhere(self, before: Elsewhere | None) -> Elsewhere:
        """Who has come or gone by another way since a look before; None begins. What cannot be read in time stays as
        it is known."""
        ...


class Guests(Protocol):
    """Who has registered here before, found by their address. Blocks for the disk."""

    def recall(self, email: str) -> WalkIn | None:
        """What they gave the last time, if that is still kept."""
        ...

    def remember(self, form: WalkIn, event: UUID) -> None:
        """Keep what they gave, for as long as their event is kept. Raises NotRecorded."""
        ...


class NoGuests:
    """Remembers nobody."""

    def recall(self, email: str) -> WalkIn | None:
        """Nobody."""
        return None

    def remember(self, form: WalkIn, event: UUID) -> None:
        """Nothing is kept."""
