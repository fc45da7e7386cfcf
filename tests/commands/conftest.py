"""A service for the commands to talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World


@pytest.fixture
def world() -> World:
    return seeded_world()


@pytest.fixture
def server(world: World) -> Iterator[SandboxServer]:
    with SandboxServer(world) as server:
        yield server
