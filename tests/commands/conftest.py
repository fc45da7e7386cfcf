"""A service for the commands to talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.commands.shell import RunningLine, Shell


@pytest.fixture
def world() -> World:
    return seeded_world()


@pytest.fixture
def server(world: World) -> Iterator[SandboxServer]:
    with SandboxServer(world) as server:
        yield server


@pytest.fixture
def shell(tmp_path: Path, server: SandboxServer) -> Shell:
    """A shell on a device whose kiosk has been set up."""
    shell = Shell(tmp_path, server.url)
    assert shell.set_up().returncode == 0
    return shell


@pytest.fixture
def line(shell: Shell) -> Iterator[RunningLine]:
    """The kiosk that runs there."""
    running = RunningLine(shell)
    running.say("status")
    yield running
    running.quit()
