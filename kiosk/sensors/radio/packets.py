"""Packets as they come from BlueZ, and what of them counts: the border at which a stranger's data is taken in."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from kiosk.desk.adverts import Advert

LOUDEST, FAINTEST = -10, -100
"""What a receiver can measure, in dBm. BlueZ's -127 stands for "not measured"."""

SAME_SECONDS = 0.005
"""The same sender cannot send the same twice within so long: what looks so is one packet that was told of twice."""

FORGET_SECONDS = 20.0
"""How long anything is known of a sender that has fallen silent, give or take how often is looked."""

MOST_SENDERS = 2048
MOST_FIELDS = 16
MOST_BYTES = 255
"""Of one field: the length of a field of an advertisement is one byte."""

_Key = TypeVar("_Key", int, str)

_ADDRESS = re.compile(r"[0-9A-F]{2}(:[0-9A-F]{2}){5}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Sighting:
    """What BlueZ says of a sender at one moment, unchecked. It tells of every change, and not each change is a packet.

    Attributes:
        address: Of the sender.
        rssi: How loud its last packet was, in dBm.
        makers: Manufacturer data by company number.
        services: Service data by UUID.
        rest: Whatever else is known of it, such as whether it is connected.
    """

    address: object = field(repr=False)
    rssi: object
    makers: object = field(repr=False)
    services: object = field(repr=False)
    rest: Mapping[str, object] = field(default_factory=dict, repr=False)


@dataclass(slots=True)
class _Known:
    sighting: Sighting
    at: float


class Sieve:
    """Lets through what is a packet, and loud enough. Belongs to one thread; its counters may be read from any.

    Attributes:
        packets: How many were let through.
        noise: How many tellings were no packet: a device was connected or named, or its loudness withdrawn.
        faint: How many were not as loud as is wanted.
        malformed: How many were not what BlueZ sends.
    """

    def __init__(self, floor: int = FAINTEST) -> None:
        self._floor = max(floor, FAINTEST)
        self._known: OrderedDict[str, _Known] = OrderedDict()  # the one heard last at the end
        self.packets = self.noise = self.faint = self.malformed = 0

    def __len__(self) -> int:
        """Of how many senders something is known at this moment."""
        return len(self._known)

    def sift(self, sighting: Sighting, at: float) -> Advert | None:
        """The packet that was told of, or None.

        Args:
            sighting: What is told.
            at: When, in seconds of `time.monotonic()`.
        """
        self.forget(at)
        address = sighting.address
        if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
            self.malformed += 1
            return None
        before = self._known.pop(address, None)
        self._known[address] = _Known(sighting, at)
        if before is not None and _is_noise(sighting, before.sighting, at - before.at):
            self.noise += 1
            return None
        return self._packet(address, sighting, at)

    def forget(self, now: float) -> None:
        """Forget who has been silent for long. `now` is in seconds of `time.monotonic()`."""
        while self._known:
            oldest = next(iter(self._known))
            if now - self._known[oldest].at <= FORGET_SECONDS and len(self._known) < MOST_SENDERS:
                return
            del self._known[oldest]

    def _packet(self, address: str, sighting: Sighting, at: float) -> Advert | None:
        rssi = sighting.rssi
        makers, services = _fields(sighting.makers, _company), _fields(sighting.services, _uuid)
        if type(rssi) is not int or makers is None or services is None:
            self.malformed += 1
            return None
        if not FAINTEST <= rssi <= LOUDEST:
            self.noise += 1  # nothing was measured: it was out of range, or scanning stopped
            return None
        if rssi < self._floor:
            self.faint += 1
            return None
        self.packets += 1
        return Advert(address, rssi, at, makers, services)


def _is_noise(now: Sighting, before: Sighting, seconds: float) -> bool:
    """Whether nothing was sent: the same was said as before, and something else has changed, or at the same moment."""
    if (now.rssi, now.makers, now.services) != (before.rssi, before.makers, before.services):
        return False
    return now.rest != before.rest or seconds < SAME_SECONDS


def _fields(found: object, key_of: Callable[[object], _Key | None]) -> dict[_Key, bytes] | None:
    """The fields of a packet as they were sent, or None if these are none."""
    if not isinstance(found, Mapping) or len(found) > MOST_FIELDS:
        return None
    fields: dict[_Key, bytes] = {}
    for name, data in found.items():
        key = key_of(name)
        if key is None or not isinstance(data, bytes) or len(data) > MOST_BYTES:
            return None
        fields[key] = data
    return fields


def _company(name: object) -> int | None:
    return name if type(name) is int and 0 <= name <= 0xFFFF else None


def _uuid(name: object) -> str | None:
    lower = name.lower() if isinstance(name, str) else ""
    return lower if _UUID.fullmatch(lower) else None
