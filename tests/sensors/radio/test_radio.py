"""The real bleak on a bus of the tests' own: what arrives of what BlueZ tells."""

from __future__ import annotations

import logging

import pytest
from dbus_fast import Variant

from kiosk.desk.adverts import RadioState
from kiosk.sensors.radio.radio import BluezRadio
from kiosk.sensors.radio.scanning import MONITOR_MISSING
from tests.sensors.radio.standin import BADGE, EDDYSTONE, IBEACON, OTHER, BluezStandIn, Hearing, path_of


async def test_packets_arrive_as_they_were_sent(daemon: BluezStandIn, hearing: Hearing) -> None:
    ear = await hearing(BluezRadio())
    await ear.until_state(RadioState.LISTENING)

    daemon.advertise(BADGE, -50, makers={0x4C: IBEACON})
    daemon.advertise(BADGE, -51, makers={0x4C: IBEACON})
    daemon.advertise(OTHER, -70, services={EDDYSTONE.upper(): b"\x00\xee" + bytes(16)})

    first, second, third = await ear.until_heard(3)
    assert (first.address, first.rssi, dict(first.makers)) == (BADGE, -50, {0x4C: IBEACON})
    assert second.rssi == -51
    assert (third.address, dict(third.services)) == (OTHER, {EDDYSTONE: b"\x00\xee" + bytes(16)})
    assert first.at <= second.at <= third.at


async def test_a_monitor_is_registered_first_and_then_scanning_asks_for_loudness_and_repeats_on_the_same_adapter(
    daemon: BluezStandIn, hearing: Hearing
) -> None:
    daemon.add_adapter("hci1")
    ear = await hearing(BluezRadio("hci1", floor=-80))
    await ear.until_state(RadioState.LISTENING)

    asked = [call for call in daemon.calls if call.path == "/org/bluez/hci1"]
    assert [call.member for call in asked] == ["RegisterMonitor", "SetDiscoveryFilter", "StartDiscovery"]
    filters = {name: value.value for name, value in asked[1].body[0].items()}
    assert filters == {"Transport": "le", "RSSI": -80, "DuplicateData": True}


async def test_its_standing_names_the_adapter_and_what_is_known_of_it(daemon: BluezStandIn, hearing: Hearing) -> None:
    ear = await hearing(BluezRadio())
    await ear.until_state(RadioState.LISTENING)
    assert ear.radio.standing().last_packet_at is None

    daemon.advertise()
    (advert,) = await ear.until_heard(1)

    standing = ear.radio.standing()
    assert (standing.adapter, standing.firmware) == ("hci0 (lobby)", "Broadcom, Bluetooth 5.0, BlueZ 5.82")
    assert (standing.last_packet_at, standing.restarts, standing.cure) == (advert.at, 0, "")


async def test_without_an_advertisement_monitor_it_listens_all_the_same_and_says_what_to_do(
    daemon: BluezStandIn, hearing: Hearing
) -> None:
    daemon.objects.clear()
    daemon.add_adapter("hci0", monitors=False)
    ear = await hearing(BluezRadio())
    await ear.until_state(RadioState.LISTENING)

    daemon.advertise()

    await ear.until_heard(1)
    assert ear.radio.standing().cure == MONITOR_MISSING


async def test_what_is_no_packet_is_not_heard(daemon: BluezStandIn, hearing: Hearing) -> None:
    ear = await hearing(BluezRadio())
    await ear.until_state(RadioState.LISTENING)
    daemon.advertise(BADGE, -50, makers={0x4C: IBEACON})
    await ear.until_heard(1)

    path = path_of(BADGE)
    daemon.change(path, {"Connected": Variant("b", True)})
    daemon.change(path, {"Connected": Variant("b", False), "Name": Variant("s", "Ana's badge")})
    daemon.change(path, {}, without=("RSSI", "TxPower"))
    daemon.advertise(BADGE, -127)
    daemon.advertise(BADGE, 20)
    daemon.advertise(BADGE, -95)
    daemon.advertise(BADGE, -52)

    adverts = await ear.until_heard(2)
    assert [advert.rssi for advert in adverts] == [-50, -52]
    assert (ear.radio.sieve.noise, ear.radio.sieve.faint) == (5, 1)


MALFORMED = {
    "loudness that is a word": {"RSSI": Variant("s", "loud")},
    "loudness that is a truth": {"RSSI": Variant("b", True)},
    "makers that are a list": {"ManufacturerData": Variant("as", ["ana"])},
    "makers by name": {"ManufacturerData": Variant("a{sv}", {"76": Variant("ay", IBEACON)})},
    "a maker beyond all numbers": {"ManufacturerData": Variant("a{uv}", {70_000: Variant("ay", b"")})},
    "data that is a number": {"ManufacturerData": Variant("a{qv}", {76: Variant("u", 255)})},
    "data that is a word": {"ManufacturerData": Variant("a{qv}", {76: Variant("s", "ana")})},
    "data that is longer than can be": {"ManufacturerData": Variant("a{qv}", {76: Variant("ay", bytes(256))})},
    "more data than can be": {"ManufacturerData": Variant("a{qv}", {n: Variant("ay", b"") for n in range(17)})},
    "services that are a number": {"ServiceData": Variant("q", 7)},
    "a service that is no UUID": {"ServiceData": Variant("a{sv}", {"ana": Variant("ay", b"")})},
    "an address that is none": {"Address": Variant("s", "ana")},
    "an address that is a number": {"Address": Variant("q", 7)},
    "an adapter that is not there": {"Adapter": Variant("o", "/org/bluez/hci9")},
}


async def test_what_is_malformed_is_dropped_and_neither_ends_the_radio_nor_is_logged(
    daemon: BluezStandIn, hearing: Hearing, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ear = await hearing(BluezRadio())
    await ear.until_state(RadioState.LISTENING)

    for number, told in enumerate(MALFORMED.values()):
        address = f"C0:FF:EE:00:01:{number:02X}"
        daemon.tell(address, {"RSSI": Variant("n", -50), **told})
        daemon.change(path_of(address), told)
    missing = {"Address", "Adapter", "Alias"}
    for number, name in enumerate(sorted(missing)):
        properties = {
            "Address": Variant("s", f"C0:FF:EE:00:02:{number:02X}"),
            "Adapter": Variant("o", "/org/bluez/hci0"),
            "Alias": Variant("s", "ana"),
            "RSSI": Variant("n", -50),
        }
        del properties[name]
        daemon.add(path_of(f"C0:FF:EE:00:02:{number:02X}"), {"org.bluez.Device1": properties})
    daemon.advertise(OTHER, -44, makers={76: bytes(255), 89: b""})

    (advert,) = await ear.until_heard(1)
    assert (advert.address, advert.rssi, dict(advert.makers)) == (OTHER, -44, {76: bytes(255), 89: b""})
    assert ear.radio.sieve.malformed > 0
    assert ear.radio.standing().state is RadioState.LISTENING
    assert "C0" not in caplog.text
    assert "ana" not in caplog.text
