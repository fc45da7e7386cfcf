"""The courier's own thread and event loop: long lists and slow answers never hold up a screen."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

from kiosk.traces import traces

logger = logging.getLogger(__name__)

T = TypeVar("T")

RESTART_SECONDS = 5.0
"""The pause before a courier that failed starts again."""

BEAT_SECONDS = 1.0
"""How often the courier's loop shows that it is alive."""


class CourierThread:
    """Runs `work` in a loop of its own until stopped. It is cancelled to end it, and `close` runs last, in the same
    loop."""

    def __init__(self, work: Callable[[], Awaitable[None]], close: Callable[[], Awaitable[None]]) -> None:
        self._work = work
        self._close = close
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._beat = time.monotonic()

    def last_beat(self) -> float:
        """When the courier's loop last moved while there was a courier, by `time.monotonic`. From any thread."""
        return self._beat

    def start(self) -> None:
        """Begin; returns once the loop runs."""
        self._thread.start()
        self._started.wait()

    def carry_out(self, errand: Coroutine[object, object, T], within: float) -> T:
        """Run something else in the courier's loop, from another thread, and wait for what comes of it.

        Raises:
            TimeoutError: It took longer than `within` seconds, or the loop has ended.
        """
        if self._loop is None:
            raise RuntimeError("the courier has not been started")
        try:
            asked = asyncio.run_coroutine_threadsafe(errand, self._loop)
        except RuntimeError:  # it has been closed this moment
            errand.close()
            raise TimeoutError("the courier has ended") from None
        try:
            return asked.result(within)
        except concurrent.futures.CancelledError:
            raise TimeoutError("the courier has ended") from None
        finally:
            asked.cancel()

    def stop(self, within: float = 5.0) -> None:
        """End, waiting up to `within` seconds. What is not uploaded by then is in the queue on disk."""
        loop, task = self._loop, self._task
        if loop is not None and task is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(task.cancel)
        self._thread.join(within)

    def _run(self) -> None:
        asyncio.run(self._main())

    async def _main(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.ensure_future(self._for_ever())
        await asyncio.sleep(0)  # the work has begun, so whoever called `start` can be answered
        self._started.set()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        await self._close()

    async def _for_ever(self) -> None:
        """A fault in the courier must not end it: people go on checking in, and somebody has to carry it up."""
        while True:
            beats = asyncio.ensure_future(self._beat_for_ever())
            try:
                await self._work()
            except Exception as error:
                # The frames and the kind of the fault, not its message: that may quote what people typed.
                logger.error("the courier failed and starts again: %s", traces(error))
                await asyncio.sleep(RESTART_SECONDS)
            finally:
                beats.cancel()

    async def _beat_for_ever(self) -> None:
        while True:
            self._beat = time.monotonic()
            await asyncio.sleep(BEAT_SECONDS)
