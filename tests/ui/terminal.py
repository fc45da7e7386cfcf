"""The kiosk on a terminal of its own, in a process of its own: what a visitor at the keyboard could do to it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path

PROGRAM = """
import sys
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from tests.ui.desk import FakeScanner, ScriptedDesk
app = KioskApp(ScriptedDesk(), FakeScanner(), Speech(), Patience())
app.run()
sys.exit(app.return_code)
"""


class Glass:
    """The kiosk on a terminal of its own, and everything it has drawn there."""

    def __init__(self, program: str = PROGRAM, environment: Mapping[str, str] | None = None) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 800, 480))
        root = Path(__file__).parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=root,
            env={**os.environ, "TERM": "foot", "COLORTERM": "truecolor", **(environment or {})},
            start_new_session=True,
        )
        os.close(slave)
        self.drawn = b""

    def until(self, text: bytes) -> None:
        """Wait until something is drawn; fails when the kiosk ends instead, or draws it never."""
        end = time.monotonic() + 60
        while text not in self.drawn:
            assert time.monotonic() < end, self.drawn[-500:]
            assert self.process.poll() is None, self.drawn[-2000:]
            if select.select([self.master], [], [], 0.1)[0]:
                self.drawn += os.read(self.master, 65536)

    def type(self, data: bytes) -> None:
        """Send raw bytes, as a keyboard, a scanner or a touch panel would."""
        self.drawn = b""
        os.write(self.master, data)

    def pour(self, data: bytes) -> None:
        """Send much, and read meanwhile: a terminal that nobody reads takes nothing more."""
        self.drawn, end = b"", time.monotonic() + 300
        while data:
            assert time.monotonic() < end, "it takes nothing more"
            assert self.process.poll() is None, self.drawn[-2000:]
            reads, writes, _ = select.select([self.master], [self.master], [], 1)
            if reads:
                self.drawn += os.read(self.master, 65536)
            if writes:
                data = data[os.write(self.master, data[:256]) :]

    def settle(self) -> None:
        """Read until it draws nothing more and is at rest: what was sent has been dealt with."""
        worked, end = -1, time.monotonic() + 300
        while worked != (worked := self._worked()):
            assert time.monotonic() < end, "it never rests"
            while select.select([self.master], [], [], 0.4)[0]:
                self.drawn += os.read(self.master, 65536)

    def _worked(self) -> int:
        """Its processor time so far, in twentieths of a second: what it does at rest is less."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) // (os.sysconf("SC_CLK_TCK") // 20)

    def children(self) -> list[str]:
        """The processes that the kiosk has started."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [child for task in tasks for child in task.read_text().split()]

    def close(self) -> int:
        """End it as systemd does, and answer its status."""
        self.process.terminate()
        try:
            while select.select([self.master], [], [], 5)[0]:
                read = os.read(self.master, 65536)
                if not read:
                    break
                self.drawn += read
        except OSError:
            pass
        os.close(self.master)
        return self.process.wait(20)
