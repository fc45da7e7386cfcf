"""A busy street: how many packets arrive, at what cost, and that nothing is kept of those who pass by."""

from __future__ import annotations

import asyncio
import gc
import logging
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.desk.adverts import Advert, RadioState
from kiosk.sensors.radio import packets
from kiosk.sensors.radio.packets import MOST_SENDERS
from kiosk.sensors.radio.radio import BluezRadio
from tests.sensors.radio.standin import BluezStandIn, Hearing, Listening, path_of, until

DEVICES = 500
PER_SECOND = 1000
BATCH = 20


def address(number: int) -> str:
    """An address of its own for each number."""
    digits = f"{0x4000_0000_0000 + number:012X}"
    return ":".join(digits[place : place + 2] for place in range(0, 12, 2))


@dataclass
class Cost:
    """What the radio's thread took."""

    seconds: float
    processor: float

    @property
    def share(self) -> float:
        return self.processor / self.seconds


class Meter:
    """Measures the processor time of the radio's thread alone: what sends the packets runs in this process too."""

    def __init__(self, radio: BluezRadio) -> None:
        supervisor = radio.supervisor
        assert supervisor is not None
        ident = supervisor.thread.ident
        assert ident is not None
        self._clock = time.pthread_getcpuclockid(ident)
        self._began, self._before = time.monotonic(), time.clock_gettime(self._clock)

    def cost(self) -> Cost:
        return Cost(time.monotonic() - self._began, time.clock_gettime(self._clock) - self._before)


async def send(daemon: BluezStandIn, seconds: float) -> int:
    """Let a thousand packets a second come from five hundred devices; returns how many were sent."""
    began, sent = time.monotonic(), 0
    while sent < seconds * PER_SECOND:
        for _ in range(BATCH):
            rssi = -40 - sent // DEVICES % 30
            daemon.advertise(address(sent % DEVICES), rssi, makers={0xFFFF: sent.to_bytes(8, "big")})
            sent += 1
        await asyncio.sleep(max(0.0, began + sent / PER_SECOND - time.monotonic()))
    return sent


async def test_of_a_thousand_packets_a_second_from_five_hundred_devices_none_is_lost(
    daemon: BluezStandIn, hearing: Hearing, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    ear = await hearing(BluezRadio())
    await ear.until_state(RadioState.LISTENING)
    meter = Meter(ear.radio)

    sent = await send(daemon, 30.0 if request.config.getoption("--long") else 1.0)
    adverts = await ear.until_heard(sent)
    cost = meter.cost()

    assert [int.from_bytes(advert.makers[0xFFFF], "big") for advert in adverts] == list(range(sent))
    assert ear.radio.standing().lost == 0
    with capsys.disabled():
        sys.stdout.write(
            f"\n{sent} packets in {cost.seconds:.1f} s, all heard: {100 * cost.share:.0f} % of a processor, "
            f"{1e6 * cost.processor / sent:.0f} us each in the radio's thread\n"
        )


class Counting(Listening):
    """Counts what is heard and keeps none of it."""

    number = 0

    def heard(self, advert: Advert) -> None:
        self.number += 1


async def pass_by(daemon: BluezStandIn, ear: Counting, numbers: range) -> None:
    """Each of these sends one packet, and BlueZ forgets it. Nobody sends faster than is heard."""
    for number in numbers:
        daemon.advertise(address(number), -70, makers={0x4C: b"\x10\x05" + number.to_bytes(5, "big")})
        daemon.remove(path_of(address(number)))
        if number % BATCH == BATCH - 1:
            await until(lambda: ear.number > number - BATCH)  # noqa: B023 - it is called before the next
    await until(lambda: ear.number == numbers.stop)


def resident() -> int:
    """Bytes of memory that this process holds."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


async def test_nothing_is_kept_or_logged_of_all_who_pass_by(
    daemon: BluezStandIn,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    long = request.config.getoption("--long")
    passing = 60_000 if long else 1000
    monkeypatch.setattr(packets, "MOST_SENDERS", MOST_SENDERS if long else 100)
    ear = Counting(BluezRadio())
    listening = asyncio.ensure_future(ear.radio.listen(ear))
    await ear.until_state(RadioState.LISTENING)
    await pass_by(daemon, ear, range(passing // 2))
    before, objects = resident(), len(gc.get_objects())

    await pass_by(daemon, ear, range(passing // 2, passing))
    grown, more = resident() - before, len(gc.get_objects()) - objects

    with capsys.disabled():
        sys.stdout.write(f"\n{passing} addresses: {grown / 1024:.0f} KiB and {more} objects more in the second half\n")
    assert len(ear.radio.sieve) == packets.MOST_SENDERS
    assert more < passing // 20
    assert grown < 4 * 1024 * 1024
    assert "4000" not in caplog.text
    listening.cancel()
    await asyncio.wait([listening])
