"""From starting the program to the first frame on a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence

from kiosk.bench.figures import BenchFailed, Figure

COLUMNS, ROWS = 80, 24
PATIENCE_SECONDS = 30.0


def measure_start(arguments: Sequence[str], marker: str, rounds: int, environment: Mapping[str, str]) -> Figure:
    """Start `kiosk ARGUMENTS` on a terminal of its own, `rounds` times, until `marker` has been drawn. Raises
    BenchFailed."""
    return Figure.of([_first_frame(arguments, marker.encode(), environment) for _ in range(rounds)])


def _first_frame(arguments: Sequence[str], marker: bytes, environment: Mapping[str, str]) -> float:
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        wanted = {**os.environ, **environment, "TERM": "foot", "COLORTERM": "truecolor"}
        os.execve(sys.executable, [sys.executable, "-m", "kiosk", *arguments], wanted)  # noqa: S606 - this very program
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, COLUMNS * 10, ROWS * 20))
        return _until_drawn(terminal, marker, began)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _until_drawn(terminal: int, marker: bytes, began: float) -> float:
    """Answer what foot answers, and wait for the marker."""
    drawn = b""
    while (left := PATIENCE_SECONDS - (time.perf_counter() - began)) > 0:
        ready, _, _ = select.select([terminal], [], [], left)
        try:
            data = os.read(terminal, 1 << 16) if ready else b""
        except OSError:
            break
        drawn += data
        if b"\x1b[?2026$p" in data:
            os.write(terminal, b"\x1b[?2026;2$y")
        if marker in drawn:
            return time.perf_counter() - began
    raise BenchFailed(f"the first frame did not come; the last output was {drawn[-200:]!r}")
