"""A road to deliver on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.road import HandClock, Road, open_road


@pytest.fixture
async def road(tmp_path: Path) -> AsyncIterator[Road]:
    """A kiosk that has been set up at the seeded space, at a quarter past ten in the morning there."""
    async with open_road(tmp_path, HandClock()) as road:
        yield road
