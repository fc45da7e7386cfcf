"""The Bluetooth adapters of this machine as BlueZ tells of them, and the choice of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.sensors.radio.errors import RadioMissing, RadioOff
from kiosk.text import clean

ADAPTER = "org.bluez.Adapter1"
MONITORS = "org.bluez.AdvertisementMonitorManager1"
ADVERTISING = "org.bluez.LEAdvertisingManager1"

SYS = Path("/sys/class/bluetooth")

MAKERS = {2: "Intel", 10: "Cambridge Silicon Radio", 13: "Texas Instruments", 15: "Broadcom", 29: "Qualcomm",
          70: "MediaTek", 93: "Realtek", 305: "Cypress"}  # fmt: skip
"""Who makes the chips of adapters, by company number (Bluetooth Assigned Numbers, 7.1)."""

VERSIONS = {6: "4.0", 7: "4.1", 8: "4.2", 9: "5.0", 10: "5.1", 11: "5.2", 12: "5.3", 13: "5.4", 14: "6.0"}
"""Releases of the core specification by the number that a controller tells (Assigned Numbers, 2.1)."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """One adapter.

    Attributes:
        path: Its object on the bus.
        name: What the system calls it, such as "hci0".
        alias: What it calls itself, by default after the machine; from outside, cleaned.
        powered: Whether it is switched on.
        listens: Whether it can scan for Low Energy devices.
        monitors: Whether BlueZ offers advertisement monitors on it, without which it may leave most packets out.
        advertises: Whether it can send advertisements.
        firmware: What is known of its maker, version and driver, and of BlueZ; empty where nothing is.
    """

    path: str
    name: str
    alias: str = ""
    powered: bool = True
    listens: bool = True
    monitors: bool = True
    advertises: bool = True
    firmware: str = ""

    @property
    def shown(self) -> str:
        """Its name for staff."""
        return f"{self.name} ({self.alias})" if self.alias else self.name


def adapters_in(objects: Mapping[str, Mapping[str, Mapping[str, Any]]], sys: Path = SYS) -> list[Adapter]:
    """The adapters among BlueZ's objects, lowest number first. A property that is missing or strange is left out.

    Args:
        objects: Properties by interface by path, with plain values, as of `GetManagedObjects`.
        sys: Where the kernel tells of its adapters. Read from memory, not from a disk.
    """
    found = [
        _adapter(path, interfaces, sys)
        for path, interfaces in objects.items()
        if ADAPTER in interfaces and re.fullmatch(r"/org/bluez/hci[0-9]{1,3}", path)
    ]
    return sorted(found, key=lambda adapter: int(adapter.name[3:]))


def choose_adapter(adapters: Sequence[Adapter], wanted: str) -> Adapter:
    """The adapter to use: the one that is wanted, else the first that is switched on and can scan.

    Args:
        adapters: Those there are.
        wanted: Its name such as "hci1", or nothing.

    Raises:
        RadioMissing: There is none that can be used.
        RadioOff: There is, and it is switched off.
    """
    if wanted:
        adapters = [adapter for adapter in adapters if adapter.name == wanted]
        if not adapters:
            raise RadioMissing(f"There is no Bluetooth adapter {wanted}")
    if not adapters:
        raise RadioMissing("There is no Bluetooth adapter")
    able = [adapter for adapter in adapters if adapter.listens]
    if not able:
        raise RadioMissing(f"The Bluetooth adapter {adapters[0].shown} has no Low Energy")
    for adapter in able:
        if adapter.powered:
            return adapter
    raise RadioOff(f"The Bluetooth adapter {able[0].shown} is switched off")


def _adapter(path: str, interfaces: Mapping[str, Mapping[str, Any]], sys: Path) -> Adapter:
    properties = interfaces[ADAPTER]
    name, roles = path.rpartition("/")[2], properties.get("Roles")
    alias = properties.get("Alias") or properties.get("Name")
    return Adapter(
        path,
        name,
        clean(alias, 40) if isinstance(alias, str) and alias != name else "",
        properties.get("Powered") is True,
        "central" in roles if isinstance(roles, list) else True,  # older daemons do not tell roles
        MONITORS in interfaces,
        ADVERTISING in interfaces,
        firmware_of(properties, sys / name),
    )


def firmware_of(properties: Mapping[str, Any], folder: Path) -> str:
    """What is known of an adapter's maker, version and driver, and of BlueZ, such as "Broadcom, Bluetooth 5.0, driver
    hci_uart_bcm, BlueZ 5.82". No adapter tells the version of its firmware to a user without rights.

    Args:
        properties: Those of `org.bluez.Adapter1`. `Manufacturer` and `Version` come with BlueZ 5.70.
        folder: Where the kernel tells of it.
    """
    known = []
    if isinstance(maker := properties.get("Manufacturer"), int):
        known.append(MAKERS.get(maker, f"maker {maker}"))
    if isinstance(version := properties.get("Version"), int) and version in VERSIONS:
        known.append(f"Bluetooth {VERSIONS[version]}")
    if driver := _driver(folder):
        known.append(f"driver {driver}")
    if bluez := _bluez_version(properties.get("Modalias")):
        known.append(f"BlueZ {bluez}")
    return ", ".join(known)


def _driver(folder: Path) -> str:
    try:
        return clean((folder / "device" / "driver").resolve(strict=True).name, 40)
    except OSError:
        return ""


def _bluez_version(modalias: object) -> str:
    """BlueZ gives itself as product 1D6B:0246, with its own version in place of the product's."""
    match = re.fullmatch(r"usb:v1D6Bp0246d([0-9A-F]{2})([0-9A-F]{2})", modalias) if isinstance(modalias, str) else None
    return f"{int(match[1], 16)}.{int(match[2], 16)}" if match else ""
