"""Badges that are held near: what is known of one, how far each kind is trusted, and the ports around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kiosk.desk.adverts import Advert
from kiosk.desk.people import Member, PersonId

DEFAULT_CALIBRATION = -42
"""How loud a badge is at the mark, in dBm, while nobody has held it there to measure: what a well-known wrist band's
vendor recommends as the level of a tap, and quieter than most badges are that close."""


class Tier(StrEnum):
    """How a badge says which one it is. The values are stable words: they stand in the state and in exports."""

    STATIC = "static"
    """The same for ever (iBeacon, Eddystone-UID): whoever has heard it once can send it."""
    ROLLING = "rolling"
    """A token that changes every half minute and is accepted once: it can be passed on while it lasts, not copied."""


class Trust(StrEnum):
    """What a badge may do by being held near."""

    ASKS = "asks"
    """It names a person, and proves nothing: a tap says that it is them."""
    PROVES = "proves"
    """It proves itself, so it may act without a tap where the location allows that."""


class Freshness(StrEnum):
    """Whether what was heard may act."""

    FRESH = "fresh"
    USED = "used"
    """This token, or a later one, has acted already: the badge is still there, or somebody plays it back."""


class HandsFree(StrEnum):
    """Whether a badge that proves itself acts without a tap."""

    OFF = "off"
    ON = "on"


class PlaceKind(StrEnum):
    """Where staff enter the handle of a badge at its member in Nexudus."""

    CUSTOM_FIELD = "custom-field"
    KEY_FOB = "key-fob"
    """`KeyFobNumber`, where the doors do not need it."""
    ACCESS_CARD = "access-card"
    """`AccessCardId`, the same."""
    NONE = "none"
    """Nowhere: only badges that were enrolled here count."""


@dataclass(frozen=True, slots=True)
class BadgePlace:
    """That place. `name` is that of the custom field, in whatever case."""

    kind: PlaceKind = PlaceKind.NONE
    name: str = ""


TRUST = {Tier.STATIC: Trust.ASKS, Tier.ROLLING: Trust.PROVES}


@dataclass(frozen=True, slots=True)
class EnrolledBadge:
    """A badge of a member, as this kiosk keeps it.

    Attributes:
        handle: 16 hexadecimal digits that name it: in logs, in listings, and at its member in Nexudus.
        member: Whose it is.
        tier: How it says which one it is.
        secret: Of a static one the text of its sign, of a rolling one the key of its tokens. Not shown by `repr`.
        calibration: How loud it is at the mark, in dBm; None before it was held there.
        made: When it was enrolled, in UTC.
        revoked: Since when it counts no more, in UTC; None while it does.
        slot: The last slot of a rolling one that has acted; -1 before the first.
        drift: By how many slots its clock was ahead of the kiosk's then.
    """

    handle: str
    member: PersonId
    tier: Tier
    secret: bytes = field(repr=False)
    made: datetime
    calibration: int | None = None
    revoked: datetime | None = None
    slot: int = -1
    drift: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """A badge that somebody of this location has, as one advert told.

    Attributes:
        handle: Which.
        trust: What it may do.
        calibration: How loud it is at the mark, in dBm.
        freshness: Whether it may act.
        slot: The slot of its token; None for a static one.
    """

    handle: str
    trust: Trust
    calibration: int
    freshness: Freshness = Freshness.FRESH
    slot: int | None = None


class Scheme(Protocol):
    """One tier: finds the badge behind an advert. Others (keys of bonded phones, Eddystone-EID, a challenge over GATT)
    fit beside the two that there are."""

    def recognise(self, advert: Advert, wall: float) -> Heard | None:
        """The badge of somebody here, or None: for a stranger, and for whatever is malformed. Keeps nothing of either.

        Args:
            advert: One packet, whatever it holds.
            wall: The time of day, in seconds since 1970 by this device's clock.
        """
        ...


class BadgeRegister(Protocol):
    """The badges of this location. Reads answer from memory; writes block until they are on disk and raise
    NotRecorded."""

    def static(self, handle: str) -> EnrolledBadge | int | None:
        """A static badge that counts: as it was enrolled here; its calibration where only Nexudus knows it; or None."""
        ...

    def rolling(self) -> Sequence[EnrolledBadge]:
        """The rolling badges that count. The same object until one of them changes."""
        ...

    def holders(self, handle: str) -> Sequence[Member]:
        """Whose badge this is: nobody, one, or several where staff gave one handle to more than one member."""
        ...

    def use(self, handle: str, slot: int, drift: int) -> bool:
        """Note that a rolling badge acts by the token of this slot; False if that one or a later one has already."""
        ...


class BadgeActs(Protocol):
    """What staff do with badges. Writes block until they are on disk and raise NotRecorded; then nothing has
    changed."""

    def badge(self, handle: str) -> EnrolledBadge | None:
        """A badge that was enrolled here, revoked or not."""
        ...

    def member(self, person: PersonId) -> Member | None:
        """A member of the directory."""
        ...

    def put(self, badges: Iterable[EnrolledBadge], who: str = "") -> None:
        """Keep badges, in place of those that have the same handle, each with a line in the audit.

        Args:
            badges: As they are to be kept.
            who: Does it, for the audit; empty for whoever gives a command on this device.
        """
        ...

    def revoke(self, handle: str, who: str = "") -> EnrolledBadge | None:
        """Let a badge count no more, with a line in the audit; None where there is none that does."""
        ...

    def forget(self, person: PersonId) -> None:
        """Erase the badges of a person."""
        ...


def recognised(schemes: Sequence[Scheme], advert: Advert, wall: float) -> Heard | None:
    """The badge behind an advert, by whichever scheme finds it."""
    for scheme in schemes:
        if (heard := scheme.recognise(advert, wall)) is not None:
            return heard
    return None
