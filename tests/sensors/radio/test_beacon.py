"""What the kiosk's iBeacon says, and that BlueZ is told of it, again whenever it has been away."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import logging
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from kiosk.desk.adverts import BeaconState
from kiosk.sensors.radio.advertising import PATH, Beacon
from kiosk.sensors.radio.beacon import APPLE, SLOT_SECONDS, BeaconNumbers, rolling_minor, seconds_left
from tests.sensors.radio.standin import BluezStandIn, until

UUID_OF_A_SPACE = UUID("f7826da6-4fa2-4e98-8024-bc5b71e0893e")
KEY = bytes(range(32))
STILL = BeaconNumbers(UUID_OF_A_SPACE, 0x0102, 0x0304)
ROLLING = BeaconNumbers(UUID_OF_A_SPACE, 7, 0, KEY)


@contextlib.asynccontextmanager
async def sent(beacon: Beacon) -> AsyncIterator[Beacon]:
    """Send it until the end."""
    beacon.start()
    try:
        yield beacon
    finally:
        await asyncio.to_thread(beacon.stop)


def test_it_says_what_an_ibeacon_says() -> None:
    assert STILL.payload_at(0.0).hex() == "0215" + UUID_OF_A_SPACE.hex + "0102" + "0304" + "c5"
    assert STILL.payload_at(0.0) == STILL.payload_at(1e9)


def test_a_rolling_minor_number_is_the_beginning_of_an_hmac_over_the_slot() -> None:
    text = b"NXB1" + UUID_OF_A_SPACE.bytes + b"\x00\x07" + (59_000_000).to_bytes(8, "big")
    expected = hmac.new(KEY, text, hashlib.sha256).digest()[:2]

    assert rolling_minor(KEY, UUID_OF_A_SPACE, 7, 59_000_000).to_bytes(2, "big") == expected
    assert ROLLING.payload_at(59_000_000 * SLOT_SECONDS)[20:22] == expected


def test_it_stays_for_a_slot_and_then_is_another_for_each_kiosk() -> None:
    at = 1_800_000_000.0
    minors = [ROLLING.minor_at(at + seconds) for seconds in (0.0, 29.9, 30.0, 60.0)]

    assert minors[0] == minors[1]
    assert len(set(minors)) == 3
    assert BeaconNumbers(UUID_OF_A_SPACE, 8, 0, KEY).minor_at(at) != minors[0]


def test_a_slot_is_waited_for_to_its_end_also_where_it_ended_meanwhile_or_the_clock_was_set_back() -> None:
    at = 1_800_000_010.0

    assert [seconds_left(at, now) for now in (at, at + 19.5, at + 25.0, at - 3600.0)] == [20.0, 0.5, 0.0, 30.0]


def test_the_key_is_not_shown() -> None:
    assert repr(ROLLING) == f"BeaconNumbers({UUID_OF_A_SPACE}, 7, rolling)"


async def test_bluez_is_told_what_to_send_to_whom_nobody_can_connect(daemon: BluezStandIn) -> None:
    async with sent(Beacon(STILL)) as beacon:
        await until(lambda: beacon.state is BeaconState.SENDING)
        (told,) = daemon.advertisements
        (asked,) = [call for call in daemon.calls if call.member == "RegisterAdvertisement"]

        assert (asked.path, asked.body[0]) == ("/org/bluez/hci0", PATH)
        assert told["Type"].value == "broadcast"
        assert {company: data.value for company, data in told["ManufacturerData"].value.items()} == {
            APPLE: STILL.payload_at(0.0)
        }
        assert (told["MinInterval"].value, told["MaxInterval"].value) == (100, 100)
    await until(lambda: daemon.members[-1] == "UnregisterAdvertisement")


async def test_after_a_restart_of_the_daemon_it_is_sent_again_and_that_is_logged_once_each_way(
    daemon: BluezStandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with sent(Beacon(STILL)) as beacon:
        await until(lambda: beacon.state is BeaconState.SENDING)
        await daemon.die()
        await until(lambda: beacon.state is BeaconState.LOST)
        async with BluezStandIn() as again:
            await again.own_the_name()
            again.add_adapter("hci0")
            await until(lambda: beacon.state is BeaconState.SENDING)

            assert len(again.advertisements) == 1
            assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


async def test_when_the_slot_is_over_the_next_minor_number_is_sent(daemon: BluezStandIn) -> None:
    at = 1_800_000_000.0

    def now() -> float:
        # The slot ends as soon as its number was read, so that nobody has to wait for it.
        return at + SLOT_SECONDS * len(daemon.advertisements)

    async with sent(Beacon(ROLLING, now=now)) as beacon:
        await until(lambda: len(daemon.advertisements) >= 2)
        first, second = (told["ManufacturerData"].value[APPLE].value for told in daemon.advertisements[:2])

        assert (first, second) == (ROLLING.payload_at(at), ROLLING.payload_at(at + SLOT_SECONDS))
        assert beacon.state is BeaconState.SENDING


async def test_an_adapter_that_cannot_send_is_said_to(daemon: BluezStandIn, caplog: pytest.LogCaptureFixture) -> None:
    del daemon.objects["/org/bluez/hci0"]["org.bluez.LEAdvertisingManager1"]

    async with sent(Beacon(STILL)) as beacon:
        await until(lambda: beacon.state is BeaconState.LOST)

    assert "The Bluetooth adapter hci0 (lobby) cannot send advertisements." in caplog.text
