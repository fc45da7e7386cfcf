"""A kiosk at work in virtual time, and people who come and go in front of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kiosk.assembly import State, build_courier, build_desk, open_state
from kiosk.desk.clock import Anchor, ClockQuality, Moment
from kiosk.nexudus.entities import Nexudus
from kiosk.reception import Reception
from kiosk.sandbox import collection, sign_in
from kiosk.sandbox.entities import COWORKERS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import FEWEST_MEMBERS, FIRST_LOCATION, SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from kiosk.setting_up.steps import set_up
from kiosk.settings import Settings
from kiosk.sync.courier import Courier
from kiosk.sync.pace import Allowance
from kiosk.wiring.surroundings import Surroundings
from tests.road import LOCATION, settings_for

T = TypeVar("T")

MORNING = datetime(2026, 3, 2, 9, 15, 30, 123456, UTC)

PUBLISHED = Allowance(writes=60, calls=120, spacing=0.1)
"""All that Nexudus allows an account (contract 2.1)."""


class LoopClock:
    """The kiosk's clock and the service's: both go with the loop's time."""

    def __init__(self) -> None:
        self.boot = 1
        self._booted = -1000.0
        self.ahead = timedelta(0)

    def seconds(self) -> float:
        """The loop's time; 0 before it runs."""
        try:
            return asyncio.get_running_loop().time()
        except RuntimeError:
            return 0.0

    def __call__(self) -> datetime:
        """The service's time, which is the true one."""
        return MORNING + timedelta(seconds=self.seconds())

    def now(self) -> Moment:
        """The kiosk's."""
        since_boot = self.seconds() - self._booted
        return Moment(self() + self.ahead, since_boot, f"boot-{self.boot}", ClockQuality.SET)

    def learn(self, anchor: Anchor) -> None:
        """It is right as it is."""

    def reboot(self) -> None:
        """The device starts again."""
        self.boot += 1
        self._booted = self.seconds() - 5.0


@dataclass
class Device:
    """One kiosk that can lose its power and start again on the same disk."""

    clock: LoopClock
    settings: Settings
    around: Surroundings
    state: State = field(init=False)
    courier: Courier = field(init=False)
    desk: Reception = field(init=False)
    _nexudus: Nexudus = field(init=False)
    _open: contextlib.ExitStack = field(init=False)
    off: bool = True
    _day: asyncio.Task[None] | None = None

    def switch_on(self) -> None:
        """Open the state and set the courier to work."""
        self._open = contextlib.ExitStack()
        self.state = self._open.enter_context(open_state(self.settings, self.clock, self.around))
        self.courier, self._nexudus = build_courier(self.settings, self.state, self.clock, self.around)
        self.desk = build_desk(self.settings, self.state, self.courier, self.clock)
        self._day = asyncio.create_task(self.courier.run())
        self.off = False

    def cut_power(self) -> None:
        """All that was under way ends here and now; what is on disk stays."""
        self.off = True
        if self._day is not None:
            self._day.cancel()

    @property
    def failed(self) -> BaseException | None:
        """What ended the courier, if something did that was no power cut."""
        if self._day is None or not self._day.done() or self._day.cancelled():
            return None
        return self._day.exception()

    async def switch_off(self) -> None:
        """End, and give the disk back."""
        if self._day is not None:
            self._day.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._day
            self._day = None
        await self._nexudus.client.aclose()
        self._open.close()

    async def restart(self) -> None:
        """The power comes back after half a minute."""
        await self.switch_off()
        await asyncio.sleep(30)
        self.clock.reboot()
        self.switch_on()

    async def until(self, seconds: float, done: Callable[[], bool] = lambda: False) -> None:
        """Let time pass, and switch the kiosk on again whenever it has lost its power."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end and not done():
            if self.failed is not None:
                raise self.failed
            if self.off:
                await self.restart()
            await asyncio.sleep(min(5.0, max(end - loop.time(), 0.001)))


@contextlib.contextmanager
def without_threads() -> Iterator[None]:
    """The service answers in the loop itself: a thread would take real time."""

    async def at_once(work: Callable[..., T], *args: Any) -> T:
        return work(*args)

    with pytest.MonkeyPatch.context() as patch:
        for room in (collection, sign_in):
            patch.setattr(room, "run_in_threadpool", at_once)
        yield


SELDOM = {"presence_seconds": 1800.0, "visitors_seconds": 43_200.0, "members_seconds": 43_200.0}
"""Lists read seldom, where they are not what a story is about: each costs as much of a test's time as ten events."""


def prepare(folder: Path, clock: LoopClock, **nexudus: float) -> tuple[World, Settings]:
    """A space, and a kiosk on a disk that is set up there; in real time, over real HTTP. Further settings by name."""
    world = seeded_world(FEWEST_MEMBERS, today=MORNING, now=clock)
    with SandboxServer(world) as server:
        settings = settings_for(folder, server.url)
        settings = settings.model_copy(update={"nexudus": settings.nexudus.model_copy(update=nexudus)})
        with open_state(settings, clock) as state:
            asyncio.run(_set_up(settings, state, clock))
    return world, settings


async def _set_up(settings: Settings, state: State, clock: LoopClock) -> None:
    await set_up(settings, state, SIGN_IN.email, SIGN_IN.password, LOCATION, None, lambda line: None, clock)


@contextlib.asynccontextmanager
async def at_work(device: Device) -> AsyncIterator[Device]:
    """The kiosk at work, until the story ends."""
    device.switch_on()
    try:
        yield device
    finally:
        await device.switch_off()


def members(world: World) -> list[Record]:
    """Members who can check in here with a PIN that nobody shares."""
    rows = [row for row in world.rows(COWORKERS) if row.text("AccessPincode")]
    pins = [row.text("AccessPincode") for row in rows]
    return [
        row
        for row in rows
        if row.flag("Active")
        and not row.flag("Archived")
        and row.flag("HasValidPass")
        and row.number("InvoicingBusinessId") == FIRST_LOCATION
        and pins.count(row.text("AccessPincode")) == 1
    ]
