"""Whatever becomes of the request of whatever kind of write, the event is in Nexudus once."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.desk.credentials import Code, Via, read_code
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent
from kiosk.desk.queue import UploadState
from kiosk.desk.walk_in import read_walk_in
from kiosk.sandbox.entities import CHECKINS, VISITORS
from kiosk.sandbox.world import World
from kiosk.wiring.surroundings import Surroundings
from tests.sync.lobby_day import PUBLISHED, Device, LoopClock, at_work, members, prepare, without_threads
from tests.sync.weather import FINE, Network
from tests.virtual_time import in_virtual_time

FATES = ("unanswered", "lost", "broken", "late", "much later", "power")
"""Carried out and never answered; never arrived; answered by somebody in between; carried out while the client waits or
after it has given up; with the power cut while it is under way. "Much later" is a minute after the client gave up."""


class Visit:
    """One person, from the kiosk's side and from Nexudus's."""

    def __init__(self, device: Device, network: Network, world: World, code: str) -> None:
        self.device, self.network, self.world = device, network, world
        self._code = read_code(code, Via.KEYPAD)
        self.events: list[UUID] = []

    @property
    def code(self) -> Code:
        assert self._code is not None
        return self._code

    async def comes(self) -> None:
        await self._does(await self.device.desk.present(self.code), OutcomeKind.WELCOME)

    async def leaves(self) -> None:
        await self._does(await self.device.desk.present(self.code.leaving()), OutcomeKind.GOODBYE)

    async def takes_it_back(self) -> None:
        await self._does(await self.device.desk.undo(self.events[-1]), OutcomeKind.UNDONE)

    async def _does(self, outcome: Outcome, kind: OutcomeKind) -> None:
        assert outcome.kind is kind
        assert outcome.event is not None
        self.events.append(outcome.event)
        await self.device.until(4)

    def states(self) -> list[UploadState | None]:
        entries = [self.device.state.ledger.entry(event) for event in self.events]
        return [entry.state if entry else None for entry in entries]


async def member_comes(visit: Visit, fate: str) -> None:
    visit.network.next_write = fate
    await visit.comes()


async def member_leaves(visit: Visit, fate: str) -> None:
    await visit.comes()
    visit.network.next_write = fate
    await visit.leaves()


async def takes_coming_back(visit: Visit, fate: str) -> None:
    await visit.comes()
    visit.network.next_write = fate
    await visit.takes_it_back()


async def takes_leaving_back(visit: Visit, fate: str) -> None:
    await visit.comes()
    await visit.leaves()
    visit.network.next_write = fate
    await visit.takes_it_back()


KINDS: dict[str, Callable[[Visit, str], Awaitable[None]]] = {
    "comes": member_comes,
    "leaves": member_leaves,
    "takes coming back": takes_coming_back,
    "takes leaving back": takes_leaving_back,
}

IN_NEXUDUS = {
    "comes": (1, False),
    "leaves": (1, True),
    "takes coming back": (0, False),
    "takes leaving back": (1, False),
}
"""For each kind, how many records there must be at the end, and whether the stay has an end."""


async def all_kinds(device: Device, network: Network, world: World, fate: str) -> dict[str, tuple[int, bool]]:
    network.cut_power = device.cut_power
    await device.until(30)
    found = {}
    for (name, kind), member in zip(KINDS.items(), members(world)[2:], strict=False):
        visit = Visit(device, network, world, member.text("AccessPincode"))
        await kind(visit, fate)
        await device.until(600)
        assert network.next_write is None, "the write came about"
        assert all(state is not None and state.final for state in visit.states()), name
        ids = {str(event) for event in visit.events}
        rows = [row for row in world.rows(CHECKINS) if row.text("SystemId") in ids]
        found[name] = (len(rows), any(row.moment("ToTime") for row in rows))
    assert device.courier.status().refused == 0
    return found


async def all_kinds_of_visits(device: Device, network: Network, world: World, fate: str) -> dict[str, tuple[int, bool]]:
    network.cut_power = device.cut_power
    await device.until(30)
    found, expected = {}, await welcome_visitors(device, world)
    for (name, kind), number in zip(KINDS.items(), expected, strict=False):
        visit = Visit(device, network, world, world.get(VISITORS, number).text("VisitorCode"))
        await kind(visit, fate)
        await device.until(600)
        assert network.next_write is None, "the write came about"
        assert all(state is not None and state.final for state in visit.states()), name
        record = world.get(VISITORS, number)
        found[name] = (int(record.flag("Arrived")), record.moment("DepartureDate") is not None)
    assert device.courier.status().refused == 0
    return found


async def all_kinds_of_walk_ins(
    device: Device, network: Network, world: World, fate: str
) -> dict[str, tuple[int, bool]]:
    """For each kind, how many records there are of the walk-in, and whether one of them says that they have come."""
    network.cut_power = device.cut_power
    await device.until(30)
    found = {}
    for name, failing in (("registers", "first"), ("takes registering back", "second")):
        form = read_walk_in(f"Ana {failing}", "ana@prueba.test")
        network.next_write = fate if failing == "first" else None
        registered = await device.desk.register(form, Consent.GIVEN, Via.KEYPAD)
        assert registered.event is not None
        await device.until(4)
        if failing == "second":
            network.next_write = fate
            assert (await device.desk.undo(registered.event)).kind is OutcomeKind.UNDONE
        await device.until(600)
        assert network.next_write is None, "the write came about"
        rows = [row for row in world.rows(VISITORS) if row.text("FullName") == form.name]
        found[name] = (len(rows), any(row.flag("Arrived") for row in rows))
    assert (device.courier.status().waiting, device.courier.status().refused) == (0, 0)
    return found


async def welcome_visitors(device: Device, world: World) -> list[int]:
    """Visitors of today whom nothing hinders, by their record."""
    found = []
    for row in world.rows(VISITORS):
        code = read_code(row.text("VisitorCode"), Via.KEYPAD)
        people = device.state.directory.visitors_with(code) if code else []
        today = len(people) == 1 and people[0].expected and people[0].expected.date() == device.clock().date()
        if today and row.number("HostApprovalStatus") == 1 and not row.flag("Arrived"):
            found.append(row.id)
    assert len(found) >= len(KINDS)
    return found


Story = Callable[[Device, Network, World, str], Awaitable[dict[str, tuple[int, bool]]]]


def told(folder: Path, story: Story, fate: str) -> dict[str, tuple[int, bool]]:
    clock = LoopClock()
    world, settings = prepare(folder, clock)
    network = Network(world, FINE, random.Random(1))  # the seed makes the latencies the same in every run

    async def tell() -> dict[str, tuple[int, bool]]:
        device = Device(clock, settings, Surroundings(clock.seconds, network, PUBLISHED))
        async with at_work(device):
            return await story(device, network, world, fate)

    with without_threads():
        return in_virtual_time(tell())


@pytest.mark.parametrize("fate", FATES)
def test_no_write_about_a_member_is_lost_or_doubled(tmp_path: Path, fate: str) -> None:
    assert told(tmp_path, all_kinds, fate) == IN_NEXUDUS


@pytest.mark.parametrize("fate", FATES)
def test_no_write_about_a_visitor_is_lost_or_doubled(tmp_path: Path, fate: str) -> None:
    assert told(tmp_path, all_kinds_of_visits, fate) == IN_NEXUDUS


@pytest.mark.parametrize("fate", FATES)
def test_no_write_about_a_walk_in_is_lost_or_doubled(tmp_path: Path, fate: str) -> None:
    walk_ins = told(tmp_path, all_kinds_of_walk_ins, fate)
    assert walk_ins == {"registers": (1, True), "takes registering back": (1, False)}
