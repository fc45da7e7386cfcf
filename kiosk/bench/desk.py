"""From a credential to its outcome: the real reception over the real state, with the line down."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import segno
from PIL import Image

from kiosk.bench.figures import Figure
from kiosk.clock import SystemClock
from kiosk.desk.credentials import Code, Via, read_code
from kiosk.desk.directory import MemberListing, VisitorListing
from kiosk.desk.events import EventKind, Intent
from kiosk.desk.frames import Frame
from kiosk.desk.house import House
from kiosk.desk.outcomes import OutcomeKind, Standing, Word
from kiosk.desk.people import Member, PersonId, PersonKind, Visitor
from kiosk.desk.ports import LineStatus, Link
from kiosk.reception import Reception
from kiosk.sensors.decoder import Decoder
from kiosk.state.directory import DirectoryStore
from kiosk.state.ledger import Ledger
from kiosk.state.secrets import CodeHasher
from kiosk.state.store import Store


class BenchFailed(Exception):
    """A measurement did not do what it measures: a figure of it would be a lie."""


class CutOff:
    """A courier whose line is down: what is measured is the kiosk, not a network."""

    def status(self) -> LineStatus:
        """Offline."""
        return LineStatus(Link.OFFLINE, 0, 0)

    def wake(self) -> None:
        """There is nobody to wake."""

    async def look_up(self, code: Code) -> None:
        """Nobody can be asked."""

    async def word_on(self, event: UUID, within: float) -> Word:
        """No word comes."""
        return Word(Standing.QUEUED)


class Bench:
    """One state folder with `members` members, and as many visitors as rounds."""

    def __init__(self, store: Store, members: int, rounds: int) -> None:
        self._rounds = rounds
        self._ledger = Ledger(store.precious)
        self._clock = SystemClock()
        self._directory = DirectoryStore(store.directory, CodeHasher(b"a key for measuring only, 32 byte"))
        self._pins = [f"{number:09d}" for number in random.Random(5).sample(range(10**9), members)]  # noqa: S311
        self._codes = [f"v{number:07d}" for number in range(rounds)]
        now = datetime.now(UTC)
        self._directory.replace_members(
            (
                MemberListing(Member(PersonId(PersonKind.MEMBER, number), f"Member {number}"), pin)
                for number, pin in enumerate(self._pins, 1)
            ),
            now,
        )
        self._directory.replace_visitors(
            VisitorListing(Visitor(PersonId(PersonKind.VISITOR, number), f"Visitor {number}", expected=now), code)
            for number, code in enumerate(self._codes, 1)
        )
        house = House(1, "Bench")
        self._desk = Reception(self._directory, self._ledger, CutOff(), self._clock, lambda: house)

    async def pin_to_outcome(self) -> Figure:
        """A known PIN, typed, to "welcome", with the event on disk."""
        return Figure.of([await self._welcomed(read_code(pin, Via.KEYPAD), 0.0) for pin in self._some_pins()])

    async def qr_to_outcome(self) -> Figure:
        """A camera frame with a code to "welcome", with the event on disk."""
        decoder, taken = Decoder(), []
        for code in self._codes:
            frame = frame_with(code)
            began = time.perf_counter()
            reading = decoder.read(frame)
            if reading is None:
                raise BenchFailed("a clear QR code was not read")
            credential = read_code(reading.text, Via.CAMERA)
            taken.append(await self._welcomed(credential, time.perf_counter() - began))
        return Figure.of(taken)

    def pin_look_up(self) -> Figure:
        """A PIN among all members, without any disk."""
        taken = []
        for pin in self._some_pins():
            began = time.perf_counter()
            found = self._directory.members_with(pin)
            taken.append(time.perf_counter() - began)
            if len(found) != 1:
                raise BenchFailed("a PIN did not name one member")
        return Figure.of(taken)

    def durable_write(self) -> Figure:
        """One event, with its presence and its place in the queue, to disk."""
        taken = []
        for number in range(self._rounds):
            person = PersonId(PersonKind.MEMBER, 1_000_000 + number)
            began = time.perf_counter()
            self._ledger.record(uuid4(), Intent(EventKind.CHECK_IN, person, Via.KEYPAD), self._clock.now())
            taken.append(time.perf_counter() - began)
        return Figure.of(taken)

    def _some_pins(self) -> Iterator[str]:
        step = max(1, len(self._pins) // self._rounds)
        return iter(self._pins[::step][: self._rounds])

    async def _welcomed(self, code: Code | None, before: float) -> float:
        began = time.perf_counter()
        outcome = await self._desk.present(code)
        taken = before + time.perf_counter() - began
        if outcome.kind is not OutcomeKind.WELCOME:
            raise BenchFailed(f"a known code was answered with {outcome.kind.value}")
        return taken


def measure_desk(folder: Path, members: int, rounds: int) -> dict[str, Figure]:
    """All figures of the desk, by name. Raises BenchFailed."""
    with Store(folder) as store:
        bench = Bench(store, members, rounds)
        return {
            "pin_look_up_ms": bench.pin_look_up(),
            "pin_to_outcome_ms": asyncio.run(bench.pin_to_outcome()),
            "qr_frame_to_outcome_ms": asyncio.run(bench.qr_to_outcome()),
            "durable_write_ms": bench.durable_write(),
        }


def frame_with(text: str) -> Frame:
    """A 640x480 frame with a code of about a third of its height, as a held phone fills it."""
    code = segno.make(text, error="m", micro=False)
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(border=4)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    picture = picture.resize((picture.width * 6, picture.height * 6), Image.Resampling.NEAREST)
    room = Image.new("L", (640, 480), 128)
    room.paste(picture, ((640 - picture.width) // 2, (480 - picture.height) // 2))
    return Frame(room.tobytes(), 640, 480, time.monotonic())
