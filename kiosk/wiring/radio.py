"""Builds the Bluetooth parts out of the settings: the radio that hears badges, and the beacon that phones hear."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from kiosk.desk.adverts import Advert, Radio, RadioStanding
from kiosk.sections.bluetooth import BluetoothSettings
from kiosk.sensors.radio.advertising import Beacon
from kiosk.sensors.radio.beacon import BeaconNumbers
from kiosk.sensors.radio.choice import choose_radio
from kiosk.settings import Settings
from kiosk.state.secrets import derive, load_key


class DeafEar:
    """Fulfils the desk's `Ear` for a kiosk that knows no badges: what is heard is forgotten."""

    def heard(self, advert: Advert) -> None:
        """Forget it."""


class Bluetooth:
    """What of Bluetooth a kiosk has."""

    def __init__(self, radio: Radio, beacon: Beacon | None = None) -> None:
        self.radio = radio
        self._beacon = beacon

    def standing(self) -> RadioStanding:
        """How it stands, for staff. May be asked by any thread."""
        standing = self.radio.standing()
        return standing if self._beacon is None else replace(standing, beacon=self._beacon.state)

    @contextlib.contextmanager
    def sending(self) -> Iterator[None]:
        """Send the beacon, if one is wanted, until the end."""
        if self._beacon is None:
            yield
            return
        self._beacon.start()
        try:
            yield
        finally:
            self._beacon.stop()


def bluetooth_of(settings: Settings) -> Bluetooth:
    """Bluetooth as the settings want it.

    Raises:
        RecordingUnusable: A recording is to be replayed, and cannot be.
        StateDamaged: The beacon is to roll, and this device's key cannot be used.
        StateNotWritten: The same, and the key cannot be made.
    """
    wanted = settings.bluetooth
    numbers = beacon_numbers(settings)
    beacon = None if numbers is None else Beacon(numbers, wanted.adapter)
    return Bluetooth(radio_of(wanted), beacon)


def radio_of(wanted: BluetoothSettings) -> Radio:
    """The radio of the settings. Raises RecordingUnusable."""
    return choose_radio(wanted.source, wanted.adapter, wanted.rssi_floor)


def beacon_numbers(settings: Settings) -> BeaconNumbers | None:
    """What the beacon says; None where none is wanted. Raises StateDamaged, StateNotWritten."""
    wanted = settings.bluetooth
    if not wanted.beacon_uuid:
        return None
    key = beacon_key(settings) if wanted.beacon_rolling else None
    return BeaconNumbers(UUID(wanted.beacon_uuid), wanted.beacon_major, wanted.beacon_minor, key)


def beacon_key(settings: Settings) -> bytes:
    """The key of the rolling minor number, 32 bytes, out of this device's key. It opens nothing else.

    Raises:
        StateDamaged: The device's key cannot be used.
        StateNotWritten: It cannot be made.
    """
    return derive(load_key(settings.state.key_file, settings.state.folder), "beacon")
