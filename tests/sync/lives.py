"""A kiosk, its people and its bad days, for a machine that puts them in any order; and the account at the end."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections import defaultdict
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from kiosk.assembly import Surroundings
from kiosk.clock import SystemClock
from kiosk.desk.clock import Anchor, Moment
from kiosk.desk.credentials import Code, Via, read_code
from kiosk.desk.events import EventKind, TimeBasis
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Entry, UploadState
from kiosk.sandbox.entities import CHECKINS, COWORKERS, VISITORS
from kiosk.sandbox.names import LAPSED
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import FEWEST_MEMBERS, seeded_world
from kiosk.sandbox.world import World
from kiosk.settings import Settings
from tests.sync.lobby_day import MORNING, PUBLISHED, Device, LoopClock, members
from tests.sync.weather import FINE, Network, Weather
from tests.virtual_time import VirtualLoop

CLOSE = timedelta(seconds=2)
"""How far a time may be off that was corrected by an answer's `Date`, which has whole seconds."""


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


@dataclass(frozen=True)
class Told:
    """What a person was told, and when that truly was."""

    event: UUID
    at: datetime


class Life:
    """One kiosk, from its first morning to the end of the account. Everything happens in the loop it brings."""

    def __init__(self, template: Template, folder: Path, seed: int) -> None:
        self._runner = asyncio.Runner(loop_factory=VirtualLoop)
        self.clock = LosableClock(folder / "clock")
        self.world, settings = template.copy(folder, self.clock)
        self.network = Network(self.world, FINE, random.Random(seed))
        self.device = Device(self.clock, settings, Surroundings(self.clock.seconds, self.network, PUBLISHED))
        self.told: list[Told] = []
        self.steps = 0
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
        self._run_for(300)
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


class Account:
    """What people were told against what Nexudus has."""

    def __init__(self, entries: Sequence[Entry], told: Sequence[Told], world: World) -> None:
        self._entries = {entry.event.id: entry for entry in entries}
        self._told = told
        self._world = world
        self._made: dict[str, list[Record]] = defaultdict(list)
        for row in world.rows(CHECKINS):
            self._made[row.text("SystemId")].append(row)

    def faults(self) -> list[str]:
        """One line for each; none is the aim."""
        found = [line for told in self._told for line in self._about(told)]
        strangers = set(self._made) - {str(event) for event in self._entries} - {""}
        return found + self._out_of_order() + [f"{stranger} is nobody's event" for stranger in strangers]

    def _about(self, told: Told) -> list[str]:
        entry = self._entries.get(told.event)
        if entry is None:
            return [f"{told.event} is not on record"]
        name = f"event {entry.event.sequence} ({entry.event.intent.kind}, {entry.state}, {entry.note!r})"
        if not entry.state.final:
            return [f"{name} has not come to an end"]
        return [f"{name}: {fault}" for fault in (*self._of_time(entry, told), *self._of_records(entry))]

    def _of_time(self, entry: Entry, told: Told) -> list[str]:
        if entry.event.basis in (TimeBasis.CLOCK, TimeBasis.ANCHORED) and abs(entry.event.time - told.at) > CLOSE:
            return [f"it was at {told.at}, and is on record at {entry.event.time}"]
        return []

    def _of_records(self, entry: Entry) -> list[str]:
        if entry.event.intent.person.kind is PersonKind.VISITOR:
            return self._of_visit(entry)
        match entry.event.intent.kind:
            case EventKind.REGISTER:  # a walk-in is a visitor by the time that it has come to its end
                return []
            case EventKind.CHECK_IN:
                return self._of_check_in(entry)
            case EventKind.CHECK_OUT:
                return self._of_check_out(entry)
            case EventKind.UNDO:
                return []  # it shows in what it took back

    def _of_check_in(self, entry: Entry) -> list[str]:
        rows = self._made[str(entry.event.id)]
        joined = entry.note == "already checked in elsewhere"
        if entry.state is UploadState.REFUSED and not entry.note:
            return ["a dead letter without a reason"]
        wanted = 0 if entry.state is not UploadState.DONE or joined else 1
        faults = [] if len(rows) == wanted else [f"{len(rows)} records in place of {wanted}"]
        return faults + ["another start" for row in rows if not same(row.moment("FromTime"), entry)]

    def _of_check_out(self, entry: Entry) -> list[str]:
        began = self._entries.get(entry.ended.event) if entry.ended and entry.ended.event else None
        if entry.state is not UploadState.DONE or began is None or began.state is not UploadState.DONE:
            return []
        rows = self._made[str(began.event.id)]
        return ["another end" for row in rows if not same(row.moment("ToTime"), entry) and not before(entry, began)]

    def _of_visit(self, entry: Entry) -> list[str]:
        record = self._world.get(VISITORS, entry.event.intent.person.number)
        field = "ArrivalDate" if entry.event.intent.kind is EventKind.CHECK_IN else "DepartureDate"
        if entry.state is UploadState.DONE and not entry.note and entry.event.intent.kind is not EventKind.UNDO:
            return [] if same(record.moment(field), entry) else [f"another {field}"]
        return []

    def _out_of_order(self) -> list[str]:
        """Whoever came twice came in that order, also where a time had to be estimated."""
        newest: dict[int, tuple[int, datetime]] = {}
        faults = []
        for entry in sorted(self._entries.values(), key=lambda entry: entry.event.sequence):
            for row in self._made[str(entry.event.id)]:
                start, person = row.moment("FromTime"), row.number("CoworkerId") or 0
                if start is None:
                    continue
                if person in newest and start < newest[person][1] - CLOSE:
                    faults.append(f"event {entry.event.sequence} is before {newest[person][0]}")
                newest[person] = (entry.event.sequence, start)
        return faults


def same(at: datetime | None, entry: Entry) -> bool:
    return at is not None and at.replace(microsecond=0) == entry.event.time.replace(microsecond=0)


def before(entry: Entry, other: Entry) -> bool:
    """Whether an estimated end came to lie before its start: then the start is sent."""
    return entry.event.time < other.event.time
