"""What was recorded while the line was down goes up: the real courier, against a simulated Nexudus that turns away who
calls too often."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from kiosk.assembly import State, build_courier, open_state
from kiosk.bench.figures import BenchFailed
from kiosk.clock import SystemClock
from kiosk.desk.credentials import Via
from kiosk.desk.events import EventKind, Intent
from kiosk.desk.people import PersonId, PersonKind
from kiosk.sandbox.entities import CHECKINS, COWORKERS
from kiosk.sandbox.limits import CALLS_A_MINUTE, WRITES_A_MINUTE, Limits
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from kiosk.setting_up.steps import set_up
from kiosk.settings import NexudusSettings, Settings, StateSettings

SPEED = 60
"""A minute of the service's limits, and of the kiosk's own pace, lasts a second."""

PATIENCE_SECONDS = 300.0
LOCATION = "Harbour Works"


@dataclass(frozen=True, slots=True)
class CatchUp:
    """How the events went up.

    Attributes:
        events: How many.
        seconds: How long it took, at `speed` times the pace.
        at_full_length_minutes: How long it would take at the kiosk's own pace.
        speed: By how much the limits and the kiosk's own pace were scaled.
        writes_a_minute: What the service took, before scaling.
        calls_a_minute: The same of calls of any kind.
        turned_away: How many calls it did not take.
    """

    events: int
    seconds: float
    at_full_length_minutes: float
    speed: int
    writes_a_minute: int
    calls_a_minute: int
    turned_away: int

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return asdict(self)


def measure_catch_up(folder: Path, events: int) -> CatchUp:
    """Record so many check-ins with the line down, then let them go up. Raises BenchFailed."""
    world = seeded_world(max(200, 2 * events))
    with SandboxServer(world) as server:
        settings = _settings(folder, server.url)
        with open_state(settings) as state:
            asyncio.run(_ready(settings, state))
            server.stop()
            _record(state, world, events)
            limits = Limits(minute=60.0 / SPEED)
            world.limits = limits
            server.start()
            seconds = asyncio.run(_drain(settings, state))
    _check(world, events)
    return CatchUp(
        events=events,
        seconds=round(seconds, 3),
        at_full_length_minutes=round(seconds * SPEED / 60, 1),
        speed=SPEED,
        writes_a_minute=WRITES_A_MINUTE,
        calls_a_minute=CALLS_A_MINUTE,
        turned_away=limits.turned_away,
    )


def _settings(folder: Path, url: str) -> Settings:
    usual = NexudusSettings(url=url)
    quicker = {
        "writes_per_minute": usual.writes_per_minute * SPEED,
        "calls_per_minute": usual.calls_per_minute * SPEED,
        "call_spacing_seconds": usual.call_spacing_seconds / SPEED,
    }
    scaled = usual.model_copy(update=quicker)
    return Settings(nexudus=scaled, state=StateSettings(folder=folder / "catch-up", key_file=folder / "catch-up.key"))


async def _ready(settings: Settings, state: State) -> None:
    await set_up(settings, state, SIGN_IN.email, SIGN_IN.password, LOCATION, None, lambda _line: None)


def _record(state: State, world: World, events: int) -> None:
    """So many members come in, each of them once."""
    clock, open_already = SystemClock(), {row.number("CoworkerId") for row in world.rows(CHECKINS)}
    known = set(state.directory.member_numbers()) - open_already
    may = [row.id for row in world.rows(COWORKERS) if row.id in known and row.flag("HasValidPass")]
    if len(may) < events:
        raise BenchFailed(f"there are {len(may)} members for {events} check-ins")
    for number in may[:events]:
        intent = Intent(EventKind.CHECK_IN, PersonId(PersonKind.MEMBER, number), Via.KEYPAD)
        state.ledger.record(uuid4(), intent, clock.now())


async def _drain(settings: Settings, state: State) -> float:
    courier, nexudus = build_courier(settings, state, SystemClock())
    began = time.perf_counter()
    day = asyncio.create_task(courier.run())
    try:
        while state.ledger.waiting():
            if time.perf_counter() - began > PATIENCE_SECONDS:
                raise BenchFailed(f"{state.ledger.waiting()} events still wait after {PATIENCE_SECONDS:.0f} s")
            await asyncio.sleep(0.02)
        return time.perf_counter() - began
    finally:
        day.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await day
        await nexudus.client.aclose()


def _check(world: World, events: int) -> None:
    """A figure of events that were lost or doubled would be a lie."""
    made = Counter(row.text("SystemId") for row in world.rows(CHECKINS) if row.text("SystemId"))
    if len(made) != events or made.total() != events:
        raise BenchFailed(f"{events} events made {made.total()} check-ins of {len(made)}")
