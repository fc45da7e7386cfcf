"""Rolling badges: a token that changes every half minute, which only the badge and the kiosk can make.

Service data of 10 bytes under `SERVICE`: version and flags (1: version 1 in the upper four bits), the lower eight bits
of the slot (1), and the first eight bytes of HMAC-SHA256(key, "NXR1", slot as eight bytes, flags as one). A slot is 30
seconds since 1970 by the badge's clock. With flags and the service's 128 bits it fills the 31 bytes of one advert.

| token | what becomes of it |
| --- | --- |
| of this slot, the one before or the one after | the badge, fresh |
| of a slot that has acted, or of an earlier one | the badge, used: it is there, and does not act |
| of any other slot: played back later, or while one of the clocks is wrong | a stranger |
| with another version, an unknown flag, a byte too few or too many | a stranger |

A badge's clock drifts: by how many slots is learnt each time that it acts, and the three slots lie around that. One
that stays away until it has drifted by more than a slot since (with a good crystal half a month, with a poor one days)
has to be added anew. While the kiosk's own clock is wrong by more than a slot nobody is recognised, nothing is learnt,
and all is well as soon as it is right again.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from enum import IntFlag

from kiosk.desk.adverts import Advert
from kiosk.desk.badges import DEFAULT_CALIBRATION, TRUST, EnrolledBadge, Freshness, Heard, Tier

SERVICE = "6e78726b-7d0a-4c5e-9a51-4c6f62627931"
"""The kiosk's own; drawn once."""

SLOT_SECONDS = 30
KEY_BYTES = 32
_VERSION = 0x10
_TOKEN_BYTES = 10
_TAG_BYTES = 8
_WINDOW = (-1, 0, 1)


class Flag(IntFlag):
    """What a badge may say besides."""

    BUTTON = 1
    """Its button is pressed."""
    BATTERY = 2
    """Its battery is low."""


_FLAGS = Flag.BUTTON | Flag.BATTERY


def slot_at(wall: float) -> int:
    """The slot of a time of day in seconds since 1970."""
    return int(wall // SLOT_SECONDS)


def token(key: bytes, slot: int, flags: int = 0) -> bytes:
    """The service data of a badge with this key in this slot, with the `Flag`s that it says besides."""
    tag = hmac.digest(key, b"NXR1" + slot.to_bytes(8) + bytes([flags]), "sha256")[:_TAG_BYTES]
    return bytes([_VERSION | flags, slot & 0xFF]) + tag


class RollingScheme:
    """Fulfils `Scheme` for rolling badges: one look-up an advert, whoever sends it, in tables that are made anew with
    each slot.

    Args:
        badges: Those that count; the same object until one of them changes.
    """

    def __init__(self, badges: Callable[[], Sequence[EnrolledBadge]]) -> None:
        self._badges = badges
        self._of: Sequence[EnrolledBadge] = ()
        self._slot = -1
        self._tables: dict[int, dict[bytes, tuple[EnrolledBadge, int]]] = {}

    def recognise(self, advert: Advert, wall: float) -> Heard | None:
        """See `Scheme`."""
        data = advert.services.get(SERVICE)
        if data is None or len(data) != _TOKEN_BYTES:
            return None
        flags = data[0] ^ _VERSION
        if flags & ~_FLAGS:
            return None
        found = self._table(flags, slot_at(wall)).get(bytes(data))
        if found is None:
            return None
        badge, slot = found
        level = DEFAULT_CALIBRATION if badge.calibration is None else badge.calibration
        freshness = Freshness.FRESH if slot > badge.slot else Freshness.USED
        return Heard(badge.handle, TRUST[Tier.ROLLING], level, freshness, slot)

    def _table(self, flags: int, now: int) -> dict[bytes, tuple[EnrolledBadge, int]]:
        badges = self._badges()
        if badges is not self._of or now != self._slot:
            self._of, self._slot, self._tables = badges, now, {}
        table = self._tables.get(flags)
        if table is None:
            table = {
                token(badge.secret, slot, flags): (badge, slot)
                for badge in badges
                for slot in (now + badge.drift + step for step in _WINDOW)
                if slot >= 0
            }
            self._tables[flags] = table
        return table
