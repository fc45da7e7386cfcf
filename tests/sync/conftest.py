"""A road to deliver on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.assembly import open_state
from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.server import SandboxServer
from tests.road import HandClock, Road, settings_for


@pytest.fixture
async def road(tmp_path: Path) -> AsyncIterator[Road]:
    """A kiosk that has been set up at the seeded space, at a quarter past ten in the morning there."""
    clock = HandClock()
    world = seeded_world(today=clock.wall, now=clock)
    with SandboxServer(world) as server:
        settings = settings_for(tmp_path, server.url)
        with open_state(settings) as state:
            road = Road(clock, world, server, settings, state)
            await road.set_up()
            try:
                yield road
            finally:
                await road.nexudus.client.aclose()
