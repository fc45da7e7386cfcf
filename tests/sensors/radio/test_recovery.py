"""The real bleak on a bus of the tests' own: what becomes of a radio that is lost."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
from pathlib import Path

import pytest
from dbus_fast import Message, Variant

from kiosk.desk.adverts import RadioState
from kiosk.sensors.radio.radio import BluezRadio
from tests.sensors.radio.standin import (
    ADAPTER,
    BADGE,
    DEADLINE_SECONDS,
    BluezStandIn,
    Hearing,
    Listening,
    bus_daemon,
    until,
)

ADAPTER_PATH = "/org/bluez/hci0"


async def hears_again(ear: Listening, daemon: BluezStandIn) -> None:
    """A packet arrives."""
    await ear.until_state(RadioState.LISTENING)
    number = len(ear.adverts)
    daemon.advertise(BADGE, -40 - number % 2)
    await ear.until_heard(number + 1)


async def restarted() -> BluezStandIn:
    """BlueZ, begun anew: it owns its name before it has found its adapter, as the real one does."""
    daemon = await BluezStandIn().__aenter__()
    await daemon.own_the_name()
    daemon.add_adapter("hci0")
    return daemon


async def connections(daemon: BluezStandIn) -> set[str]:
    """Who is on the bus."""
    bus = "org.freedesktop.DBus"
    reply = await daemon.bus.call(Message(bus, "/org/freedesktop/DBus", bus, "ListNames"))
    return {name for name in reply.body[0] if name.startswith(":")}


async def match_rules(daemon: BluezStandIn) -> int:
    """What all who are on the bus want to be told of."""
    bus = "org.freedesktop.DBus"
    reply = await daemon.bus.call(Message(bus, "/org/freedesktop/DBus", f"{bus}.Debug.Stats", "GetAllMatchRules"))
    return sum(len(rules) for rules in reply.body[0].values())


async def in_use(daemon: BluezStandIn) -> tuple[int, int, int]:
    """How many connections and match rules the bus has, and this process threads."""
    return len(await connections(daemon)), await match_rules(daemon), threading.active_count()


async def test_a_daemon_that_is_killed_ten_times_is_heard_each_time_it_is_back_and_nothing_is_left_behind(
    daemon: BluezStandIn,
    hearing: Hearing,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.INFO)
    ear = await hearing(BluezRadio())
    await hears_again(ear, daemon)
    before = await in_use(daemon)
    took = []

    for _ in range(10):
        await daemon.die()
        await until(lambda: ear.radio.standing().state is not RadioState.LISTENING, "the loss")
        daemon = await restarted()
        began = time.monotonic()
        await hears_again(ear, daemon)
        took.append(time.monotonic() - began)

    with capsys.disabled():
        sys.stdout.write(f"\nkilled ten times: heard again after at most {max(took):.2f} s\n")
    assert max(took) < 5.0
    by = time.monotonic() + DEADLINE_SECONDS
    while (now := await in_use(daemon)) != before:  # the bus may not have noticed yet who has gone
        assert time.monotonic() < by, f"{now} in place of {before} connections, match rules and threads"
    assert ear.radio.standing().restarts == 10
    told = [record.message for record in caplog.records if record.name == "kiosk.sensors.radio.radio"]
    assert [line.partition(":")[0] for line in told] == [
        "Bluetooth does not work and is tried again", "Bluetooth is back",
    ] * 10  # fmt: skip
    await daemon.die()


async def test_an_adapter_that_goes_away_is_heard_when_it_is_back(daemon: BluezStandIn, hearing: Hearing) -> None:
    ear = await hearing(BluezRadio())
    await hears_again(ear, daemon)

    daemon.remove(ADAPTER_PATH)
    await ear.until_state(RadioState.LOST)
    await until(lambda: "There is no Bluetooth adapter" in ear.radio.standing().cure)

    daemon.add_adapter("hci0")
    await hears_again(ear, daemon)
    assert ear.radio.standing().cure == ""


async def test_an_adapter_that_is_switched_off_is_told_with_its_cure_and_heard_when_it_is_on(
    daemon: BluezStandIn, hearing: Hearing
) -> None:
    ear = await hearing(BluezRadio())
    await hears_again(ear, daemon)

    daemon.power("hci0", on=False)
    await until(lambda: "bluetoothctl power on" in ear.radio.standing().cure)
    assert ear.radio.standing().state is RadioState.LOST

    daemon.power("hci0", on=True)
    await hears_again(ear, daemon)


async def test_a_scan_that_somebody_else_ends_is_begun_anew(daemon: BluezStandIn, hearing: Hearing) -> None:
    ear = await hearing(BluezRadio())
    await hears_again(ear, daemon)

    daemon.change(ADAPTER_PATH, {"Discovering": Variant("b", False)}, ADAPTER)

    await until(lambda: daemon.members.count("StartDiscovery") == 2, "a second scan")
    await hears_again(ear, daemon)


async def test_an_adapter_that_brings_nothing_for_long_is_begun_anew_and_then_switched_off_and_on(
    daemon: BluezStandIn, hearing: Hearing, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ear = await hearing(BluezRadio(silent_seconds=0.01))

    await until(lambda: "Set" in daemon.members, "switching it off")
    await until(lambda: daemon.members.count("Set") == 2, "switching it on")
    switched = [call.body[2].value for call in daemon.calls if call.member == "Set"]

    assert switched == [False, True]
    assert daemon.members[: daemon.members.index("Set")].count("StartDiscovery") == 3
    await ear.until_state(RadioState.LISTENING)
    assert caplog.messages == [], "an empty lobby is no trouble"


async def test_a_radio_that_cannot_scan_says_so_once_and_tries_again_until_it_can(
    daemon: BluezStandIn, hearing: Hearing, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    daemon.refused["StartDiscovery"] = "org.bluez.Error.InProgress"
    ear = await hearing(BluezRadio(pause=lambda failures: 0.01 * failures))

    await until(lambda: daemon.members.count("StartDiscovery") >= 2, "a second try")
    assert "InProgress" in ear.radio.standing().cure
    assert ear.radio.standing().state is RadioState.LOST
    daemon.refused.clear()
    await hears_again(ear, daemon)

    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


async def test_a_daemon_that_does_not_stop_keeps_nobody_waiting_for_ever(
    daemon: BluezStandIn, hearing: Hearing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.sensors.radio.scanning.STOP_SECONDS", 0.01)
    ear = await hearing(BluezRadio())
    await hears_again(ear, daemon)

    daemon.deaf.update({"StopDiscovery", "UnregisterMonitor"})
    daemon.change(ADAPTER_PATH, {"Discovering": Variant("b", False)}, ADAPTER)

    await until(lambda: daemon.members.count("StartDiscovery") == 2, "a second scan")
    await hears_again(ear, daemon)
    daemon.deaf.clear()


@pytest.mark.usefixtures("bus")
async def test_a_radio_that_nobody_answers_for_is_absent_and_found_when_somebody_does(hearing: Hearing) -> None:
    ear = await hearing(BluezRadio())
    await until(lambda: "systemctl enable --now bluetooth" in ear.radio.standing().cure)
    assert ear.radio.standing().state is RadioState.ABSENT

    daemon = await restarted()
    await hears_again(ear, daemon)
    await daemon.die()


@pytest.mark.parametrize("adapters", [1, 0], ids=["while it listens", "while it waits for an adapter"])
async def test_a_bus_that_ends_is_found_again(
    hearing: Hearing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, adapters: int
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/socket")
    with bus_daemon(tmp_path):
        daemon = await restarted()
        ear = await hearing(BluezRadio(pause=lambda failures: 0.01 * failures))
        await hears_again(ear, daemon)
        if not adapters:
            daemon.remove(ADAPTER_PATH)
            await until(lambda: "There is no Bluetooth adapter" in ear.radio.standing().cure)

    await until(lambda: "There is no system bus" in ear.radio.standing().cure)
    await daemon.die()

    with bus_daemon(tmp_path):
        daemon = await restarted()
        await hears_again(ear, daemon)
        await daemon.die()


@pytest.mark.usefixtures("no_bus")
async def test_without_a_system_bus_it_is_absent_and_raises_nothing(hearing: Hearing) -> None:
    ear = await hearing(BluezRadio())

    await ear.until_state(RadioState.ABSENT)
    assert ear.radio.standing().cure.startswith("There is no system bus. ")


async def test_whoever_stops_listening_is_told_no_more_and_nothing_goes_on(daemon: BluezStandIn) -> None:
    ear = Listening(BluezRadio())
    before = threading.active_count()
    task = asyncio.ensure_future(ear.radio.listen(ear))
    await hears_again(ear, daemon)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert daemon.members[-3:] == ["StopDiscovery", "SetDiscoveryFilter", "UnregisterMonitor"]
    assert "radio" not in [thread.name for thread in threading.enumerate()]
    assert threading.active_count() <= before + 1  # one may wait for the next use of the loop's own threads
