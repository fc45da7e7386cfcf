"""Setting a kiosk up, as a page on the glass sees it: the way to Nexudus, the sign-in, the rights, the location.

NotDone   a step was not carried out; `reason` says why, and words for it are in `kiosk.i18n.set_up_words`
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from kiosk.desk.house import House


class Leg(StrEnum):
    """A part of the way to Nexudus, in the order in which it is gone."""

    NETWORK = "network"
    """This device is in a network that leads elsewhere."""
    NAME = "name"
    CONNECTION = "connection"
    TRUST = "trust"
    ANSWER = "answer"


class Passing(StrEnum):
    """What came of a part of the way."""

    PASSED = "passed"
    STOPPED = "stopped"
    NOT_TRIED = "not tried"


class Obstacle(StrEnum):
    """What stands in the way. For each there is something that staff can do."""

    NO_NETWORK = "no network"
    """No cable, no Wi-Fi, or no address from it."""
    NO_NAME_SERVER = "no name server"
    NAME_UNKNOWN = "name unknown"
    NO_CONNECTION = "no connection"
    """A firewall, or a service that is down."""
    CLOCK_WRONG = "clock wrong"
    """The certificate has run out or is not valid yet, by this device's clock."""
    NOT_TRUSTED = "not trusted"
    """The network intercepts secure connections."""
    SOMEBODY_ELSE = "somebody else"
    """A captive portal, or an address that is not Nexudus's."""
    OUT_OF_ORDER = "out of order"
    """Nexudus itself does not work just now."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One part of the way.

    Attributes:
        leg: Which.
        passing: What came of it.
        obstacle: What stopped it; None where nothing did.
    """

    leg: Leg
    passing: Passing
    obstacle: Obstacle | None = None


CLOCK_TOLERANCE = timedelta(minutes=2)
"""A clock that is further off is told: the kiosk goes by the time of Nexudus, but certificates may not."""


@dataclass(frozen=True, slots=True)
class Way:
    """How far the way to Nexudus goes.

    Attributes:
        address: Where Nexudus is taken to be.
        passages: One for each `Leg`, in order.
        clock_off: How far this device's clock is ahead of Nexudus's, less than zero if behind; None where Nexudus did
            not say.
    """

    address: str
    passages: Sequence[Passage]
    clock_off: timedelta | None = None

    @property
    def is_open(self) -> bool:
        """Whether it leads to its end."""
        return bool(self.passages) and self.passages[-1].passing is Passing.PASSED

    @property
    def clock_is_wrong(self) -> bool:
        """Whether staff should set the clock, though the way is open."""
        return self.clock_off is not None and abs(self.clock_off) > CLOCK_TOLERANCE


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody signs in with. Used once, kept nowhere, and in no `repr`.

    Attributes:
        email: The kiosk's own account.
        password: Its password.
        code: The six digits of two-factor sign-in; empty where there are none.
    """

    email: str = field(repr=False)
    password: str = field(repr=False)
    code: str = field(default="", repr=False)


class Held(StrEnum):
    """How a right stands."""

    GRANTED = "granted"
    MISSING = "missing"
    UNVERIFIED = "not verified"


@dataclass(frozen=True, slots=True)
class RightSeen:
    """One right that the kiosk needs.

    Attributes:
        name: As the role editor of Nexudus shows it, such as "Coworker - List".
        held: Whether the account has it.
        without: What stops without it, in a sentence that is its key in the catalogues.
        vital: Whether a kiosk without it can check in nobody.
    """

    name: str
    held: Held
    without: str
    vital: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A location of the account."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account that has signed in.

    Attributes:
        name: Whose it is.
        places: The locations it sees, by name. Empty where it may not list them, or sees none.
        rights: Each right that the kiosk needs, as Nexudus's role editor orders them.
        usual: The id of the location that is most likely meant, or None.
    """

    name: str
    places: Sequence[Place]
    rights: Sequence[RightSeen]
    usual: int | None = None

    @property
    def is_enough(self) -> bool:
        """Whether nothing is missing that no kiosk can do without."""
        return not any(right.vital and right.held is Held.MISSING for right in self.rights)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was found at a location, now that the kiosk is ready for it.

    Attributes:
        house: The location with its texts and its form.
        zone: Its IANA time zone.
        zone_is_sure: Whether the zone is this location's, and not only that of the account's own.
        members: How many can check in by PIN.
        visitors: How many are invited for these days; None where that may not be read.
        present: How many members are checked in now.
        guessable: Whether PINs are so easily guessed that the first letter of the surname is asked for.
        host_filter: Whether Nexudus limits the hosts by a filter that this kiosk cannot read.
    """

    house: House
    zone: str
    zone_is_sure: bool
    members: int
    visitors: int | None
    present: int
    guessable: bool
    host_filter: bool


class Hindrance(StrEnum):
    """Why a step was not carried out."""

    ADDRESS = "address"
    """It is none that a password may be sent to."""
    REFUSED = "refused"
    """The e-mail address, password or code is wrong."""
    CODE_WANTED = "code wanted"
    UNREACHED = "unreached"
    """The way to Nexudus is not open (any more)."""
    NO_ANSWER = "no answer"
    """Nexudus, or somebody in its place, gave no usable answer."""
    BUSY = "busy"
    """Nexudus asks to wait."""
    RIGHT_MISSING = "right missing"
    SIGN_IN_AGAIN = "sign in again"
    """The sign-in is not good any more."""
    PLACE = "place"
    """Events of another location wait, or the account does not see where the kiosk stands."""
    DISK = "disk"
    """The state could not be opened or written."""


class NotDone(Exception):
    """A step was not carried out; all is as it was. The message is what else is known, for staff; it may be empty."""

    def __init__(self, reason: Hindrance, said: str = "") -> None:
        super().__init__(said)
        self.reason = reason


class SigningIn(Protocol):
    """Somebody signs the kiosk in. Never blocks; a call that is cancelled stops."""

    @property
    def usual_email(self) -> str:
        """The account that was signed in last; empty if none was."""
        ...

    async def sign_in(self, credentials: Credentials) -> AccountSeen | None:
        """Sign in; answers what the account sees and may do, or None where the kiosk goes on as it is. Raises
        NotDone."""
        ...


Progress = Callable[[int, int | None], None]
"""Told how many records of members have been read, and of how many, if that is known; from any thread."""


class Provisioning(SigningIn, Protocol):
    """All steps from a blank state to a kiosk. They may be taken again, and in any order that makes sense."""

    @property
    def usual_address(self) -> str:
        """Where Nexudus is unless somebody says otherwise."""
        ...

    @property
    def is_address_settled(self) -> bool:
        """Whether the settings say where Nexudus is: the kiosk will go by them, whatever is said here."""
        ...

    async def explore(self, address: str) -> Way:
        """Go the way to an address. The steps after it use that address. Raises NotDone."""
        ...

    async def look_again(self) -> AccountSeen:
        """What the account sees and may do now, after somebody has granted it something. Raises NotDone."""
        ...

    async def settle(self, place: int, progress: Progress) -> Settled:
        """Make the kiosk ready for a location. Raises NotDone."""
        ...

    async def is_ready(self) -> bool:
        """Whether the kiosk has been set up, as from another terminal meanwhile."""
        ...


class StaffPinKeeper(Protocol):
    """Keeps the PIN that opens the staff corner."""

    def set_staff_pin(self, pin: str) -> None:
        """Keep it, hashed. Blocks for the disk. Raises NotRecorded, or NotPossible for what cannot be a staff PIN."""
        ...
