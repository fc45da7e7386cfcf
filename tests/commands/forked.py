"""Commands as processes of their own that need not load the kiosk first: they are forked from one that has.

What a command does is the same. Loading takes longer than most commands do, and there are hundreds of them here. That
`python -m kiosk` finds its way to the same place is tried where a command is started as staff start it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import subprocess
import sys
import threading
from multiprocessing.reduction import DupFd
from pathlib import Path
from typing import IO, Protocol

PRELOADED = [
    "kiosk.cli",
    "kiosk.assembly",
    "kiosk.line.session",
    "kiosk.commands.line",
    "kiosk.commands.setup",
    "kiosk.commands.status",
    "kiosk.commands.events",
    "kiosk.commands.rollcall",
    "kiosk.commands.doctor",
    "kiosk.commands.export",
]
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(PRELOADED)


class _End(Protocol):
    """One end of a pipe on its way into the process."""

    def detach(self) -> int:
        """The descriptor there."""
        ...


class OnTerminal:
    """A `kiosk` command that runs in a process of its own, with what it is given as its three streams."""

    def __init__(self, arguments: list[str], environment: dict[str, str], ends: list[int]) -> None:
        self.args = ["kiosk", *arguments]
        self._process = _CONTEXT.Process(target=_Entry(arguments, environment, ends), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """How it ended, or None while it runs."""
        return self._process.exitcode

    def poll(self) -> int | None:
        """The same."""
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        """Wait for its end. Raises TimeoutExpired."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self.args, timeout)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def terminate(self) -> None:
        """Tell it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


class Forked(OnTerminal):
    """The same with pipes as its three streams; used as `Popen` is."""

    def __init__(self, arguments: list[str], environment: dict[str, str]) -> None:
        ends = [os.pipe() for _ in range(3)]
        theirs = [ends[0][0], ends[1][1], ends[2][1]]
        super().__init__(arguments, environment, theirs)
        for end in theirs:
            os.close(end)
        self.stdin: IO[bytes] = os.fdopen(ends[0][1], "wb", buffering=0)
        self.stdout: IO[bytes] = os.fdopen(ends[1][0], "rb")
        self.stderr: IO[bytes] = os.fdopen(ends[2][0], "rb")

    def communicate(self, typed: bytes = b"", timeout: float = 120) -> tuple[bytes, bytes]:
        """Type the last of it, and read all that is said until it ends. Raises TimeoutExpired."""
        said: dict[str, bytes] = {}
        readers = [
            threading.Thread(target=lambda name=name, end=end: said.update({name: end.read()}), daemon=True)
            for name, end in (("out", self.stdout), ("error", self.stderr))
        ]
        for reader in readers:
            reader.start()
        with contextlib.suppress(BrokenPipeError):  # it may end without reading on
            self.stdin.write(typed)
        self.stdin.close()
        self.wait(timeout)
        for reader in readers:
            reader.join()
        self.stdout.close()
        self.stderr.close()
        return said["out"], said["error"]


class _Entry:
    """What is sent to the new process, and runs there."""

    def __init__(self, arguments: list[str], environment: dict[str, str], ends: list[int]) -> None:
        self._arguments = arguments
        self._environment = environment
        self._folder = Path.cwd()
        self._ends = ends
        self._received: list[_End] = []

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_ends": [], "_received": [DupFd(end) for end in self._ends]}

    def __call__(self) -> None:
        os.setsid()
        for number, end in enumerate(self._received):
            received = end.detach()
            os.dup2(received, number)
            os.close(received)
        os.environ.clear()
        os.environ.update(self._environment)
        os.chdir(self._folder)
        wanted = self._environment.get("PYTHONIOENCODING")
        coding, errors = (wanted, "strict") if wanted else ("utf-8", "surrogateescape")
        sys.stdin = os.fdopen(0, encoding=coding, errors=errors)
        sys.stdout = os.fdopen(1, "w", encoding=coding, errors=errors)
        sys.stderr = os.fdopen(2, "w", encoding=coding, errors="backslashreplace")
        sys.argv = ["kiosk", *self._arguments]
        from kiosk.cli import main

        sys.exit(main())
