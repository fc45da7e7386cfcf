"""The staff corner: what staff ask for, and what desk and record make of it; each act leaves a line in the audit."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kiosk.desk.adverts import RadioStanding
from kiosk.desk.alarm import NotPrinted, Printer
from kiosk.desk.clock import Clock, Moment
from kiosk.desk.credentials import Via
from kiosk.desk.events import Stay
from kiosk.desk.frames import CameraStanding
from kiosk.desk.guest_list import Guest, guests_of_today
from kiosk.desk.house import House
from kiosk.desk.lockout import Attempts, Channel
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.people import Consent, PersonId, PersonKind, Visitor
from kiosk.desk.ports import Courier, LineStatus, NotRecorded
from kiosk.desk.queue import Entry, UploadState
from kiosk.desk.roll_call import RollCall, call_roll
from kiosk.desk.staff import NotPossible, StaffActs
from kiosk.desk.staff_desk import STAFF_CORNER, Act, Admission, Entrance, Look

logger = logging.getLogger(__name__)

_COMING = (OutcomeKind.WELCOME,)
_GOING = (OutcomeKind.GOODBYE,)


class Record(Protocol):
    """The ledger, as far as the staff corner reads it, and the count of wrong PINs."""

    def stays(self) -> Sequence[Stay]:
        """Everybody who is in."""
        ...

    def stay_of(self, person: PersonId) -> Stay | None:
        """The person's present stay."""
        ...

    def left_at(self, person: PersonId) -> datetime | None:
        """When they left, in UTC."""
        ...

    def entries(self) -> Sequence[Entry]:
        """Every event, oldest first."""
        ...

    def entries_of(self, person: PersonId) -> Sequence[Entry]:
        """The person's events, oldest first."""
        ...

    def attempts(self, channel: Channel) -> Attempts:
        """The wrong PINs so far."""
        ...

    def count_failure(self, channel: Channel, attempts: Attempts) -> None:
        """Write their count. Raises NotRecorded."""
        ...


class People(Protocol):
    """The directory, as far as the staff corner reads it."""

    @property
    def as_of(self) -> datetime | None:
        """When the members were last read, in UTC."""
        ...

    def visits(self) -> Sequence[Visitor]:
        """Every visit that is known here."""
        ...

    def name_of(self, person: PersonId) -> str:
        """A name; empty where it is not known."""
        ...


class Decisions(Protocol):
    """What staff have decided for this kiosk, and the audit."""

    @property
    def look(self) -> Look:
        """How this kiosk greets everybody."""
        ...

    @property
    def is_pin_set(self) -> bool:
        """Whether there is a staff PIN."""
        ...

    def fits(self, pin: str) -> bool:
        """Whether this is it. Slow on purpose."""
        ...

    def close(self, text: str, at: Moment, who: str) -> None:
        """Close the kiosk. Raises NotRecorded."""
        ...

    def open(self, at: Moment, who: str) -> None:
        """Open it again. Raises NotRecorded."""
        ...

    def set_look(self, look: Look, at: Moment, who: str) -> None:
        """Greet everybody so. Raises NotRecorded."""
        ...

    def note(self, act: Act, at: Moment, who: str, about: Mapping[str, str] | None = None, note: str = "") -> None:
        """Leave a line in the audit. Raises NotRecorded."""
        ...


class Admits(Protocol):
    """The reception, which lets staff name a visitor."""

    async def admit(self, person: PersonId, consent: Consent) -> Outcome:
        """Check a visitor in."""
        ...

    async def leave(self, person: PersonId, via: Via) -> Outcome:
        """Check a visitor out."""
        ...


class Archive(Protocol):
    """Keeps roll calls as files. Raises NotPossible."""

    def save(self, text: str, people: Sequence[PersonId]) -> Path:
        """Keep one; answers where."""
        ...


@dataclass(frozen=True, slots=True)
class Instruments:
    """What can be looked at live.

    Attributes:
        camera: Tells how the camera stands.
        radio: Tells how Bluetooth stands; None where this kiosk has none.
    """

    camera: Callable[[], CameraStanding]
    radio: Callable[[], RadioStanding] | None = None


class StaffCorner:
    """Fulfils the desk's `StaffDesk`. Whatever touches disk or printer runs in a thread."""

    def __init__(
        self,
        record: Record,
        acts: StaffActs,
        people: People,
        decisions: Decisions,
        reception: Admits,
        courier: Courier,
        printer: Printer,
        archive: Archive,
        instruments: Instruments,
        clock: Clock,
        house: Callable[[], House],
    ) -> None:
        self._record = record
        self._acts = acts
        self._people = people
        self._decisions = decisions
        self._reception = reception
        self._courier = courier
        self._printer = printer
        self._archive = archive
        self._instruments = instruments
        self._clock = clock
        self._house = house
        self._turn = asyncio.Lock()
        self._uncounted: Attempts | None = None

    @property
    def look(self) -> Look:
        """How this kiosk greets everybody."""
        return self._decisions.look

    def is_pin_set(self) -> bool:
        """Whether anybody can get in."""
        return self._decisions.is_pin_set

    async def admit(self, pin: str) -> Admission:
        """Answer a PIN; one at a time, so that many at once are not one try. See `StaffDesk.admit`."""
        async with self._turn:
            return await asyncio.to_thread(self._admit, pin)

    def _admit(self, pin: str) -> Admission:
        if not self._decisions.is_pin_set:
            return Admission(Entrance.NO_PIN)
        now = self._clock.now()
        attempts = self._uncounted or self._record.attempts(Channel.STAFF)
        if (until := attempts.locked_until(now.wall)) is not None:
            if (moved := attempts.set_back(now.wall)) is not None:
                self._count(moved)
            return Admission(Entrance.LOCKED, until)
        if self._decisions.fits(pin):
            if attempts.failures:
                self._count(Attempts())  # there is one PIN and who has it: nobody else's tries are forgiven
            self._leave_line(Act.UNLOCKED)
            return Admission(Entrance.OPEN)
        # On disk before the answer, or pulling the plug would give new tries.
        counted = attempts.after_failure(now.wall)
        self._count(counted)
        self._leave_line(Act.WRONG_PIN)
        until = counted.locked_until(now.wall)
        return Admission(Entrance.WRONG if until is None else Entrance.LOCKED, until)

    def _count(self, attempts: Attempts) -> None:
        """Write the count. On a full disk it is kept in mind: staff must get in, and who guesses must not."""
        try:
            self._record.count_failure(Channel.STAFF, attempts)
            self._uncounted = None
        except NotRecorded:
            self._uncounted = attempts

    async def roll_call(self) -> RollCall:
        """Who is in."""
        return await asyncio.to_thread(self.call_now)

    def call_now(self) -> RollCall:
        """The same, for a thread: from memory, with the network down as well."""
        stays, now = self._record.stays(), self._clock.now()
        return call_roll(stays, self._record.entries(), self._people.name_of, self._people.as_of, now.wall)

    async def print_out(self, text: str, title: str) -> str:
        """Print a roll call."""
        await asyncio.to_thread(self._print, text, title)
        return self._printer.name

    def _print(self, text: str, title: str) -> None:
        try:
            self._printer.print(text, title)
        except NotPrinted as error:
            raise NotPossible(str(error)) from error
        self._leave_line(Act.PRINTED)

    async def save(self, text: str, people: Sequence[PersonId]) -> str:
        """Keep a roll call as a text file."""
        return str(await asyncio.to_thread(self._save, text, people))

    def _save(self, text: str, people: Sequence[PersonId]) -> Path:
        path = self._archive.save(text, people)
        self._leave_line(Act.SAVED)
        return path

    async def guests(self) -> Sequence[Guest]:
        """Today's visitors."""
        return await asyncio.to_thread(self._guests)

    def _guests(self) -> Sequence[Guest]:
        left = self._record.left_at
        visits = [replace(one, departed=one.departed or left(one.id)) for one in self._people.visits()]
        walk_ins = [
            Visitor(stay.person, self._told_name(stay.person))
            for stay in self._record.stays()
            if stay.person.kind is PersonKind.WALK_IN
        ]
        return guests_of_today(visits, walk_ins, self._record.stay_of, self._clock.now(), self._house())

    def _told_name(self, person: PersonId) -> str:
        names = [entry.event.intent.name for entry in self._record.entries_of(person)]
        return names[-1] if names else ""

    async def check_in(self, person: PersonId, consent: Consent) -> Outcome:
        """Check a visitor in."""
        outcome = await self._reception.admit(person, consent)
        if outcome.kind in _COMING:
            await self._note_about(Act.CHECKED_IN, person, outcome)
        return outcome

    async def check_out(self, person: PersonId) -> Outcome:
        """Check a visitor out."""
        outcome = await self._reception.leave(person, Via.STAFF)
        if outcome.kind in _GOING:
            await self._note_about(Act.CHECKED_OUT, person, outcome)
        return outcome

    async def queue(self) -> Sequence[Entry]:
        """What waits, and what was refused."""
        return await asyncio.to_thread(self._queue)

    def _queue(self) -> Sequence[Entry]:
        entries = self._record.entries()
        open_ones = [entry for entry in entries if not entry.state.final or entry.state is UploadState.REFUSED]
        return sorted(open_ones, key=lambda one: (one.state is not UploadState.REFUSED, -one.event.sequence))

    async def retry(self, number: int) -> None:
        """Put a dead letter back into the queue."""
        await asyncio.to_thread(self._acts.retry, [number], self._clock.now())
        self._courier.wake()

    async def dismiss(self, number: int) -> None:
        """Close a dead letter."""
        await asyncio.to_thread(self._acts.dismiss, [number], self._clock.now())

    async def close(self, text: str) -> None:
        """Take no codes."""
        await asyncio.to_thread(self._decisions.close, text, self._clock.now(), STAFF_CORNER)
        logger.info("staff have closed the kiosk")

    async def open(self) -> None:
        """Take codes again."""
        await asyncio.to_thread(self._decisions.open, self._clock.now(), STAFF_CORNER)
        logger.info("staff have opened the kiosk again")

    async def set_look(self, look: Look) -> None:
        """Greet everybody so."""
        await asyncio.to_thread(self._decisions.set_look, look, self._clock.now(), STAFF_CORNER)

    def line(self) -> LineStatus:
        """One look at the line."""
        return self._courier.status()

    def camera(self) -> CameraStanding:
        """One look at the camera."""
        return self._instruments.camera()

    def radio(self) -> RadioStanding | None:
        """One look at Bluetooth."""
        return self._instruments.radio() if self._instruments.radio is not None else None

    async def note(self, act: Act, note: str = "") -> None:
        """Leave a line in the audit."""
        await asyncio.to_thread(self._leave_line, act, note=note)

    async def _note_about(self, act: Act, person: PersonId, outcome: Outcome) -> None:
        about = {"person": str(person), **({"event": str(outcome.event)} if outcome.event else {})}
        await asyncio.to_thread(self._leave_line, act, about)

    def _leave_line(self, act: Act, about: Mapping[str, str] | None = None, note: str = "") -> None:
        with contextlib.suppress(NotRecorded):  # the act itself has been done, or was refused for that reason
            self._decisions.note(act, self._clock.now(), STAFF_CORNER, about, note)
