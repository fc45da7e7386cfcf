"""What idle kiosks ask of Nexudus, over time that passes at once: twenty on one account leave it room to work."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from kiosk.assembly import build_courier, errands_for, open_state
from kiosk.desk.clock import Anchor, ClockQuality, Moment
from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sync.link import LinkWatch
from tests.road import HandClock, Road, settings_for

FLEET = 20
MOST_A_MINUTE = 60
"""For a whole fleet: half of what Nexudus takes from an account (contract 2.1). The other half is for people."""

MOST_WITH_EVERY_SIGN_IN = 70
"""In the one minute in which every kiosk renews its sign-in, asks the time and reads who is in."""

ERRANDS_OF_ONE = 5
"""What a kiosk does by itself: members, visitors, presence, the location, retention."""

MINUTE, HOUR = 60.0, 3600.0


@dataclass
class CountingClock(HandClock):
    """A clock that is told the time by each answer of Nexudus, and counts them by the minute.

    It jumps to the next thing to be done as soon as nobody has anything to do.
    """

    answers: Counter[int] = field(default_factory=Counter)
    sleepers: list[tuple[float, int, asyncio.Event]] = field(default_factory=list)
    number: int = 0
    asleep: asyncio.Event = field(default_factory=asyncio.Event)

    def learn(self, anchor: Anchor) -> None:
        self.answers[int(self.since_boot // MINUTE)] += 1

    async def sleep(self, seconds: float) -> None:
        """Sleep until that time has come."""
        woken = asyncio.Event()
        self.number += 1
        heapq.heappush(self.sleepers, (self.since_boot + seconds, self.number, woken))
        self.asleep.set()
        await woken.wait()

    async def pass_by(self, seconds: float, sleepers: int) -> None:
        """Let time pass for so many who sleep and wake."""
        end = self.since_boot + seconds
        while True:
            while len(self.sleepers) < sleepers:
                self.asleep.clear()
                await self.asleep.wait()
            if self.sleepers[0][0] > end:
                self.advance(seconds=end - self.since_boot)
                return
            at, _, woken = heapq.heappop(self.sleepers)
            self.advance(seconds=max(0.0, at - self.since_boot))
            woken.set()


@contextlib.asynccontextmanager
async def idle_kiosks(folder: Path, count: int, clock: CountingClock) -> AsyncIterator[None]:
    """Kiosks on one account, nobody in front of them, at their errands in the rhythm of the default settings."""
    world = seeded_world(today=clock.wall, now=clock)
    async with contextlib.AsyncExitStack() as closing:
        server = closing.enter_context(SandboxServer(world))
        days = []
        for number in range(count):
            settings = settings_for(folder / str(number), server.url)
            (folder / str(number)).mkdir()
            state = closing.enter_context(open_state(settings))
            road = Road(clock, world, server, settings, state)
            await road.set_up()
            closing.push_async_callback(road.nexudus.client.aclose)
            errands = errands_for(road.nexudus, settings, state, clock, LinkWatch(), sleep=clock.sleep)
            days.append(asyncio.create_task(errands.run_for_ever()))
        try:
            yield
        finally:
            for day in days:
                day.cancel()
            await asyncio.gather(*days, return_exceptions=True)


@dataclass
class ColdClock:
    """The clock of a device that has just got its power back: nobody believes it until Nexudus has told the time."""

    shared: CountingClock
    quality: ClockQuality = ClockQuality.UNSET

    def now(self) -> Moment:
        return replace(self.shared.now(), quality=self.quality)

    def learn(self, anchor: Anchor) -> None:
        self.quality = ClockQuality.SET
        self.shared.learn(anchor)


@contextlib.asynccontextmanager
async def kiosks_after_a_power_cut(folder: Path, count: int, clock: CountingClock) -> AsyncIterator[None]:
    """Kiosks that were off for two days and get their power back in the same moment: none knows the time, and each has
    to renew its sign-in."""
    world = seeded_world(today=clock.wall, now=clock)
    async with contextlib.AsyncExitStack() as closing:
        server = closing.enter_context(SandboxServer(world))
        kiosks = []
        for number in range(count):
            settings = settings_for(folder / str(number), server.url)
            (folder / str(number)).mkdir()
            state = closing.enter_context(open_state(settings))
            road = Road(clock, world, server, settings, state)
            await road.set_up()
            await road.nexudus.client.aclose()
            kiosks.append((settings, state))
        clock.advance(days=2)
        clock.answers.clear()
        days = []
        for settings, state in kiosks:
            cold = ColdClock(clock)
            _, nexudus = build_courier(settings, state, cold, clock.around)
            closing.push_async_callback(nexudus.client.aclose)
            errands = errands_for(nexudus, settings, state, cold, LinkWatch(), sleep=clock.sleep)
            days.append(asyncio.create_task(errands.run_for_ever()))
        try:
            yield
        finally:
            for day in days:
                day.cancel()
            await asyncio.gather(*days, return_exceptions=True)


@pytest.fixture(autouse=True)
def _the_same_jitter_each_time() -> None:
    random.seed(20)  # the jitter of the errands: by which minute they meet is then the same in every run


async def test_one_idle_kiosk_makes_fewer_than_two_calls_a_minute(tmp_path: Path) -> None:
    clock = CountingClock()
    async with idle_kiosks(tmp_path, 1, clock):
        await clock.pass_by(MINUTE, ERRANDS_OF_ONE)
        clock.answers.clear()
        await clock.pass_by(HOUR, ERRANDS_OF_ONE)

    assert 60 < clock.answers.total() < 120
    assert clock.answers.total() * FLEET < MOST_A_MINUTE * 60


async def test_twenty_idle_kiosks_on_one_account_make_fewer_than_sixty_calls_in_every_minute(tmp_path: Path) -> None:
    clock = CountingClock()
    async with idle_kiosks(tmp_path, FLEET, clock):
        await clock.pass_by(2 * MINUTE, FLEET * ERRANDS_OF_ONE)
        clock.answers.clear()
        await clock.pass_by(20 * MINUTE, FLEET * ERRANDS_OF_ONE)

    assert len(clock.answers) >= 20
    assert max(clock.answers.values()) < MOST_A_MINUTE


async def test_twenty_kiosks_that_get_their_power_back_at_once_stay_within_what_an_account_may(tmp_path: Path) -> None:
    clock = CountingClock()
    async with kiosks_after_a_power_cut(tmp_path, FLEET, clock):
        started = int(clock.since_boot // MINUTE)
        await clock.pass_by(15 * MINUTE, FLEET * ERRANDS_OF_ONE)

    by_minute = [clock.answers[minute] for minute in range(started, started + 15)]
    assert max(by_minute) < MOST_WITH_EVERY_SIGN_IN
    assert max(by_minute[1:]) < MOST_A_MINUTE
