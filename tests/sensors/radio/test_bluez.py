"""What ends the use of an adapter, and how long is waited before it is tried again."""

from __future__ import annotations

from typing import Any

import pytest
from dbus_fast import Variant

from kiosk.sensors.radio.adapters import ADAPTER
from kiosk.sensors.radio.bluez import Use, what_ends
from kiosk.sensors.radio.radio import patience_after
from kiosk.sensors.radio.supervisor import pause_after

OURS, OTHER = "/org/bluez/hci0", "/org/bluez/hci1"
ON, OFF = Variant("b", True), Variant("b", False)


@pytest.mark.parametrize(
    ("member", "path", "body", "said"),
    [
        ("NameOwnerChanged", "/", ["org.bluez", ":1.4", ""], "The Bluetooth daemon has ended"),
        ("NameOwnerChanged", "/", ["org.bluez", ":1.4", ":1.9"], "The Bluetooth daemon was started anew"),
        ("InterfacesRemoved", "/", [OURS, [ADAPTER]], "The Bluetooth adapter has gone away"),
        ("InterfacesRemoved", "/", [OURS, ["org.bluez.Media1"]], ""),
        ("InterfacesRemoved", "/", [OTHER, [ADAPTER]], ""),
        ("PropertiesChanged", OURS, [ADAPTER, {"Powered": OFF}, []], "The Bluetooth adapter was switched off"),
        ("PropertiesChanged", OURS, [ADAPTER, {"Powered": ON}, []], ""),
        ("PropertiesChanged", OURS, [ADAPTER, {"Discovering": OFF}, []], "BlueZ has ended the scan"),
        ("PropertiesChanged", OTHER, [ADAPTER, {"Powered": OFF}, []], ""),
        ("PropertiesChanged", OURS, ["org.bluez.Media1", {"Powered": OFF}, []], ""),
        ("PropertiesChanged", OURS, ["strange"], ""),
        ("SomethingElse", OURS, [], ""),
    ],
)
def test_what_ends_a_scan(member: str, path: str, body: list[Any], said: str) -> None:
    assert what_ends(Use.SCANNING, member, path, body, OURS) == said


def test_a_scan_that_ends_does_not_end_what_is_sent() -> None:
    assert what_ends(Use.SENDING, "PropertiesChanged", OURS, [ADAPTER, {"Discovering": OFF}, []], OURS) == ""
    assert what_ends(Use.SENDING, "PropertiesChanged", OURS, [ADAPTER, {"Powered": OFF}, []], OURS) != ""


def test_silence_is_borne_for_longer_where_nobody_is_for_months_as_well() -> None:
    assert [patience_after(scans) for scans in (0, 1, 2, 3, 4, 100_000)] == [75, 150, 300, 600, 900, 900]


def test_pauses_grow_to_half_a_minute_and_no_two_kiosks_keep_the_same() -> None:
    assert [pause_after(failures, lambda: 0.5) for failures in (1, 2, 3, 4, 5, 6, 99)] == [1, 2, 4, 8, 16, 30, 30]
    assert (pause_after(1, lambda: 0.0), pause_after(1, lambda: 1.0)) == (0.5, 1.5)
