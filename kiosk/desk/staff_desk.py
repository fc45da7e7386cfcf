"""What the staff corner asks: the port behind its pages, and the rules of the PIN that opens it.

NotPossible (kiosk.desk.staff)
└── WrongPin   a PIN that staff want to set is none
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from kiosk.desk.adverts import RadioStanding
from kiosk.desk.frames import CameraStanding
from kiosk.desk.guest_list import Guest
from kiosk.desk.outcomes import Outcome
from kiosk.desk.people import Consent, PersonId
from kiosk.desk.ports import LineStatus
from kiosk.desk.queue import Entry
from kiosk.desk.roll_call import RollCall
from kiosk.desk.staff import NotPossible
from kiosk.text import to_be_said

STAFF_CORNER: Final = "staff corner"
"""Who did it, in the audit."""

SHORTEST_PIN, LONGEST_PIN = 4, 12
"""Digits of a staff PIN."""

LONGEST_CLOSURE: Final = 120
"""Characters of what staff write for visitors while the kiosk is closed."""

_RUNS = ("0123456789", "9876543210")


class WrongPin(NotPossible):
    """This cannot be a staff PIN. The message says what can."""


def check_pin(pin: str) -> None:
    """Raises WrongPin unless it can be a staff PIN: 4 to 12 digits, not all the same and no run such as 1234."""
    if not re.fullmatch(r"[0-9]+", pin, re.ASCII) or not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        raise WrongPin(f"A staff PIN has {SHORTEST_PIN} to {LONGEST_PIN} digits and nothing else.")
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise WrongPin(
            to_be_said("This staff PIN is guessed at once. Choose digits that are not all the same and no run.")
        )


class Act(StrEnum):
    """What staff do, as the audit has it. A retry and a dismissal leave lines of their own (`StaffActs`)."""

    UNLOCKED = "unlocked"
    WRONG_PIN = "wrong staff pin"
    PIN_SET = "staff pin set"
    SEEN = "roll call seen"
    PRINTED = "roll call printed"
    SAVED = "roll call saved"
    CHECKED_IN = "visitor checked in"
    CHECKED_OUT = "visitor checked out"
    CLOSED = "closed"
    OPENED = "opened"
    LOOK = "language and look"
    DEVICE_TEST = "camera and bluetooth test"
    DISPLAY_TEST = "display test"
    EXAMINED = "doctor"
    SIGN_IN = "sign-in"
    BADGE_GIVEN = "badge given"
    BADGE_CHANGED = "badge changed"
    BADGE_REVOKED = "badge revoked"
    RESTARTED = "restarted"
    LEFT = "left the kiosk"


class Entrance(StrEnum):
    """What became of a try to get into the staff corner."""

    OPEN = "open"
    WRONG = "wrong"
    LOCKED = "locked"
    NO_PIN = "no pin"
    """None has been set, so that nobody gets in."""


@dataclass(frozen=True, slots=True)
class Admission:
    """The answer to a staff PIN.

    Attributes:
        entrance: Whether it opens.
        until: When PINs are taken again, in UTC, where they are not now.
    """

    entrance: Entrance
    until: datetime | None = None


class Theme(StrEnum):
    """The colours of the house."""

    LOBBY = "lobby"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Look:
    """How this kiosk greets everybody.

    Attributes:
        language: A language's code, such as `de`; empty for what the settings say.
        theme: The colours.
    """

    language: str = ""
    theme: Theme = Theme.LOBBY


class StaffDesk(Protocol):
    """What the pages of the staff corner ask. Nothing waits for the disk or a device in the caller's loop.

    What cannot be done raises NotPossible, and what cannot be written NotRecorded; each message is a sentence for
    staff, and nothing has changed. Every act leaves a line in the audit with `STAFF_CORNER` as who did it.
    """

    @property
    def look(self) -> Look:
        """How this kiosk greets everybody."""
        ...

    def is_pin_set(self) -> bool:
        """Whether anybody can get in."""
        ...

    async def admit(self, pin: str) -> Admission:
        """Somebody typed a PIN. Wrong ones are counted, and the count survives a restart."""
        ...

    async def roll_call(self) -> RollCall:
        """Who is in."""
        ...

    async def print_out(self, text: str, title: str) -> str:
        """Print a roll call; answers the name of the printer."""
        ...

    async def save(self, text: str, people: Sequence[PersonId]) -> str:
        """Keep a roll call of these people as a text file; answers where."""
        ...

    async def guests(self) -> Sequence[Guest]:
        """Today's visitors."""
        ...

    async def check_in(self, person: PersonId, consent: Consent) -> Outcome:
        """Check a visitor in, through the desk, as if they had shown their code."""
        ...

    async def check_out(self, person: PersonId) -> Outcome:
        """Check a visitor out."""
        ...

    async def queue(self) -> Sequence[Entry]:
        """What waits for Nexudus and what it refused: the refused first, the newest of each first."""
        ...

    async def retry(self, number: int) -> None:
        """Put a dead letter back into the queue."""
        ...

    async def dismiss(self, number: int) -> None:
        """Close a dead letter without Nexudus."""
        ...

    async def close(self, text: str) -> None:
        """Take no codes from now on, and send everybody to reception; with these words, if there are any."""
        ...

    async def open(self) -> None:
        """Take codes again."""
        ...

    async def set_look(self, look: Look) -> None:
        """Greet everybody so from now on."""
        ...

    def line(self) -> LineStatus:
        """One look at the line and the sign-in."""
        ...

    def camera(self) -> CameraStanding:
        """One look at the camera."""
        ...

    def radio(self) -> RadioStanding | None:
        """One look at Bluetooth; None where this kiosk has none."""
        ...

    async def note(self, act: Act, note: str = "") -> None:
        """Leave a line in the audit for an act that changes nothing here. Never raises: a test is not worth less
        because the disk is full."""
        ...
