"""A kiosk, its people and its bad days, for a machine that puts them in any order."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.desk.clock import Anchor, Moment
from kiosk.desk.credentials import Code, Via, read_code
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent
from kiosk.desk.walk_in import read_walk_in
from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.names import LAPSED
from kiosk.sandbox.seed import FEWEST_MEMBERS, seeded_world
from kiosk.sandbox.world import World
from kiosk.settings import Settings
from kiosk.wiring.surroundings import Surroundings
from tests.sync.account import Account, Told
from tests.sync.lobby_day import MORNING, PUBLISHED, Device, LoopClock, members
from tests.sync.weather import FINE, Network, Weather
from tests.virtual_time import VirtualLoop

WALK_INS = [read_walk_in(f"{name} Prueba", f"{name}@prueba.test", reason="Interview") for name in ("Ana", "Bo", "Cy")]
"""Few, so that they come again, and at once again after they took it back."""

A_NIGHT = 24 * 3600.0
"""Seconds until the day has been compared with Nexudus."""


@dataclass(frozen=True)
class Template:
    """A kiosk that has been set up, to be copied for each life."""

    folder: Path
    world: World
    settings: Settings

    def copy(self, folder: Path, clock: LoopClock) -> tuple[World, Settings]:
        """A kiosk of its own in a space of its own."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        world = seeded_world(FEWEST_MEMBERS, today=MORNING, now=clock)
        world.refresh_serials.update(self.world.refresh_serials)
        state = self.settings.state.model_copy(update={"folder": folder / "state", "key_file": folder / "pin.key"})
        return world, self.settings.model_copy(update={"state": state})


class LosableClock(LoopClock):
    """The kiosk's real clock over the loop's time; at a start it can be without the time."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._mark = folder / "timesync" / "synchronized"
        self._mark.parent.mkdir(parents=True)
        self._behind = timedelta(0)
        self._start(knows_the_time=True)

    def now(self) -> Moment:
        return self._clock.now()

    def learn(self, anchor: Anchor) -> None:
        self._clock.learn(anchor)

    def reboot(self) -> None:
        super().reboot()
        self._start(knows_the_time=self._behind == timedelta(0))

    def lose(self, behind: timedelta) -> None:
        """At the next start the clock will be behind, and know it; none behind is a clock that is set again."""
        self._behind = behind

    def _start(self, *, knows_the_time: bool) -> None:
        (self._folder / "boot_id").write_text(f"boot-{self.boot}")
        self._mark.touch() if knows_the_time else self._mark.unlink(missing_ok=True)
        self._clock = SystemClock(
            self._folder / "boot_id", self._mark, lambda: self() - self._behind, lambda: self.seconds() - self._booted
        )


class Life:
    """One kiosk, from its first morning to the end of the account. Everything happens in the loop it brings."""

    def __init__(self, template: Template, folder: Path, seed: int) -> None:
        self._runner = asyncio.Runner(loop_factory=VirtualLoop)
        self.clock = LosableClock(folder / "clock")
        self.world, settings = template.copy(folder, self.clock)
        self.network = Network(self.world, FINE, random.Random(seed))
        self.device = Device(self.clock, settings, Surroundings(self.clock.seconds, self.network, PUBLISHED))
        self.told: list[Told] = []
        self.steps = self.walk_ins = self.walk_ins_left = 0
        self.codes = self._codes()
        self.network.cut_power = self.device.cut_power
        self._run_for(0.0, switch_on=True)

    def comes_or_goes(self, number: int) -> None:
        """Somebody shows their code, and leaves if they are asked whether they do."""
        if not self.device.off:
            code = self.codes[number % len(self.codes)]
            if self._note(self.device.desk.present(code)) is OutcomeKind.ALREADY_IN:
                self._note(self.device.desk.present(code.leaving()))

    def leaves(self, number: int) -> None:
        """Somebody says that they leave, whether they are in or not."""
        if not self.device.off:
            self._note(self.device.desk.present(self.codes[number % len(self.codes)].leaving()))

    def registers(self, number: int) -> None:
        """Somebody whom nobody announced gives their name and address."""
        if not self.device.off:
            form = WALK_INS[number % len(WALK_INS)]
            outcome = self._note(self.device.desk.register(form, Consent.GIVEN, Via.KEYPAD))
            self.walk_ins += outcome is OutcomeKind.WELCOME

    def walk_in_leaves(self, number: int) -> None:
        """One of those leaves by the code that Nexudus made for them; nobody can before it has made one."""
        names = {form.name for form in WALK_INS}
        texts = [row.text("VisitorCode") for row in self.world.rows(VISITORS) if row.text("FullName") in names]
        code = read_code(texts[-1 - number % len(texts)], Via.KEYPAD) if texts else None
        if code is not None and not self.device.off:
            self.walk_ins_left += self._note(self.device.desk.present(code.leaving())) is OutcomeKind.GOODBYE

    def undo(self) -> None:
        """The last one takes back what they did, if it is not too late."""
        if self.told and not self.device.off:
            self._note(self.device.desk.undo(self.told[-1].event))

    def passes(self, seconds: float) -> None:
        """Time passes; a kiosk that lost its power comes back."""
        self._run_for(seconds)

    def lose_power(self, clock_behind: timedelta) -> None:
        """Now. When it comes back, the clock may have lost the time."""
        self.clock.lose(clock_behind)
        self.device.cut_power()
        self._run_for(1.0)

    def change_weather(self, weather: Weather) -> None:
        self.network.weather = weather

    def change_line(self, *, down: bool) -> None:
        self.network.down = down

    def throttle(self, status: int, calls: int) -> None:
        """The next calls are turned away."""
        self.network.turn_away(status, calls)

    def end(self) -> list[str]:
        """The weather clears, and everything is brought to its end; returns what is wrong with the account."""
        self.network.clear_up()
        self.clock.lose(timedelta(0))
        self._run_for(60)
        if any(not entry.state.final for entry in self.device.state.ledger.entries()):
            self._run_for(4 * 3600, until_empty=True)
        self._run_for(A_NIGHT)
        try:
            return Account(self.device.state.ledger.entries(), self.told, self.world).faults()
        finally:
            self._runner.run(self.device.switch_off())
            self._runner.close()

    def _note(self, asking: Coroutine[object, object, Outcome]) -> OutcomeKind:
        async def ask() -> OutcomeKind:
            at, outcome = self.clock(), await asking
            if outcome.kind in (OutcomeKind.WELCOME, OutcomeKind.GOODBYE, OutcomeKind.UNDONE) and outcome.event:
                self.told.append(Told(outcome.event, at))
            return outcome.kind

        self.steps += 1
        return self._runner.run(ask())

    def _run_for(self, seconds: float, *, switch_on: bool = False, until_empty: bool = False) -> None:
        async def story() -> None:
            if switch_on:
                self.device.switch_on()
            await self.device.until(seconds, lambda: until_empty and not self.device.courier.status().waiting)

        self._runner.run(story())

    def _codes(self) -> list[Code]:
        """A few members, one of whom Nexudus refuses, and visitors whom nothing hinders today."""
        texts = [row.text("AccessPincode") for row in members(self.world)[2:6]]
        texts += [row.text("AccessPincode") for row in self.world.rows(COWORKERS) if row.text("FullName") == LAPSED]
        today = [row for row in self.world.rows(VISITORS) if row.number("HostApprovalStatus") == 1]
        texts += [row.text("VisitorCode") for row in today if row.flag("HasAgreedTerms") and not row.flag("Arrived")][
            :3
        ]
        return [code for text in texts if (code := read_code(text, Via.KEYPAD))]
