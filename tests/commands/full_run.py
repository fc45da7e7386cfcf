"""A kiosk's worst week in a minute, as real processes: every fault, wrong codes, a kill, a damaged sign-in, a password
reset. What it wrote, and what the service saw of it, is kept for tests to search.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.switches import switch
from kiosk.sandbox.watch import RequestLine
from kiosk.sandbox.world import World
from tests.commands.shell import Shell

PROGRAM = """
import logging, sys
logging.basicConfig(filename=sys.argv[1], level=logging.DEBUG, format="%(levelname)s %(name)s: %(message)s")
from kiosk.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""The kiosk with everything logged that its loggers say at all, to a file, wherever the kiosk itself would log."""

PATIENCE = 90.0
"""Seconds after which something that should have come by itself is missing."""

FAULTS = (
    "fail=503", "web-page", "cut", "throttle=0.5", "throttle-429=0.5", "drop-before=2", "drop-after=2", "late=1",
    "delay=0.2", "clock=7200", "missing-right=Checkin-Create,Visitor-Edit,Coworker-List", "expire",
)  # fmt: skip

HURRIED = {
    "KIOSK_NEXUDUS__SETTLE_SECONDS": "3",
    "KIOSK_NEXUDUS__RETRY_SECONDS": "0.5",
    "KIOSK_NEXUDUS__VISITORS_SECONDS": "4",
    "KIOSK_NEXUDUS__MEMBERS_SECONDS": "6",
    "KIOSK_NEXUDUS__PRESENCE_SECONDS": "4",
    "KIOSK_NEXUDUS__WRITES_PER_MINUTE": "60",
    "KIOSK_NEXUDUS__CALLS_PER_MINUTE": "120",
    "KIOSK_NEXUDUS__CALL_SPACING_SECONDS": "0.1",
    "KIOSK_DESK__GREET_AGAIN_SECONDS": "0",
}


@dataclass
class Traces:
    """What a run leaves behind.

    Attributes:
        log: Every line that was logged.
        errors: Standard error of every process.
        requests: Every request as the service saw it.
        typed: Codes that were typed and are nobody's.
    """

    log: str = ""
    errors: str = ""
    requests: list[RequestLine] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)


class Line:
    """`kiosk line` with all of its log, one command at a time."""

    def __init__(self, shell: Shell, log: Path, errors: Path) -> None:
        command = [sys.executable, "-c", PROGRAM, str(log), "line", *shell.here]
        with errors.open("ab") as file:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file, env=shell.environment
            )

    def say(self, command: str) -> str:
        """Type a command; its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command}\n".encode())
        self.process.stdin.flush()
        return self.process.stdout.readline().decode()

    def until(self, standing: str) -> None:
        """Wait for a status that begins so."""
        _until(lambda: self.say("status").startswith(f"status {standing}"))

    def quit(self) -> None:
        """End it in good order."""
        assert self.say("quit").startswith("bye")
        self.process.communicate(timeout=PATIENCE)

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)


def run_through_everything(shell: Shell, world: World) -> Traces:
    """Live through all of it; ends with nothing waiting."""
    shell.environment.update(HURRIED)
    traces = Traces(typed={"31337", "998877", "harbour-nowhere"})
    world.on_request = traces.requests.append
    log, errors = shell.folder / "full.log", shell.folder / "full.err"
    assert shell.set_up("wrong password").returncode == 1
    assert shell.set_up().returncode == 0

    line = Line(shell, log, errors)
    codes = _codes(world)
    line.until("online")
    for code in sorted(traces.typed):
        assert line.say(f"code {code}").startswith("unknown")
    for fault in FAULTS:
        switch(world, fault)
        line.say(f"pin {next(codes)}")
        line.say(f"pin {next(codes)}")
        _until_asked(traces, 3)
        switch(world, "off")
        line.until("online")
    line.kill()

    for file in (shell.folder / "state").glob("tokens-*"):
        file.write_text('{"access_token": "')
    line = Line(shell, log, errors)
    line.say(f"pin {next(codes)}")
    line.until("sign-in")
    assert shell.set_up().returncode == 0
    line.until("online, 0 waiting")
    world.reset_password(SIGN_IN.email, SIGN_IN.password)
    line.say(f"pin {next(codes)}")
    line.until("sign-in")
    assert shell.set_up().returncode == 0
    line.until("online, 0 waiting")
    line.quit()
    traces.log, traces.errors = log.read_text("utf-8"), errors.read_text("utf-8")
    return traces


def _until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end
        time.sleep(0.1)


def _until_asked(traces: Traces, more: int) -> None:
    """Wait until the service was asked so much more: then the fault has been met."""
    enough = len(traces.requests) + more
    _until(lambda: len(traces.requests) >= enough)


def _codes(world: World) -> Iterator[str]:
    """Somebody after the other: the notable names, then a visitor and a member in turn."""
    members = [row.text("AccessPincode") for row in world.rows(COWORKERS) if row.text("AccessPincode")]
    visitors = [row.text("VisitorCode") for row in world.rows(VISITORS)]
    yield from members[:9]
    yield from itertools.chain.from_iterable(zip(visitors, members[9:], strict=False))
