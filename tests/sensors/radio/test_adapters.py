"""Which adapter is taken, and what is told of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.sensors.radio.adapters import ADAPTER, Adapter, adapters_in, choose_adapter, firmware_of
from kiosk.sensors.radio.errors import RadioMissing, RadioOff


def adapter(name: str, *, powered: bool = True, listens: bool = True) -> Adapter:
    return Adapter(f"/org/bluez/{name}", name, powered=powered, listens=listens)


def test_the_first_that_is_on_and_has_low_energy_is_taken() -> None:
    adapters = [adapter("hci0", listens=False), adapter("hci1", powered=False), adapter("hci2"), adapter("hci3")]

    assert choose_adapter(adapters, "").name == "hci2"
    assert choose_adapter(adapters, "hci3").name == "hci3"


@pytest.mark.parametrize(
    ("adapters", "wanted", "error", "said"),
    [
        ([], "", RadioMissing, "There is no Bluetooth adapter"),
        ([adapter("hci0")], "hci1", RadioMissing, "There is no Bluetooth adapter hci1"),
        ([adapter("hci0", listens=False)], "", RadioMissing, "The Bluetooth adapter hci0 has no Low Energy"),
        ([adapter("hci0", powered=False)], "", RadioOff, "The Bluetooth adapter hci0 is switched off"),
        ([adapter("hci0"), adapter("hci1", powered=False)], "hci1", RadioOff, "hci1 is switched off"),
    ],
)
def test_where_none_can_be_used_it_is_said_why(
    adapters: list[Adapter], wanted: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        choose_adapter(adapters, wanted)


def test_devices_and_strange_properties_are_no_adapters_and_the_second_comes_after_the_ninth(tmp_path: Path) -> None:
    objects: dict[str, dict[str, dict[str, Any]]] = {
        "/org/bluez/hci10": {ADAPTER: {"Powered": True, "Alias": "\x1b[2Jlobby", "Roles": ["central"]}},
        "/org/bluez/hci9": {ADAPTER: {"Powered": "yes", "Alias": 7, "Roles": ["peripheral"]}},
        "/org/bluez/hci9/dev_C0": {"org.bluez.Device1": {}},
        "/org/bluez": {"org.bluez.AgentManager1": {}},
        "/org/bluez/hcix": {ADAPTER: {}},
    }

    first, second = adapters_in(objects, tmp_path)

    assert (first.shown, first.powered, first.listens) == ("hci9", False, False)
    assert (second.shown, second.powered, second.listens) == ("hci10 ([2Jlobby)", True, True)


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({}, ""),
        ({"Manufacturer": 305, "Version": 9}, "Cypress, Bluetooth 5.0"),
        ({"Manufacturer": 9999, "Version": 200}, "maker 9999"),
        ({"Modalias": "usb:v1D6Bp0246d0542"}, "BlueZ 5.66"),
        ({"Modalias": "usb:v0A12p0001d0542", "Manufacturer": "x", "Version": None}, ""),
    ],
)
def test_as_much_is_told_of_its_firmware_as_is_known(properties: dict[str, Any], said: str, tmp_path: Path) -> None:
    assert firmware_of(properties, tmp_path) == said


def test_the_kernel_names_the_driver(tmp_path: Path) -> None:
    (tmp_path / "drivers" / "btusb").mkdir(parents=True)
    (tmp_path / "hci0" / "device").mkdir(parents=True)
    (tmp_path / "hci0" / "device" / "driver").symlink_to(tmp_path / "drivers" / "btusb")

    assert firmware_of({"Manufacturer": 10}, tmp_path / "hci0") == "Cambridge Silicon Radio, driver btusb"
