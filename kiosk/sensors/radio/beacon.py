"""What the kiosk itself sends: an iBeacon, by which an app on a phone finds out that it is near.

The protocol of an iBeacon is Apple's ("Proximity Beacon Specification", release 1): manufacturer data of company 0x004C
with 02 15, the UUID, the major and the minor number, and how loud it is at one metre.

A minor number that rolls proves that whoever names it has been near lately: it is the beginning of an HMAC over the
time slot, so a phone that reports it to a server which has the key cannot have learnt it long ago. It has 16 bits; the
server must limit guesses.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from uuid import UUID

APPLE = 0x004C

SLOT_SECONDS = 30
"""How long a rolling minor number is sent."""

LOUDNESS_AT_1_M = -59
"""In dBm, what a phone expects at one metre. What an adapter in its case really sends is to be measured on the spot."""


@dataclass(frozen=True, slots=True)
class BeaconNumbers:
    """What the beacon says.

    Attributes:
        uuid: Of whoever runs the kiosks.
        major: Of the location or kiosk.
        minor: Of the kiosk; not used where it rolls.
        key: 32 bytes that the rolling minor number is made with; None where the minor number stays. Not in `repr`.
    """

    uuid: UUID
    major: int
    minor: int
    key: bytes | None = None

    def __repr__(self) -> str:
        return f"BeaconNumbers({self.uuid}, {self.major}, {'rolling' if self.key else self.minor})"

    def minor_at(self, seconds: float) -> int:
        """The minor number at a time in seconds since 1970 (UTC)."""
        return self.minor if self.key is None else rolling_minor(self.key, self.uuid, self.major, slot_at(seconds))

    def payload_at(self, seconds: float) -> bytes:
        """The manufacturer data at that time, without the company number: 23 bytes."""
        numbers = struct.pack(">HHb", self.major, self.minor_at(seconds), LOUDNESS_AT_1_M)
        return b"\x02\x15" + self.uuid.bytes + numbers


def slot_at(seconds: float) -> int:
    """Which time slot it is."""
    return int(seconds // SLOT_SECONDS)


def rolling_minor(key: bytes, uuid: UUID, major: int, slot: int) -> int:
    """The minor number of a slot: the first 16 bits of HMAC-SHA256(key, "NXB1" | uuid | major | slot), with the major
    in 2 bytes and the slot in 8, high byte first."""
    text = b"NXB1" + uuid.bytes + struct.pack(">HQ", major, slot)
    return int.from_bytes(hmac.new(key, text, hashlib.sha256).digest()[:2], "big")


def seconds_left(at: float, now: float) -> float:
    """How long the slot of a time `at` lasts yet; never longer than a slot, however the clock is set meanwhile."""
    end = (slot_at(at) + 1) * SLOT_SECONDS
    return min(max(end - now, 0.0), SLOT_SECONDS)
