"""Scanning with bleak so that every packet of a badge arrives.

Two scanners on one adapter, in this order. First a passive one, which registers an advertisement monitor: it hears
nothing itself, but while there is one the kernel leaves the controller's duplicate filter off, without which the
adapter of a Raspberry Pi tells of a badge once in ten seconds. Then an active one that asks for a least loudness, since
newer releases of BlueZ report it only for such a scan whenever it changes at all, and for repeated data, since BlueZ
otherwise keeps back what it has told before.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING

from kiosk.sensors.radio.bluez import end_of
from kiosk.sensors.radio.errors import (
    RadioError,
    RadioForbidden,
    RadioLost,
    RadioMissing,
    RadioOff,
    RadioSoftwareMissing,
)
from kiosk.sensors.radio.packets import Sighting

if TYPE_CHECKING:
    from bleak import BleakScanner
    from bleak.backends.device import BLEDevice
    from bleak.backends.scanner import AdvertisementData

START_SECONDS = 15.0
STOP_SECONDS = 3.0
"""How long stopping may take: a daemon that hangs must not keep the radio from being begun anew."""

MONITOR_MISSING = (
    "Badges may be noticed late: BlueZ offers no advertisement monitor. Write Experimental = true below [General] in "
    "/etc/bluetooth/main.conf, and give: sudo systemctl restart bluetooth."
)

_OF_PACKETS = ("RSSI", "ManufacturerData", "ServiceData")

_IBEACON = b"\x4c\x00\x02\x15"
_EDDYSTONE = b"\xaa\xfe"


@contextlib.asynccontextmanager
async def scanning(adapter: str, floor: int, heard: Callable[[Sighting], None]) -> AsyncIterator[str]:
    """Scan until the end of the block; yields what keeps it from being as good as it could be, or nothing.

    It must be the only user of bleak in the running event loop, which should end with it.

    Args:
        adapter: Such as "hci0".
        floor: The least loudness that is wanted, in dBm.
        heard: Called in the event loop with whatever BlueZ tells of a sender.

    Raises:
        RadioError: It cannot be begun.
    """
    try:
        from bleak import BleakScanner
        from bleak.args.bluez import OrPattern
        from bleak.assigned_numbers import AdvertisementDataType
    except ImportError as error:
        raise RadioSoftwareMissing(f"bleak does not load ({error.name})") from error
    # It quotes strangers' packets where it cannot use them. What matters the radio tells itself.
    logging.getLogger("bleak").setLevel(logging.CRITICAL)

    def told(device: BLEDevice, advertisement: AdvertisementData) -> None:
        heard(_sighting(device, advertisement))

    patterns = [
        OrPattern(0, AdvertisementDataType.MANUFACTURER_SPECIFIC_DATA, _IBEACON),
        OrPattern(0, AdvertisementDataType.SERVICE_DATA_UUID16, _EDDYSTONE),
    ]
    passive = BleakScanner(scanning_mode="passive", bluez={"adapter": adapter, "or_patterns": list(patterns)})
    active = BleakScanner(told, bluez={"adapter": adapter, "filters": {"RSSI": floor, "DuplicateData": True}})
    try:
        note = ""
        try:
            await _start(passive)
        except RadioLost:
            note = MONITOR_MISSING
        await _start(active)
        yield note
    finally:
        for scanner in (active, passive):
            await _stop(scanner)
        await _close_connection()


def _sighting(device: BLEDevice, advertisement: AdvertisementData) -> Sighting:
    """As bleak has it, but with the fields as BlueZ sent them: bleak makes bytes of whatever these are."""
    details = advertisement.platform_data
    known = details[1] if len(details) > 1 and isinstance(details[1], dict) else {}
    rest = {name: value for name, value in known.items() if name not in _OF_PACKETS}
    return Sighting(
        device.address, advertisement.rssi, known.get("ManufacturerData", {}), known.get("ServiceData", {}), rest
    )


async def _start(scanner: BleakScanner) -> None:
    """Begin. Raises RadioError."""
    from bleak.exc import BleakBluetoothNotAvailableError, BleakDBusError

    try:
        async with asyncio.timeout(START_SECONDS):
            await scanner.start()
    except TimeoutError as error:
        raise RadioLost("BlueZ does not begin to scan") from error
    except BleakBluetoothNotAvailableError as error:
        raise _unavailable(error.reason.name) from error
    except BleakDBusError as error:
        raise RadioLost(f"BlueZ does not begin to scan ({error.dbus_error.rpartition('.')[2]})") from error
    except Exception as error:  # bleak may raise anything, and the kiosk goes on without it
        raise RadioLost(f"BlueZ does not begin to scan ({type(error).__name__})") from error


def _unavailable(reason: str) -> RadioError:
    match reason:
        case "NO_BLUETOOTH" | "NO_BLE_CENTRAL_ROLE":
            return RadioMissing("There is no Bluetooth adapter with Low Energy")
        case "POWERED_OFF":
            return RadioOff("The Bluetooth adapter is switched off")
        case _:
            return RadioForbidden("The system bus refuses the kiosk's user")


async def _stop(scanner: BleakScanner) -> None:
    """End. Whatever has ended the scan already, or hangs, is no trouble any more."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(STOP_SECONDS):
            await scanner.stop()


async def _close_connection() -> None:
    """Close the connection that bleak keeps for this event loop, and let go of what it knows of devices.

    bleak would keep both until it is asked for another loop's, and the bus would queue signals for it meanwhile. It has
    no way to say so; where a release keeps them elsewhere, they live until then.
    """
    from bleak.backends.bluezdbus import manager

    kept = getattr(manager, "_global_instances", {}).pop(asyncio.get_running_loop(), None)
    bus = getattr(kept, "_bus", None)
    if bus is not None:
        bus.disconnect()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await end_of(bus)
            await asyncio.sleep(0)  # what waits for the same end
