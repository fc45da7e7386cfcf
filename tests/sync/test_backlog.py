"""A long queue goes up as fast as Nexudus takes it and no faster, and nobody at the desk waits for it."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest

from kiosk.desk.credentials import Via, read_code
from kiosk.desk.events import EventKind, Intent
from kiosk.desk.outcomes import Standing
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.ports import Link
from kiosk.sandbox.entities import CHECKINS
from kiosk.sandbox.schema import Record, Value
from kiosk.sandbox.seed import FIRST_LOCATION
from kiosk.sandbox.world import World
from kiosk.sync.pace import Allowance
from kiosk.wiring.surroundings import Surroundings
from tests.sync.lobby_day import PUBLISHED, Device, LoopClock, at_work, members, prepare, without_threads
from tests.sync.weather import FINE, Network, Weather
from tests.virtual_time import in_virtual_time

T = TypeVar("T")

BACKLOG = 600

Story = Callable[[Device, Network, World], Awaitable[T]]


def told(folder: Path, story: Story[T], weather: Weather = FINE, allowance: Allowance = PUBLISHED) -> T:
    """Tell a story of a kiosk with a network of its own, in virtual time."""
    clock = LoopClock()
    world, settings = prepare(folder, clock)
    network = Network(world, weather, random.Random(1))  # the seed makes the latencies the same in every run

    async def tell() -> T:
        device = Device(clock, settings, Surroundings(clock.seconds, network, allowance))
        async with at_work(device):
            return await story(device, network, world)

    with without_threads():
        return in_virtual_time(tell())


async def fill(device: Device, network: Network, world: World, events: int = BACKLOG) -> None:
    """So many events are recorded while the line is down: members who come and go."""
    await device.until(600)
    network.down = True
    people = members(world)[1:]
    for number in range(events):
        member = people[number % 30]
        person = PersonId(PersonKind.MEMBER, member.id)
        leaves = device.state.ledger.stay_of(person)
        kind = EventKind.CHECK_OUT if leaves else EventKind.CHECK_IN
        refers_to = leaves.event if leaves else None
        device.state.ledger.record(uuid4(), Intent(kind, person, Via.KEYPAD, refers_to=refers_to), device.clock.now())
        await device.until(20)
    network.arrived.clear()
    network.down = False


def absent(device: Device, world: World) -> list[Record]:
    """Members who are not in and have nothing in the queue."""
    ledger = device.state.ledger
    people = [(row, PersonId(PersonKind.MEMBER, row.id)) for row in members(world)]
    return [row for row, person in people if ledger.stay_of(person) is None and not ledger.entries_of(person)]


def empty(device: Device) -> Callable[[], bool]:
    return lambda: not device.courier.status().waiting


def most_in_a_minute(times: list[float]) -> int:
    return max(sum(start <= time < start + 60 for time in times) for start in times)


@dataclass(frozen=True)
class Drain:
    """How the backlog went up.

    Attributes:
        offline: What the status said of the time it takes while the line was down.
        estimate: What it said once the line was up.
        seconds: How long it took from then on.
        arrived: When each request reached the service, and its verb.
        too_many: How many of these the service, which counts them itself, answered with a 409.
    """

    offline: float | None
    estimate: float | None
    seconds: float
    arrived: Sequence[tuple[float, str]]
    too_many: int


async def drained(device: Device, network: Network, world: World) -> Drain:
    await fill(device, network, world)
    offline = device.courier.status().clear_in
    await device.until(120, lambda: device.courier.status().link is Link.ONLINE)
    estimate, began = device.courier.status().clear_in, device.clock.seconds()
    await device.until(3600, empty(device))
    return Drain(offline, estimate, device.clock.seconds() - began, network.arrived, network.too_many)


@pytest.fixture(scope="module")
def drain(tmp_path_factory: pytest.TempPathFactory) -> Drain:
    return told(tmp_path_factory.mktemp("drain"), drained)


def test_six_hundred_events_go_up_at_the_published_limit(drain: Drain) -> None:
    assert sum(verb != "GET" for _, verb in drain.arrived) == BACKLOG
    assert drain.seconds < BACKLOG * 1.15


def test_no_minute_has_more_than_the_published_limit(drain: Drain) -> None:
    assert most_in_a_minute([time for time, verb in drain.arrived if verb != "GET"]) <= PUBLISHED.writes
    assert most_in_a_minute([time for time, _ in drain.arrived]) <= PUBLISHED.calls


def test_the_service_which_counts_the_calls_itself_answers_none_with_a_409(drain: Drain) -> None:
    assert drain.too_many == 0


AT_ONCE = Allowance(writes=6000, calls=6000, spacing=0.0)
FEW = 150


async def rushed(device: Device, network: Network, world: World) -> tuple[int, int]:
    await fill(device, network, world, FEW)
    await device.until(3600, empty(device))
    return network.too_many, device.courier.status().waiting


def test_the_same_service_turns_away_a_courier_that_sends_as_fast_as_it_can(tmp_path: Path) -> None:
    too_many, waiting = told(tmp_path, rushed, allowance=AT_ONCE)
    assert too_many > 0
    assert waiting == 0, "it waits as long as it is told to, and loses nothing"


def test_the_status_says_when_the_queue_will_be_empty(drain: Drain) -> None:
    assert drain.offline is None, "with the line down nobody can say"
    assert drain.estimate == pytest.approx(drain.seconds, rel=0.1)


async def interrupted(device: Device, network: Network, world: World) -> tuple[list[float], int]:
    """While the backlog goes up, somebody comes every minute and waits for Nexudus's word."""
    await fill(device, network, world)
    await device.until(120, lambda: len(network.arrived) > 10)
    waits = []
    for member in absent(device, world)[:5]:
        code = read_code(member.text("AccessPincode"), Via.KEYPAD)
        outcome = await device.desk.present(code)
        assert outcome.event is not None
        began = device.clock.seconds()
        word = await device.courier.word_on(outcome.event, 30)
        assert word.standing is Standing.CONFIRMED
        waits.append(device.clock.seconds() - began)
        await device.until(60)
    return waits, device.courier.status().waiting


def test_a_person_at_the_desk_does_not_wait_behind_the_backlog(tmp_path: Path) -> None:
    waits, waiting = told(tmp_path, interrupted)
    assert waiting > 200, "there is a backlog to wait behind"
    assert max(waits) < 1.5, "the word comes while the result is on the glass"


SWALLOWED = Weather(lost=1.0)


async def swallowed(device: Device, network: Network, world: World) -> tuple[int, int]:
    await fill(device, network, world)
    network.weather, tried = SWALLOWED, network.swallowed
    await device.until(3600)
    return network.swallowed - tried, device.courier.status().waiting


def test_a_line_that_swallows_everything_is_tried_by_few_calls(tmp_path: Path) -> None:
    tried, waiting = told(tmp_path, swallowed)
    assert waiting == BACKLOG
    assert tried < 120, "one probe a minute at most, once the pauses have grown"


async def presence_while_busy(device: Device, network: Network, world: World) -> float:
    await fill(device, network, world)
    await device.until(120, lambda: len(network.arrived) > 10)
    someone = absent(device, world)[0]
    values: dict[str, Value] = {"CoworkerId": someone.id, "BusinessId": FIRST_LOCATION, "FromTime": device.clock()}
    world.add(CHECKINS, "another kiosk", values)
    began, person = device.clock.seconds(), PersonId(PersonKind.MEMBER, someone.id)
    await device.until(600, lambda: device.state.ledger.stay_of(person) is not None)
    return device.clock.seconds() - began


def test_who_came_in_elsewhere_is_known_within_one_poll_also_while_the_backlog_goes_up(tmp_path: Path) -> None:
    assert told(tmp_path, presence_while_busy) < 60 * 1.1 + 10
