"""Recorded packets take the way of real ones, in their own time."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from kiosk.desk.adverts import Advert, RadioState
from kiosk.sensors.radio.choice import NoRadio, choose_radio
from kiosk.sensors.radio.errors import RecordingUnusable
from kiosk.sensors.radio.radio import BluezRadio
from kiosk.sensors.radio.recording import Packet
from kiosk.sensors.radio.replay import SECONDS_BETWEEN, ReplayRadio


class Time:
    """Time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class Ear:
    def __init__(self) -> None:
        self.adverts: list[Advert] = []

    def heard(self, advert: Advert) -> None:
        self.adverts.append(advert)


def packet(time: float, rssi: int = -45) -> Packet:
    return Packet(time=time, address="C0:FF:EE:00:00:01", rssi=rssi)


async def listen_for(radio: ReplayRadio, ear: Ear, packets: int) -> None:
    """Listen until so many were heard."""
    task = asyncio.ensure_future(radio.listen(ear))
    while len(ear.adverts) < packets:
        await asyncio.sleep(0)
    assert radio.standing().state is RadioState.LISTENING
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_packets_come_at_their_time_and_over_and_over() -> None:
    time, ear = Time(), Ear()
    radio = ReplayRadio([packet(0.0), packet(0.25), packet(0.5)], "a badge", clock=time.clock, sleep=time.sleep)
    assert radio.standing().state is RadioState.STARTING

    await listen_for(radio, ear, 4)

    again = 100.5 + SECONDS_BETWEEN
    assert [advert.at for advert in ear.adverts] == [100.0, 100.25, 100.5, again]
    assert (radio.standing().adapter, radio.standing().last_packet_at) == ("a badge", again)


async def test_the_sieve_applies_to_them_as_well() -> None:
    time, ear = Time(), Ear()
    recording = [packet(0.0), packet(0.001), packet(0.1, -81), packet(0.2, -80)]

    await listen_for(ReplayRadio(recording, floor=-80, clock=time.clock, sleep=time.sleep), ear, 2)

    assert [advert.rssi for advert in ear.adverts] == [-45, -80]


async def test_what_is_played_is_heard_beside_a_lobby_that_is_empty_otherwise() -> None:
    time, ear = Time(), Ear()
    radio = ReplayRadio(clock=time.clock, sleep=time.sleep)
    radio.play([packet(0.0)])

    listening = asyncio.ensure_future(listen_for(radio, ear, 2))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    radio.play([packet(0.0), packet(0.1)])
    await listening

    assert [advert.at for advert in ear.adverts] == [100.0, 100.1]


def test_the_settings_name_a_radio_none_or_a_recording(tmp_path: Path) -> None:
    file = tmp_path / "packets.jsonl"
    file.write_text('{"time": 0, "address": "C0:FF:EE:00:00:01", "rssi": -45}\n')

    assert isinstance(choose_radio("auto", "", -90), BluezRadio)
    assert isinstance(choose_radio(" none ", "", -90), NoRadio)
    radio = choose_radio(str(file), "", -90)
    assert radio.standing().adapter == f"replay of {file}"
    with pytest.raises(RecordingUnusable):
        choose_radio(str(tmp_path / "nowhere"), "", -90)


async def test_no_radio_hears_nothing_until_it_is_told_to_end() -> None:
    radio, ear = NoRadio(), Ear()
    task = asyncio.ensure_future(radio.listen(ear))
    await asyncio.sleep(0)

    assert not task.done()
    assert radio.standing().state is RadioState.ABSENT
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
