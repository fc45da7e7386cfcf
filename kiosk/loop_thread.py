"""An event loop in a thread of its own, for work that would hold up a screen's: its disk, and its long lists."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from types import TracebackType
from typing import Self, TypeVar

T = TypeVar("T")


class LoopThread:
    """Carries out coroutines elsewhere. Cancel the wait, and the work is cancelled with it."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._begun: list[Future[None]] = []  # a loop itself does not keep what waits in it from the collector

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def carry_out(self, work: Coroutine[object, object, T]) -> T:
        """Wait in the caller's loop for what comes of `work` in this one."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    def begin(self, work: Coroutine[object, object, None]) -> None:
        """Have `work` go on beside all else. Leaving the thread cancels it, and waits until it has let go."""
        self._begun.append(asyncio.run_coroutine_threadsafe(work, self._loop))

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.get_loop().run_forever()
