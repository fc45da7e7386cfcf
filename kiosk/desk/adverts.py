"""What a radio hears, in the desk's terms: the port between the Bluetooth sensor and the rule of nearness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Advert:
    """One advertisement as it was heard. All of it is data from outside: anybody may send anything.

    Attributes:
        address: Of the sender at this moment. Not an identity, since it may change with every packet; never stored and
            never logged, and not shown by `repr`.
        rssi: How loud it was, in dBm, -100 to -10.
        at: When it was heard, in seconds of `time.monotonic()`.
        makers: Manufacturer data by company number, as far as the packet held any.
        services: Service data by the lower-case text of a 128-bit UUID.
    """

    address: str = field(repr=False)
    rssi: int
    at: float
    makers: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    services: Mapping[str, bytes] = field(default_factory=dict, repr=False)


class RadioState(StrEnum):
    """What can be said of Bluetooth at this moment."""

    ABSENT = "absent"
    """Switched off in the settings, or there is no adapter."""
    STARTING = "starting"
    """It is being brought up."""
    LISTENING = "listening"
    """Adverts would be heard if there were any."""
    LOST = "lost"
    """It failed after it was configured; it is tried again by itself."""


class BeaconState(StrEnum):
    """What can be said of the beacon that the kiosk sends."""

    NONE = "none"
    """None is wanted."""
    STARTING = "starting"
    """It is being brought up."""
    SENDING = "sending"
    """Phones nearby can hear it."""
    LOST = "lost"
    """It cannot be sent; it is tried again by itself."""


@dataclass(frozen=True, slots=True)
class RadioStanding:
    """How Bluetooth stands, for `kiosk status`, `kiosk doctor` and the staff corner.

    Attributes:
        state: What it is doing.
        adapter: The adapter's name, empty while there is none.
        firmware: What is known of its maker and version, empty where nothing is.
        packets_per_second: Of the last seconds.
        last_packet_at: When the last advert was heard, in seconds of `time.monotonic()`; None before the first.
        restarts: How often scanning had to be begun anew since the start.
        lost: Packets that nobody was told of, since the kiosk was busy for too long.
        cure: What is wrong and what to do about it, for staff; empty without a fault.
        beacon: What is sent.
    """

    state: RadioState
    adapter: str = ""
    firmware: str = ""
    packets_per_second: float = 0.0
    last_packet_at: float | None = None
    restarts: int = 0
    lost: int = 0
    cure: str = ""
    beacon: BeaconState = BeaconState.NONE


class Ear(Protocol):
    """Who is told of each advert, in the event loop; returns at once and keeps nothing of strangers."""

    def heard(self, advert: Advert) -> None:
        """One packet."""
        ...


class Radio(Protocol):
    """The Bluetooth sensor, real or replayed."""

    def standing(self) -> RadioStanding:
        """One look at it, from memory."""
        ...

    async def listen(self, ear: Ear) -> None:
        """Tell the ear until cancelled. Never raises for what a radio or a daemon does: that shows in the standing."""
        ...
