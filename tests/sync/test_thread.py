"""The courier's loop shows that it moves, and shows it no more when it stands still."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

import kiosk.sync.thread
from kiosk.sync.thread import CourierThread


async def close() -> None:
    """Nothing is open."""


def moves(thread: CourierThread, within: float) -> bool:
    """Whether the courier's loop beats again within so many seconds."""
    before, end = thread.last_beat(), time.monotonic() + within
    while thread.last_beat() == before:
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def test_a_loop_that_hangs_beats_no_more_and_one_that_goes_on_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kiosk.sync.thread, "BEAT_SECONDS", 0.005)
    hang, go_on = threading.Event(), threading.Event()

    async def work() -> None:
        while not hang.is_set():
            await asyncio.sleep(0.001)
        go_on.wait(30)  # as a disk or a library does that answers no more
        await asyncio.sleep(30)

    thread = CourierThread(work, close)
    thread.start()
    try:
        assert moves(thread, within=10)
        hang.set()
        time.sleep(0.05)
        assert not moves(thread, within=0.2)
        go_on.set()
        assert moves(thread, within=10)
    finally:
        thread.stop()
