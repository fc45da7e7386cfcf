"""From a credential to its outcome: the real reception over the real state, with the line down."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import segno
from PIL import Image

from kiosk.bench.answers import AnswerFigures, CutOff, measure_answers
from kiosk.bench.disks import TimingDisk
from kiosk.bench.figures import BenchFailed, Figure, Goal, Side
from kiosk.bench.state import State, opened
from kiosk.clock import SystemClock
from kiosk.desk.credentials import Via, read_code
from kiosk.desk.directory import MemberListing, VisitorListing
from kiosk.desk.events import EventKind, Intent
from kiosk.desk.frames import Frame
from kiosk.desk.house import House
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.people import Member, PersonId, PersonKind, Visitor
from kiosk.reception import Reception
from kiosk.sensors.decoder import Decoder

LOOK_UP_LIMIT_MS = 0.02
"""What finding a PIN among all members may take, the median."""

_PIN_DIGITS = 9


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """What people wait for at the desk."""

    pin_look_up: Figure
    answers: AnswerFigures
    qr_frame_to_outcome: Figure
    durable_write: Figure

    def by_name(self) -> dict[str, Figure]:
        """All figures, by what they are called in JSON."""
        answers = self.answers
        return {
            "pin_look_up_ms": self.pin_look_up,
            "pin_to_outcome_ms": answers.right,
            "pin_to_outcome_beyond_flush_ms": answers.right_beyond,
            "pin_to_outcome_cpu_ms": answers.right_cpu,
            "wrong_pin_to_answer_ms": answers.wrong,
            "wrong_pin_to_answer_beyond_flush_ms": answers.wrong_beyond,
            "wrong_pin_to_answer_cpu_ms": answers.wrong_cpu,
            "bare_flush_ms": answers.flush,
            "qr_frame_to_outcome_ms": self.qr_frame_to_outcome,
            "durable_write_ms": self.durable_write,
        }

    def goals(self) -> dict[str, Goal]:
        """What is wanted of them."""
        look_up = Goal(self.pin_look_up.p50, Side.AT_MOST, LOOK_UP_LIMIT_MS)
        return {"pin_look_up_p50_ms": look_up, **self.answers.goals()}


class Bench:
    """One state with `members` members, and as many visitors as rounds."""

    def __init__(self, state: State, members: int, rounds: int) -> None:
        self._state = state
        self._rounds = rounds
        self._clock = SystemClock()
        pins = [f"{number:0{_PIN_DIGITS}}" for number in random.Random(5).sample(range(10**_PIN_DIGITS), 2 * members)]  # noqa: S311
        self._pins, self._wrong_pins = pins[:members], pins[members:]
        self._codes = [f"v{number:07d}" for number in range(rounds)]
        now = datetime.now(UTC)
        state.directory.replace_members(
            (
                MemberListing(Member(PersonId(PersonKind.MEMBER, number), f"Member {number}"), pin)
                for number, pin in enumerate(self._pins, 1)
            ),
            now,
        )
        state.directory.replace_visitors(
            VisitorListing(Visitor(PersonId(PersonKind.VISITOR, number), f"Visitor {number}", expected=now), code)
            for number, code in enumerate(self._codes, 1)
        )

    @property
    def codes(self) -> Sequence[str]:
        """The codes of the visitors' invitations, as many as there are rounds."""
        return self._codes

    def answers(self, disk: TimingDisk, folder: Path) -> AnswerFigures:
        """A PIN, typed, to "welcome" or to "unknown", with the event or the count of wrong codes on disk."""
        right, wrong = self._some(self._pins), self._some(self._wrong_pins)
        return asyncio.run(measure_answers(self._state, disk, folder, right, wrong))

    def qr_to_outcome(self) -> Figure:
        """A camera frame with a code to "welcome", with the event on disk."""
        return Figure.of(asyncio.run(self._scan_all()))

    def pin_look_up(self) -> Figure:
        """A PIN among all members, without any disk."""
        taken = []
        for pin in self._some(self._pins):
            began = time.perf_counter()
            found = self._state.directory.members_with(pin)
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
            self._state.ledger.record(uuid4(), Intent(EventKind.CHECK_IN, person, Via.KEYPAD), self._clock.now())
            taken.append(time.perf_counter() - began)
        return Figure.of(taken)

    async def _scan_all(self) -> list[float]:
        house, decoder, taken = House(1, "Bench"), Decoder(), []
        desk = Reception(self._state.directory, self._state.ledger, CutOff(), self._clock, lambda: house)
        for text in self._codes:
            frame = frame_with(text)
            began = time.perf_counter()
            reading = decoder.read(frame)
            if reading is None:
                raise BenchFailed("a clear QR code was not read")
            outcome = await desk.present(read_code(reading.text, Via.CAMERA))
            taken.append(time.perf_counter() - began)
            if outcome.kind is not OutcomeKind.WELCOME:
                raise BenchFailed(f"a known code was answered with {outcome.kind.value}")
        return taken

    def _some(self, pins: Sequence[str]) -> Sequence[str]:
        """As many as there are rounds, from all over."""
        step = max(1, len(pins) // self._rounds)
        return pins[::step][: self._rounds]


def measure_desk(folder: Path, members: int, rounds: int) -> DeskFigures:
    """All figures of the desk. Raises BenchFailed and StateError."""
    disk = TimingDisk()
    with opened(folder, disk) as state:
        bench = Bench(state, members, rounds)
        return DeskFigures(
            bench.pin_look_up(), bench.answers(disk, folder), bench.qr_to_outcome(), bench.durable_write()
        )


def frame_with(text: str) -> Frame:
    """A 640x480 frame with a code of about a third of its height, as a held phone fills it."""
    code = segno.make(text, error="m", micro=False)
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix_iter(border=4)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    picture = picture.resize((picture.width * 6, picture.height * 6), Image.Resampling.NEAREST)
    room = Image.new("L", (640, 480), 128)
    room.paste(picture, ((640 - picture.width) // 2, (480 - picture.height) // 2))
    return Frame(room.tobytes(), 640, 480, time.monotonic())
