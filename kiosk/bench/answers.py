"""From a typed PIN to the desk's answer: a right one and a wrong one of the same length, and a bare flush, in turn.

A wrong PIN that took longer, or less long, would tell a guesser something; and what a flush takes is the disk's, so it
is measured beside them and taken off.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from kiosk.bench.disks import BareFlush, TimingDisk
from kiosk.bench.figures import BenchFailed, Figure, Goal, Side
from kiosk.bench.state import State
from kiosk.clock import SystemClock
from kiosk.desk.credentials import Code, Via, read_code
from kiosk.desk.house import House
from kiosk.desk.lockout import CALM
from kiosk.desk.outcomes import OutcomeKind, Standing, Word
from kiosk.desk.people import PersonId
from kiosk.desk.ports import LineStatus, Link
from kiosk.reception import Reception

BEYOND_LIMIT_MS = 5.0
"""What an answer may take besides its flush, the slowest of a hundred."""


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

    async def refresh_visit(self, person: PersonId, within: float) -> None:
        """The line is down."""

    async def refresh_presence(self, within: float) -> None:
        """The line is down."""

    async def wifi_code(self, event: UUID, within: float) -> str:
        """None comes."""
        return ""


class PassingTime:
    """A clock on which time can be let pass, so that wrong codes do not close the keypad: after `CALM` they are
    forgotten, as they are for any guesser who waits."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self.clock = SystemClock(wall=lambda: datetime.now(UTC) + self._ahead, since_boot=self._since_boot)

    def until_calm(self) -> None:
        """Let so much pass that no wrong code counts any more."""
        self._ahead += CALM

    def _since_boot(self) -> float:
        return time.clock_gettime(time.CLOCK_BOOTTIME) + self._ahead.total_seconds()


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """From a PIN to its answer.

    Attributes:
        right, wrong: Wall time, the flush included.
        right_beyond, wrong_beyond: The same less the flush that was waited for in this very answer.
        right_cpu, wrong_cpu: Processor time of the process.
        flush: One page flushed by itself, in the same folder.
    """

    right: Figure
    wrong: Figure
    right_beyond: Figure
    wrong_beyond: Figure
    right_cpu: Figure
    wrong_cpu: Figure
    flush: Figure

    def differences(self) -> dict[str, float]:
        """By how many milliseconds a wrong PIN is answered later than a right one; negative if sooner."""
        return {
            "p50": round(self.wrong.p50 - self.right.p50, 4),
            "p99": round(self.wrong.p99 - self.right.p99, 4),
            "beyond_flush_p50": round(self.wrong_beyond.p50 - self.right_beyond.p50, 4),
            "beyond_flush_p99": round(self.wrong_beyond.p99 - self.right_beyond.p99, 4),
        }

    def goals(self) -> dict[str, Goal]:
        """What is wanted of them."""
        return {"pin_to_outcome_beyond_flush_p99_ms": Goal(self.right_beyond.p99, Side.AT_MOST, BEYOND_LIMIT_MS)}


@dataclass(slots=True)
class _Timings:
    """Seconds of one kind of answer."""

    walls: list[float] = field(default_factory=list)
    beyond: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


async def measure_answers(
    state: State, disk: TimingDisk, folder: Path, right: Iterable[str], wrong: Iterable[str]
) -> AnswerFigures:
    """Present right and wrong PINs in turn, with a bare flush after each pair.

    Args:
        state: The state, over `disk`.
        disk: Tells how long an answer waited for its flush.
        folder: Where the bare flush is made.
        right: PINs of members, none of whom is in.
        wrong: As many PINs that nobody has.

    Raises:
        BenchFailed: A PIN was not answered as it should.
    """
    house, passing, pairs = House(1, "Bench"), PassingTime(), list(zip(right, wrong, strict=True))
    desk = Reception(state.directory, state.ledger, CutOff(), passing.clock, lambda: house)
    welcomed, unknown, flushes = _Timings(), _Timings(), []
    flush = BareFlush(folder, len(pairs))
    try:
        for number, (known, guess) in enumerate(pairs):
            turns = [(known, OutcomeKind.WELCOME, welcomed), (guess, OutcomeKind.UNKNOWN, unknown)]
            passing.until_calm()
            for pin, wanted, timings in turns if number % 2 else reversed(turns):
                await _present(desk, disk, pin, wanted, timings)
            flushes.append(flush())
    finally:
        flush.close()
    return AnswerFigures(
        Figure.of(welcomed.walls),
        Figure.of(unknown.walls),
        Figure.of(welcomed.beyond),
        Figure.of(unknown.beyond),
        Figure.of(welcomed.cpu),
        Figure.of(unknown.cpu),
        Figure.of(flushes),
    )


async def _present(desk: Reception, disk: TimingDisk, pin: str, wanted: OutcomeKind, timings: _Timings) -> None:
    code = read_code(pin, Via.KEYPAD)
    waited, cpu, began = disk.waited, time.process_time(), time.perf_counter()
    outcome = await desk.present(code)
    taken = time.perf_counter() - began
    timings.cpu.append(time.process_time() - cpu)
    timings.walls.append(taken)
    timings.beyond.append(taken - (disk.waited - waited))
    if outcome.kind is not wanted:
        raise BenchFailed(f"a PIN was answered with {outcome.kind.value}, not {wanted.value}")
