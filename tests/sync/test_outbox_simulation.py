"""The outbox under bad weather for weeks: everything that people did is in Nexudus once, in its order and at its time.

The weather is that of the simulation on which the protocol was decided: of all requests 10 % are lost, 10 % of the
answers, 5 % are carried out up to a minute late, 2 % meet a power cut, lists lag 5 seconds, and the line is down for up
to hours. Looking up and sending again at once doubled 5.8 % there; waiting for what is under way to settle, none.
"""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.desk.credentials import Via, read_code
from kiosk.desk.events import EventKind
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.queue import UploadState
from kiosk.sandbox.entities import CHECKINS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.world import World
from kiosk.wiring.surroundings import Surroundings
from tests.sync.lobby_day import PUBLISHED, SELDOM, Device, LoopClock, at_work, members, prepare, without_threads
from tests.sync.weather import Network, Weather
from tests.virtual_time import in_virtual_time

STORM = Weather(lost=0.10, unanswered=0.10, late=0.05, power=0.02)
EVENTS = 1_500
FEW_EVENTS = 500
PEOPLE = 40
APART = 60.0
"""Seconds from one event to the next, on average."""


@dataclass
class Tally:
    """What was found at the end."""

    events: int = 0
    lost: list[UUID] = field(default_factory=list)
    doubled: list[UUID] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    writes_lost: int = 0
    power_cuts: int = 0

    def __str__(self) -> str:
        return (
            f"{self.events} events, {self.writes_lost} writes without an answer, {self.power_cuts} power cuts: "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.wrong)} with a wrong time, "
            f"{len(self.refused)} refused or found wanting in the night"
        )


def test_nothing_is_lost_and_nothing_doubled(
    tmp_path: Path, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    runs = 16 if request.config.getoption("--long") else 1
    for seed in range(runs):
        tally = weeks(tmp_path / str(seed), seed, EVENTS if runs > 1 else FEW_EVENTS)
        record_property(f"seed {seed}", str(tally))
        say(request, str(tally))
        assert tally.writes_lost > tally.events / 10, "the weather was too fine to show anything"
        assert (tally.lost, tally.doubled, tally.wrong, tally.refused) == ([], [], [], [])


def test_the_same_weather_doubles_where_nobody_waits_for_what_is_under_way(tmp_path: Path) -> None:
    assert weeks(tmp_path / "hasty", 0, FEW_EVENTS // 2, settle_seconds=1.0).doubled


def test_what_haste_has_doubled_is_removed_in_the_night(tmp_path: Path) -> None:
    assert weeks(tmp_path / "hasty", 0, FEW_EVENTS // 2, nights=1, settle_seconds=1.0).doubled == []


def say(request: pytest.FixtureRequest, line: str) -> None:
    """Print a line of the test's own, whatever is captured."""
    plugins = request.config.pluginmanager
    reporter, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    if reporter is not None and capture is not None:
        with capture.global_and_fixture_disabled():
            reporter.write_line(f"\n{line}")


def weeks(folder: Path, seed: int, events: int, nights: int = 0, **nexudus: float) -> Tally:
    """So many events in such weather, and quiet nights after them. The seed makes each run its own, and the same every
    time."""
    folder.mkdir()
    clock, draw = LoopClock(), random.Random(seed)
    world, settings = prepare(folder, clock, **SELDOM, **nexudus)
    network = Network(world, STORM, draw)
    with without_threads():
        around = Surroundings(clock.seconds, network, PUBLISHED)
        return in_virtual_time(_weeks(Device(clock, settings, around), world, network, draw, events, nights))


async def _weeks(
    device: Device, world: World, network: Network, draw: random.Random, events: int, nights: int
) -> Tally:
    network.cut_power = device.cut_power
    async with at_work(device):
        outages = asyncio.create_task(_outages(network, draw))
        people = _outside(world)[:PEOPLE]
        while len(device.state.ledger.entries()) < events:
            await device.until(draw.expovariate(1 / APART))
            await _act(device, world, draw.choice(people), draw)
        outages.cancel()
        network.clear_up()
        await device.until(48 * 3600, lambda: not device.courier.status().waiting)
        await device.until(300 + nights * 86_400)
        tally = count(device, world)
        tally.writes_lost, tally.power_cuts = network.writes_lost, device.clock.boot - 1
        return tally


def _outside(world: World) -> list[Record]:
    """Members who are not in from the beginning: the check-in of one who is, before the kiosk knows of it, is the one
    that Nexudus has, under another name."""
    inside = {row.number("CoworkerId") for row in world.rows(CHECKINS) if row.moment("ToTime") is None}
    return [member for member in members(world) if member.id not in inside]


async def _outages(network: Network, draw: random.Random) -> None:
    """The line is down now and then: mostly for minutes, at times for hours."""
    while True:
        await asyncio.sleep(draw.expovariate(1 / 7200))
        network.down = True
        await asyncio.sleep(draw.choice([20, 60, 300, 1800, 3 * 3600]))
        network.down = False


async def _act(device: Device, world: World, member: Record, draw: random.Random) -> None:
    """Somebody comes, or goes; a few take it back at once."""
    code = read_code(member.text("AccessPincode"), Via.KEYPAD)
    assert code is not None
    outcome = await device.desk.present(code)
    if outcome.kind is OutcomeKind.ALREADY_IN:
        outcome = await device.desk.present(code.leaving())
    if outcome.event is not None and draw.random() < 0.04:
        await asyncio.sleep(draw.uniform(0.5, 8))
        await device.desk.undo(outcome.event)


def count(device: Device, world: World) -> Tally:
    """Compare what people did with what Nexudus has."""
    ledger, tally = device.state.ledger, Tally()
    made = defaultdict(list)
    for row in world.rows(CHECKINS):
        made[row.text("SystemId")].append(row)
    for entry in ledger.entries():
        tally.events += 1
        event, kind = entry.event, entry.event.intent.kind
        if not entry.state.final:
            tally.lost.append(event.id)
        if entry.state is UploadState.REFUSED:
            tally.refused.append(f"{event.sequence}: {entry.note}")
        if kind is EventKind.CHECK_IN:
            rows = made[str(event.id)]
            expected = 0 if entry.state is UploadState.UNDONE else 1
            if len(rows) < expected:
                tally.lost.append(event.id)
            if len(rows) > expected:
                tally.doubled.append(event.id)
            tally.wrong += [f"{event.sequence} began" for row in rows if not same(row.moment("FromTime"), event.time)]
        if kind is EventKind.CHECK_OUT and entry.state is UploadState.DONE:
            began = entry.ended.event if entry.ended else None
            tally.wrong += [
                f"{event.sequence} ended" for row in made[str(began)] if not same(row.moment("ToTime"), event.time)
            ]
    return tally


def same(at: datetime | None, other: datetime) -> bool:
    return at is not None and at.replace(microsecond=0) == other.replace(microsecond=0)
