"""What is drawn on the glass, measured at the terminal: from a frame with a code to its outcome, and the cost of the
view-finder."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kiosk.bench.figures import BenchFailed, Figure, Goal, Side, milliseconds
from kiosk.bench.lobby import Order, Part

OUTCOME_LIMIT_MS = 67.0
"""From the frame with a code to the outcome on the terminal, nineteen of twenty: two frames at thirty a second."""

PICTURE_LIMIT = 8.0
"""Of one core, for the view-finder at 80x48 pixels."""

MOST_ROUNDS = 100
"""Each is somebody who walks up to the camera: a second."""

PICTURE_SECONDS = 8.0

_COLUMNS, _ROWS = 80, 27
"""With the lines above and below, 24 rows are left to the picture: 48 pixels."""

_PATIENCE_SECONDS = 30.0

_READY = b"Show your QR code here"
_HOME = b"Touch to check in or out"
_OUTCOME = b"Recorded here."
_TO_THE_CODE_SCREEN = b"\x1bOQ\x1bOP"  # F2, visitor; F1, who has a code
_DONE = b"\r"
_SETTLE_SECONDS = 0.15


@dataclass(frozen=True, slots=True)
class GlassFigures:
    """What a visitor with a QR code sees.

    Attributes:
        outcome: From the frame with the code, handed over by the camera, to the last byte of the words of its outcome,
            the event on disk.
        outcome_p95_ms: The same, the slowest of twenty.
        outcome_cpu: Processor time of the kiosk's process in between: what a machine that is busy otherwise adds is not
            in it.
        picture_percent: Processor time of the process that shows the view-finder, of one core.
        reading_percent: The same with every frame searched for codes.
        pictures_a_second: How many were drawn.
    """

    outcome: Figure
    outcome_p95_ms: float
    outcome_cpu: Figure
    picture_percent: float
    reading_percent: float
    pictures_a_second: float

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "qr_frame_to_drawn_outcome_ms": {**self.outcome.as_dict(), "p95": self.outcome_p95_ms},
            "qr_frame_to_drawn_outcome_cpu_ms": self.outcome_cpu.as_dict(),
            "view_finder_percent_of_a_core": {
                "picture": round(self.picture_percent, 2),
                "with_reading": round(self.reading_percent, 2),
                "pictures_a_second": round(self.pictures_a_second, 1),
            },
        }

    def goals(self) -> dict[str, Goal]:
        """What is wanted of them."""
        return {
            "qr_frame_to_drawn_outcome_p95_ms": Goal(self.outcome_p95_ms, Side.AT_MOST, OUTCOME_LIMIT_MS),
            "view_finder_percent_of_a_core": Goal(self.picture_percent, Side.AT_MOST, PICTURE_LIMIT),
        }


def measure_glass(folder: Path, rounds: int, seconds: float = PICTURE_SECONDS) -> GlassFigures:
    """Measure in processes of their own, on terminals of their own. Raises BenchFailed."""
    outcomes, cpu = _outcomes(folder, min(rounds, MOST_ROUNDS))
    picture, drawn = _view_finder(Part.PICTURE, seconds)
    reading, _ = _view_finder(Part.READING, seconds)
    slowest_of_twenty = sorted(outcomes)[min(len(outcomes) - 1, len(outcomes) * 95 // 100)]
    return GlassFigures(Figure.of(outcomes), milliseconds(slowest_of_twenty), Figure.of(cpu), picture, reading, drawn)


def _outcomes(folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds from frame to outcome, and of processor time, at the screen where codes are shown and its view-finder
    runs."""
    taken, cpu = [], []
    control, asks = os.pipe()
    try:
        order = Order(Part.KIOSK, str(folder / "glass"), rounds, control=control)
        with _Glass.showing(order, 24) as glass:
            for number in range(rounds):
                glass.wait_for(_HOME)
                glass.type(_TO_THE_CODE_SCREEN)
                glass.wait_for(_READY)
                # The prime spreads the moments over the time between two pictures.
                glass.rest(_SETTLE_SECONDS + number * 17 % 83 / 1000)
                os.write(asks, b"+")
                drawn = glass.wait_for(_OUTCOME)
                spent = glass.cpu()
                frame = glass.told()
                taken.append(drawn - frame["at"])
                cpu.append(spent - frame["cpu"])
                os.write(asks, b"-")
                glass.rest(_SETTLE_SECONDS)
                glass.type(_DONE)
    finally:
        os.close(control)
        os.close(asks)
    return taken, cpu


def _view_finder(part: Part, seconds: float) -> tuple[float, float]:
    """The share of a core, and the pictures drawn a second."""
    with _Glass.showing(Order(part, seconds=seconds), _ROWS) as glass:
        began = time.monotonic()
        glass.drain()
        return glass.told()["percent"], glass.updates / (time.monotonic() - began)


class _Glass:
    """A terminal like the kiosk's, with a part of the kiosk on it."""

    def __init__(self, terminal: int, process: subprocess.Popen[str]) -> None:
        self._terminal = terminal
        self._process = process
        self._drawn = b""
        self.updates = 0
        """How often the picture was changed."""

    @classmethod
    @contextlib.contextmanager
    def showing(cls, order: Order, rows: int) -> Iterator[_Glass]:
        """Start it, and end it."""
        terminal, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, _COLUMNS, _COLUMNS * 10, rows * 20))
        process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-m", "kiosk.bench.lobby", order.as_json()],
            stdin=end,
            stdout=subprocess.PIPE,
            stderr=end,
            text=True,
            env={**os.environ, "TERM": "foot", "COLORTERM": "truecolor"},
            pass_fds=(order.control,) if order.control else (),
            start_new_session=True,
        )
        os.close(end)
        try:
            yield cls(terminal, process)
        finally:
            process.kill()
            process.wait()
            _part(process.stdout).close()
            os.close(terminal)

    def type(self, keys: bytes) -> None:
        """Type, and forget what was drawn before."""
        self._drawn = b""
        os.write(self._terminal, keys)

    def wait_for(self, words: bytes) -> float:
        """When these words had been drawn, in seconds of `time.monotonic()`. Raises BenchFailed."""
        ends = time.monotonic() + _PATIENCE_SECONDS
        while words not in self._drawn:
            if time.monotonic() > ends or not self._read(0.5):
                raise BenchFailed(f"{words.decode()!r} was not drawn; the last output was {self._drawn[-200:]!r}")
        at = time.monotonic()
        self._drawn = b""
        return at

    def rest(self, seconds: float) -> None:
        """Let so much time pass; the terminal goes on."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._read(left)

    def drain(self) -> None:
        """Take what is drawn until it ends."""
        while self._read(_PATIENCE_SECONDS):
            self._drawn = self._drawn[-200:]

    def cpu(self) -> float:
        """Processor time of the process so far, in seconds."""
        # The clock that Linux has for each process (clock_getcpuclockid(3)); Python has no name for another's.
        return time.clock_gettime(~self._process.pid << 3 | 2)

    def told(self) -> dict[str, float]:
        """The next thing that the process tells. Raises BenchFailed."""
        line = _part(self._process.stdout).readline()
        if not line:
            raise BenchFailed(f"the glass told nothing; the last output was {self._drawn[-200:]!r}")
        fact: dict[str, float] = json.loads(line)
        return fact

    def _read(self, seconds: float) -> bool:
        """Take what is drawn within so many seconds, and answer what foot answers; whether it goes on."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            return False
        if b"\x1b[?2026$p" in data:
            os.write(self._terminal, b"\x1b[?2026;2$y")
        self.updates += data.count(b"\x1b[?2026h")
        self._drawn += data
        return bool(data)


def _part(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise BenchFailed("the glass has no output")
    return stream
