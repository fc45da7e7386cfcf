"""Static badges: what iBeacons and Eddystone-UID frames say of themselves.

| payload | what becomes of it |
| --- | --- |
| company 0x004C: `02 15`, UUID (16), major (2), minor (2), power (1) | `ibeacon:UUID:MAJOR:MINOR` |
| service 0xFEAA: `00`, power (1), namespace (10), instance (6), perhaps two reserved bytes | `eddystone:NS:ID` |
| any other length, kind or company; nothing at all | no sign |

The power is the sender's own word and is not believed: how loud a badge is at the mark is measured. So is nothing else
of it proof, since anybody can send the same bytes: a static badge asks for a tap.

Sources: Apple's Proximity Beacon Specification R1; github.com/google/eddystone, eddystone-uid.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from uuid import UUID

from kiosk.desk.adverts import Advert
from kiosk.desk.badges import DEFAULT_CALIBRATION, TRUST, EnrolledBadge, Heard, Tier

APPLE = 0x004C
EDDYSTONE = "0000feaa-0000-1000-8000-00805f9b34fb"

_BEACON = b"\x02\x15"
_BEACON_BYTES = 23
_UID = 0x00
_UID_BYTES = (18, 20)

_HANDLE = re.compile(r"[0-9a-f]{16}", re.ASCII)
_IBEACON_TEXT = re.compile(r"ibeacon:([0-9a-f-]{32,36}):([0-9]{1,5}):([0-9]{1,5})", re.ASCII)
_EDDYSTONE_TEXT = re.compile(r"eddystone:([0-9a-f]{20}):([0-9a-f]{12})", re.ASCII)


def sign_in(advert: Advert) -> str | None:
    """What a static badge says of itself, in its one written form; None for whatever is none."""
    beacon = advert.makers.get(APPLE)
    if beacon is not None and len(beacon) == _BEACON_BYTES and beacon.startswith(_BEACON):
        major, minor = int.from_bytes(beacon[18:20]), int.from_bytes(beacon[20:22])
        return f"ibeacon:{UUID(bytes=bytes(beacon[2:18]))}:{major}:{minor}"
    frame = advert.services.get(EDDYSTONE)
    if frame is not None and len(frame) in _UID_BYTES and frame[0] == _UID:
        return f"eddystone:{frame[2:12].hex()}:{frame[12:18].hex()}"
    return None


def read_sign(text: str) -> str | None:
    """A sign as somebody writes it, in its one written form; None if it is none."""
    bare = "".join(text.split()).lower()
    if (found := _IBEACON_TEXT.fullmatch(bare)) is not None:
        try:
            identity = UUID(found[1])
        except ValueError:
            return None
        major, minor = int(found[2]), int(found[3])
        return f"ibeacon:{identity}:{major}:{minor}" if max(major, minor) <= 0xFFFF else None
    found = _EDDYSTONE_TEXT.fullmatch(bare)
    return found[0] if found is not None else None


def handle_of(sign: str) -> str:
    """The handle of a static badge: 64 bits of SHA-256 over its sign, the same at every kiosk, so that the one that
    staff enter in Nexudus is known to all of them."""
    return hashlib.sha256(f"kiosk badge {sign}".encode()).hexdigest()[:16]


def read_handle(text: str) -> str | None:
    """The handle in what staff have entered: the handle itself, or the whole sign; None for anything else."""
    if (sign := read_sign(text)) is not None:
        return handle_of(sign)
    bare = text.strip().lower()
    return bare if _HANDLE.fullmatch(bare) else None


class StaticScheme:
    """Fulfils `Scheme` for static badges.

    Args:
        known: The badge of a handle if it counts: enrolled here, or by its calibration alone; else None.
    """

    def __init__(self, known: Callable[[str], EnrolledBadge | int | None]) -> None:
        self._known = known

    def recognise(self, advert: Advert, wall: float) -> Heard | None:
        """See `Scheme`."""
        sign = sign_in(advert)
        if sign is None:
            return None
        handle = handle_of(sign)
        known = self._known(handle)
        if known is None:
            return None
        level = known.calibration if isinstance(known, EnrolledBadge) else known
        return Heard(handle, TRUST[Tier.STATIC], DEFAULT_CALIBRATION if level is None else level)
