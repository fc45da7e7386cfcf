"""However many people come and go, the screen keeps nothing of them and needs no more memory.

The long form (`--long`) lets two thousand visits pass, and prints what they cost: some twenty minutes of a processor.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tests.ui.crowd import VISITS_IN_A_ROUND, Crowd

VISITS = 2000
WARM_UP = 600
"""Visits after which everything has been drawn that is kept drawn, and the allocator has found its size."""

KEPT_A_VISIT = 5.0
"""Objects that may be left of a visit on average: none are, but a screen that has just gone may be there at one end and
not at the other. A leak of one screen a visit would be hundreds."""

KILOBYTES_A_VISIT = 4.0
"""Memory that a visit may cost on average, in kilobytes: the allocator takes some megabytes at a time."""


async def test_nothing_is_left_of_people_who_have_gone() -> None:
    crowd = Crowd()
    async with crowd.open():
        await crowd.round()
        before = await _alive(crowd)
        await crowd.round()
        left = await _alive(crowd)
        assert {kind: count for kind, count in left.items() if count > before[kind]} == {}


async def test_two_thousand_visits_leave_memory_flat(
    pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    if not pytestconfig.getoption("--long"):
        pytest.skip("--long only: some twenty minutes of a processor")
    crowd = Crowd()
    async with crowd.open():
        objects, kilobytes, visits = 0, 0, 0
        for visit in range(0, WARM_UP + VISITS, VISITS_IN_A_ROUND):
            if visit == WARM_UP:
                objects, kilobytes = await _objects(crowd), _kilobytes()
            if visit % 100 == 0:
                _tell(capsys, f"{visit} visits: {await _objects(crowd)} objects, {_kilobytes()} kB")
            await crowd.round()
            visits = visit + VISITS_IN_A_ROUND - WARM_UP
        kept, grown = (await _objects(crowd) - objects) / visits, (_kilobytes() - kilobytes) / visits
    _tell(capsys, f"of each of {visits} visits: {kept:.2f} objects, {grown:.2f} kB")
    assert visits == VISITS
    assert kept < KEPT_A_VISIT
    assert grown < KILOBYTES_A_VISIT


def _tell(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{line}")
        sys.stdout.flush()


async def _alive(crowd: Crowd) -> dict[str, int]:
    """How many screens, widgets and timers exist, whether they are up or not."""
    await _forget_stopped_timers(crowd)
    gc.collect()
    found = [one for one in gc.get_objects() if isinstance(one, Widget | Timer)]
    return {kind.__name__: sum(isinstance(one, kind) for one in found) for kind in (Screen, Widget, Timer)}


async def _forget_stopped_timers(crowd: Crowd) -> None:
    """A timer that was stopped stays with the event loop until it would have struck, and holds its screen so long. The
    loop throws such timers away once they are more than a hundred and most of all."""
    loop = asyncio.get_running_loop()
    for _ in range(500):
        loop.call_later(3600, lambda: None).cancel()
    await crowd.settle()


async def _objects(crowd: Crowd) -> int:
    await _forget_stopped_timers(crowd)
    gc.collect()
    return len(gc.get_objects())


def _kilobytes() -> int:
    """What of the process is in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
