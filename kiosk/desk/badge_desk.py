"""What the screen asks of badges that are held near: which one it is, and whom to greet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kiosk.desk.adverts import Advert
from kiosk.desk.badges import BadgeRegister, Heard, Scheme, recognised
from kiosk.desk.clock import Clock
from kiosk.desk.credentials import Code, Via
from kiosk.desk.house import House
from kiosk.desk.leavers import Leaver
from kiosk.desk.ports import Ledger
from kiosk.desk.rolling import RollingScheme, slot_at
from kiosk.desk.signs import StaticScheme

CLOCK_SECONDS = 1.0
"""How old the time of day may be by which a token is judged; it counts on in between."""


class Direction(StrEnum):
    """Which way somebody would go who is recognised now: it follows from presence, never from what they did last."""

    IN = "in"
    OUT = "out"
    GREET = "greet"
    """They came in a moment ago: nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """Whom a badge belongs to, as others may see it.

    Attributes:
        shown: First name and initial, such as `Ana L.`; empty where one handle was given to several.
        direction: Which way they would go.
        since: In since, in UTC, for who is in.
    """

    shown: str
    direction: Direction
    since: datetime | None = None


class BadgeDesk(Protocol):
    """The desk as the radio needs it. Answers from memory, but for `use`."""

    def recognise(self, advert: Advert) -> Heard | None:
        """The badge of somebody here; None for a stranger, of whom nothing is kept."""
        ...

    def greeting(self, handle: str) -> Greeting | None:
        """Whose it is and which way they would go; None where it is nobody's any more."""
        ...

    def use(self, heard: Heard) -> bool:
        """Note that a badge acts now; False where its token has acted already. Blocks for the disk. Raises
        NotRecorded."""
        ...


class BadgeCounter:
    """Fulfils `BadgeDesk`.

    Args:
        register: The badges of this location.
        ledger: Who is in.
        clock: This device's clock.
        house: The location.
    """

    def __init__(self, register: BadgeRegister, ledger: Ledger, clock: Clock, house: Callable[[], House]) -> None:
        self._register = register
        self._ledger = ledger
        self._clock = clock
        self._house = house
        self._schemes: tuple[Scheme, ...] = (StaticScheme(register.static), RollingScheme(register.rolling))
        self._wall, self._read_at = 0.0, float("-inf")

    def recognise(self, advert: Advert) -> Heard | None:
        """See `BadgeDesk.recognise`."""
        if not advert.makers and not advert.services:
            return None
        if not 0 <= advert.at - self._read_at < CLOCK_SECONDS:
            self._wall, self._read_at = self._clock.now().wall.timestamp(), advert.at
        return recognised(self._schemes, advert, self._wall + advert.at - self._read_at)

    def greeting(self, handle: str) -> Greeting | None:
        """See `BadgeDesk.greeting`."""
        holders = self._register.holders(handle)
        if len(holders) != 1:
            return Greeting("", Direction.IN) if holders else None
        member, now, house = holders[0], self._clock.now().wall, self._house()
        shown, stay = Leaver(member.id, member.name).shown, self._ledger.stay_of(member.id)
        if stay is None or house.day(stay.since) < house.day(now):
            return Greeting(shown, Direction.IN)
        fresh = abs(now - stay.since) < house.greet_within
        return Greeting(shown, Direction.GREET if fresh else Direction.OUT, stay.since)

    def use(self, heard: Heard) -> bool:
        """See `BadgeDesk.use`."""
        if heard.slot is None:
            return True
        drift = heard.slot - slot_at(self._clock.now().wall.timestamp())
        return self._register.use(heard.handle, heard.slot, drift)


def badge_code(handle: str) -> Code:
    """The credential of a badge that is held near."""
    return Code(handle, Via.BADGE)
