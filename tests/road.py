"""The whole road of a check-in for tests: real state on disk, the real client, and a simulated Nexudus over real HTTP.

Time is a hand that the test moves, for the kiosk and the service alike: no result depends on the hour of the run.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.assembly import State, build_courier, build_desk, open_state
from kiosk.desk.clock import Anchor, ClockQuality, Moment
from kiosk.desk.credentials import Code, Via, read_code
from kiosk.desk.people import PersonId
from kiosk.nexudus.entities import Nexudus
from kiosk.reception import Reception
from kiosk.sandbox.entities import CHECKINS, COWORKERS, VISITORS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from kiosk.setting_up.steps import set_up
from kiosk.settings import NexudusSettings, Settings, StateSettings
from kiosk.sync.courier import Courier
from kiosk.sync.pace import Allowance
from kiosk.wiring.surroundings import Surroundings

LOCATION = "Harbour Works"

UNHURRIED = Allowance(writes=6000, calls=6000, spacing=0.0)
"""More calls than any test needs, so that none waits for its turn unless turns are what it is about."""


@dataclass
class HandClock:
    """A clock that stands still until it is moved."""

    wall: datetime = datetime(2026, 3, 2, 9, 15, 30, 123456, UTC)
    since_boot: float = 1000.0
    boot: str = "boot-1"
    passed: float = 0.0
    """Seconds for which it has been moved on, over all boots."""

    def now(self) -> Moment:
        """The present moment."""
        return Moment(self.wall, self.since_boot, self.boot, ClockQuality.SET)

    def learn(self, anchor: Anchor) -> None:
        """It is right as it is."""

    def __call__(self) -> datetime:
        """The service's time."""
        return self.wall

    def advance(self, **span: float) -> None:
        """Let time pass, in the words of `timedelta`."""
        self.wall += timedelta(**span)
        self.since_boot += timedelta(**span).total_seconds()
        self.passed += timedelta(**span).total_seconds()

    def monotonic(self) -> float:
        """Seconds that never jump: those of the hand, and those that really pass while a courier is at work."""
        return time.monotonic() + self.passed

    @property
    def around(self) -> Surroundings:
        """What a kiosk finds around it where this is the time. It asks who is in as soon as it is started."""
        return Surroundings(self.monotonic, allowance=UNHURRIED, draw=lambda: 0.0)

    def reboot(self) -> None:
        """Start the device again: the wall clock goes on, the time since boot does not."""
        self.boot += "+"
        self.since_boot = 5.0


@dataclass
class Road:
    """One kiosk in front of one service. `courier.deliver_due()` is called by the test: nothing runs behind its
    back."""

    clock: HandClock
    world: World
    server: SandboxServer
    settings: Settings
    state: State
    courier: Courier = field(init=False)
    nexudus: Nexudus = field(init=False)
    desk: Reception = field(init=False)

    def __post_init__(self) -> None:
        self.courier, self.nexudus = build_courier(self.settings, self.state, self.clock, self.clock.around)
        self.desk = build_desk(self.settings, self.state, self.courier, self.clock)

    async def set_up(self) -> None:
        """Sign in and read everything, as `kiosk setup` does."""
        await set_up(
            self.settings,
            self.state,
            SIGN_IN.email,
            SIGN_IN.password,
            LOCATION,
            None,
            lambda line: None,
            self.clock,
        )

    def restart(self, state: State) -> Road:
        """The kiosk after a restart on the same disk."""
        return Road(self.clock, self.world, self.server, self.settings, state)

    def typed(self, name: str) -> Code:
        """The code of a person, typed."""
        code = read_code(self.code_of(name), Via.KEYPAD)
        assert code is not None
        return code

    def code_of(self, name: str) -> str:
        """The PIN of a member or the code of a visitor."""
        for entity, field_name in ((COWORKERS, "AccessPincode"), (VISITORS, "VisitorCode")):
            for row in self.world.rows(entity):
                if row.text("FullName") == name and row.text(field_name):
                    return row.text(field_name)
        raise LookupError(name)

    def checkins(self, name: str) -> list[Record]:
        """The check-ins that the service has of a person since this morning, oldest first."""
        number = next(row.id for row in self.world.rows(COWORKERS) if row.text("FullName") == name)
        morning = self.clock.wall.replace(hour=0, minute=0)
        return [
            row
            for row in self.world.rows(CHECKINS)
            if row.number("CoworkerId") == number and (row.moment("FromTime") or morning) >= morning
        ]

    def visit(self, name: str) -> Record:
        """The service's record of a visitor."""
        return next(row for row in self.world.rows(VISITORS) if row.text("FullName") == name)

    def is_in(self, person: PersonId) -> bool:
        """Whether this kiosk has somebody as in."""
        return self.state.ledger.stay_of(person) is not None


@contextlib.asynccontextmanager
async def open_road(
    folder: Path,
    clock: HandClock,
    *,
    encryption: bool = False,
    nexudus: NexudusSettings | None = None,
    members: int = 200,
) -> AsyncIterator[Road]:
    """A kiosk that has been set up at the seeded space, at the time of `clock`."""
    world = seeded_world(members, today=clock.wall, now=clock)
    with SandboxServer(world) as server:
        settings = settings_for(folder, server.url, encryption=encryption, nexudus=nexudus)
        with open_state(settings, clock, clock.around) as state:
            road = Road(clock, world, server, settings, state)
            await road.set_up()
            try:
                yield road
            finally:
                await road.nexudus.client.aclose()


def settings_for(
    folder: Path, url: str, *, encryption: bool = False, nexudus: NexudusSettings | None = None
) -> Settings:
    """Settings of a kiosk in a folder, with the real patience of seventy seconds for lost answers."""
    return Settings(
        nexudus=(nexudus or NexudusSettings()).model_copy(update={"url": url, "confirm_seconds": 0.05}),
        state=StateSettings(folder=folder / "state", key_file=folder / "pin.key", encryption=encryption),
    )
