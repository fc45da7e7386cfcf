"""A shell in which commands are given as staff give them, and a kiosk that runs beside them."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from kiosk.sandbox.entities import CHECKINS, COWORKERS
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.world import World
from tests.commands.forked import Forked

LOCATION = "Harbour Works"


class Shell:
    """Runs `kiosk` with a state folder of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        # Whether the machine that runs the tests has Bluetooth must not matter.
        said = {"KIOSK_STATE__KEY_FILE": str(folder / "pin.key"), "KIOSK_BLUETOOTH__SOURCE": "none"}
        self.environment = {**os.environ, **said}

    def run(self, *arguments: str, typed: bytes = b"") -> subprocess.CompletedProcess[str]:
        """Run a command to its end; output is decoded, whatever its bytes."""
        running = self.start(*arguments)
        out, error = (said.decode("utf-8", "replace") for said in running.communicate(typed))
        return subprocess.CompletedProcess(running.args, running.wait(0), out, error)

    def start(self, *arguments: str) -> Forked:
        """Start a command and go on."""
        return Forked(list(arguments), self.environment)

    @property
    def here(self) -> list[str]:
        """Which Nexudus, and which state."""
        return ["--nexudus", self.url, "--state", str(self.folder / "state")]

    def set_up(self, password: str = SIGN_IN.password, location: str = LOCATION) -> subprocess.CompletedProcess[str]:
        """`kiosk setup`."""
        return self.run(
            "setup", *self.here, "--email", SIGN_IN.email, "--password-stdin", "--location", location,
            typed=password.encode() + b"\n",
        )  # fmt: skip

    def line(self, script: str | bytes) -> list[str]:
        """What `kiosk line` answers to a script."""
        done = self.run("line", *self.here, typed=script if isinstance(script, bytes) else script.encode())
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()


class RunningLine:
    """A `kiosk line` that holds the state until it is told to quit."""

    def __init__(self, shell: Shell) -> None:
        self.process = shell.start("line", *shell.here)

    def say(self, command: str) -> str:
        """Type one command; returns its one line of answer."""
        self.process.stdin.write(f"{command}\n".encode())
        self.process.stdin.flush()
        return self.process.stdout.readline().decode()

    def until_online(self) -> str:
        """Wait for the line, which it tries some seconds after its start; its status then."""
        for _ in range(60):
            if (status := self.say("status")).startswith("status online"):
                return status
            time.sleep(0.5)
        raise AssertionError(status)

    def quit(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.communicate(b"quit\n", timeout=60)


def pin_of(world: World, name: str) -> str:
    return next(row.text("AccessPincode") for row in world.rows(COWORKERS) if row.text("FullName") == name)


def checkins_of(world: World, name: str) -> list[str]:
    """The kiosk's own marks on the check-ins of a person."""
    number = next(row.id for row in world.rows(COWORKERS) if row.text("FullName") == name)
    rows = [row for row in world.rows(CHECKINS) if row.number("CoworkerId") == number]
    return [row.text("SystemId") for row in rows if row.text("SystemId")]
