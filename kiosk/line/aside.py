"""Blocking work beside the event loop, in threads that hold up nobody's end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def aside(work: Callable[[], T]) -> asyncio.Future[T]:
    """Run `work` in a daemon thread; the future holds what it returned or raised.

    Not `asyncio.to_thread`: its threads are waited for at the end, so a program that is told to stop would hang until
    somebody presses Enter, or reads the pipe that is full.
    """
    done: Future[T] = Future()
    done.set_running_or_notify_cancel()  # who stops waiting cannot cancel it: a read that blocks goes on blocking

    def run() -> None:
        try:
            done.set_result(work())
        except Exception as error:
            done.set_exception(error)

    threading.Thread(target=run, name="line-io", daemon=True).start()
    return asyncio.wrap_future(done)
