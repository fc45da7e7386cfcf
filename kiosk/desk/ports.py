"""The desk's doors to the other rooms: Protocols that state, courier and sensors fulfil and that screens are handed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Code, Via
from kiosk.desk.events import Event, Intent, Stay
from kiosk.desk.frames import Hint, Sighting, Viewfinder
from kiosk.desk.hosts import HostPage, HostRules
from kiosk.desk.house import House
from kiosk.desk.lockout import Attempts, Channel
from kiosk.desk.odds import PinLengths
from kiosk.desk.outcomes import Outcome, Word
from kiosk.desk.payloads import Shown
from kiosk.desk.people import Consent, Member, PersonId, Visitor
from kiosk.desk.walk_in import WalkIn


class NotRecorded(Exception):
    """The state could not be written: nothing has happened. The message is for staff."""


class Directory(Protocol):
    """Who is known here. Answers from memory, in constant work; safe to ask from any thread."""

    def members_with(self, code: str) -> Sequence[Member]:
        """The active members who have this PIN: nobody, one, or several who share it."""
        ...

    def members_with_card(self, number: str) -> Sequence[Member]:
        """The active members whose access card or key fob has this number, however a reader types it
        (`kiosk.desk.cards`)."""
        ...

    def member(self, person: PersonId) -> Member | None:
        """The member of this number, or None."""
        ...

    def badge_holders(self, handle: str) -> Sequence[Member]:
        """The active members whose badge has this handle: nobody, one, or several at whom staff entered it."""
        ...

    def visitors_with(self, code: Code) -> Sequence[Visitor]:
        """The visitors whose invitation has this code, or this GUID."""
        ...

    def hosts(self, typed: str, page: int, rules: HostRules) -> HostPage:
        """Whom a visitor may mean by these letters. Looks through everybody, so not to be called in an event loop."""
        ...

    def visitor(self, person: PersonId) -> Visitor | None:
        """The visit of this number, or None."""
        ...

    def invited(self, email: str) -> Sequence[Visitor]:
        """The visitors whose invitation went to this address, of these days."""
        ...

    def pin_lengths(self) -> PinLengths:
        """How many members have a PIN of so many digits, by that number: it says how likely a guess is right."""
        ...


class Ledger(Protocol):
    """What has happened here. Reads answer from memory; writes return once they are on disk, and block until then."""

    def stay_of(self, person: PersonId) -> Stay | None:
        """The person's present stay, if they are in."""
        ...

    def stays(self) -> Sequence[Stay]:
        """Everybody who is in, the longest first."""
        ...

    def left_at(self, person: PersonId) -> datetime | None:
        """When the person's last standing check-out was recorded here, in UTC; None if none is known."""
        ...

    def walk_in(self, name: str, since: datetime) -> datetime | None:
        """When a walk-in of this name registered here since a moment, and has not taken it back; None if none has."""
        ...

    def attempts(self, channel: Channel) -> Attempts:
        """The wrong codes counted so far."""
        ...

    def event(self, event: UUID) -> Event | None:
        """A recorded event, or None."""
        ...

    def is_undone(self, event: UUID) -> bool:
        """Whether an event has been taken back."""
        ...

    def record(self, event: UUID, intent: Intent, at: Moment) -> Event:
        """Write an event with what follows from it (presence, queue), whole or not at all.

        Raises NotRecorded if it could not be made durable; then nothing has changed.
        """
        ...

    def count_failure(self, channel: Channel, attempts: Attempts) -> None:
        """Write the count of wrong codes. Raises NotRecorded."""
        ...

    def leave_out(self, event: UUID) -> None:
        """Somebody whose check-in Nexudus refused while they stood there is not in. Raises NotRecorded."""
        ...


class Link(StrEnum):
    """How things stand between the kiosk and Nexudus."""

    UNTRIED = "connecting"
    """The kiosk has just started and knows nothing yet."""
    ONLINE = "online"
    OFFLINE = "offline"
    SIGN_IN = "sign-in"
    """Nexudus wants a new sign-in: staff must act, and everything waits in the queue."""


@dataclass(frozen=True, slots=True)
class LineStatus:
    """One look at the line.

    Attributes:
        link: How things stand.
        waiting: Events that Nexudus has not heard of yet.
        refused: Events it refused for good, which staff must look at.
        directory_as_of: When the directory was last read, in UTC; None before the first time.
        clear_in: Seconds until nothing waits any more, at the present pace; None while nobody can say.
        troubles: What is wrong with the line and the sign-in, and what to do, in sentences for staff.
        sign_in_ends: When a sign-in that still works will end, in UTC, unless staff act; None while all is well.
    """

    link: Link
    waiting: int
    refused: int
    directory_as_of: datetime | None = None
    clear_in: float | None = None
    troubles: Sequence[str] = ()
    sign_in_ends: datetime | None = None


class Courier(Protocol):
    """What the reception asks of the one who talks to Nexudus. Never blocks."""

    def status(self) -> LineStatus:
        """One look at the line, from memory."""
        ...

    def wake(self) -> None:
        """There is something new to upload."""
        ...

    async def look_up(self, code: Code) -> None:
        """Ask Nexudus who has this code and put the answer into the directory; returns early when the line is down."""
        ...

    async def word_on(self, event: UUID, within: float) -> Word:
        """Wait up to `within` seconds for Nexudus's word on an event; `QUEUED` if none came."""
        ...

    async def refresh_visit(self, person: PersonId, within: float) -> None:
        """Read a visit anew into the directory, in `within` seconds at most; if that fails it stays as it is known."""
        ...

    async def refresh_presence(self, within: float) -> None:
        """Read anew which members are in, in `within` seconds at most; if that fails it stays as it is known."""
        ...

    async def wifi_code(self, event: UUID, within: float) -> str:
        """Wait up to `within` seconds for the Wi-Fi code of the visitor whose check-in Nexudus has; empty if none
        came."""
        ...


class FrontDesk(Protocol):
    """What a screen, or the plain-text desk, asks. It returns outcomes and never raises for what a person did."""

    async def present(self, code: Code | None) -> Outcome:
        """Somebody shows a credential; None stands for something that can be no code."""
        ...

    async def hosts(self, typed: str, page: int = 0) -> HostPage:
        """Whom a visitor who registers here may mean by what they have typed so far; a few at a time."""
        ...

    async def register(self, form: WalkIn, consent: Consent, via: Via) -> Outcome:
        """A visitor whom nobody announced registers, and has agreed to the terms or not."""
        ...

    async def word_on(self, outcome: Outcome) -> Outcome:
        """The same outcome with Nexudus's word, waiting for it as long as is decent."""
        ...

    async def undo(self, event: UUID) -> Outcome:
        """Take back an event of the last seconds."""
        ...

    def status(self) -> LineStatus:
        """One look at the line."""
        ...

    def house(self) -> House:
        """The location: its name, its zone, its own texts."""
        ...


class CodeScanner(Viewfinder, Protocol):
    """A camera that reads codes, as a screen sees it."""

    @property
    def sighting(self) -> Sighting | None:
        """Where a code is in the picture now, or None while none is read. From any thread."""
        ...

    @property
    def hint(self) -> Hint:
        """What keeps a code from being read; steady enough to be put into words. From any thread."""
        ...

    def listen(self, on_code: Callable[[Shown], None]) -> None:
        """Begin to look, and call `on_code` for each code read, from the scanner's own thread, with what it is."""
        ...

    def forget(self) -> None:
        """Somebody means to show a code now: one that was read a moment ago counts again."""
        ...

    def pause(self) -> None:
        """Read no codes, while an answer is on the glass; pictures go on."""
        ...

    def resume(self) -> None:
        """Read codes again."""
        ...
