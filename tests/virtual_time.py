"""An event loop whose time passes only while everybody waits: hours take as long as the work that is done in them.

What is sent to a thread runs at once, in the loop's own: a thread would take real time, of which the loop has none.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar, TypeVarTuple, Unpack

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


TICK = 1e-6
"""The least that time moves. Sums of floats may leave a wait so short that adding it changes nothing."""


class NothingWillHappen(Exception):
    """Everybody waits, and for nothing that has a time."""


class _Selector(selectors.DefaultSelector):
    """Polls, and in place of waiting moves the time."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            raise NothingWillHappen
        self.time += max(timeout, TICK)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """The loop. It begins at 0 seconds."""

    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.time

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[Unpack[Ts]], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Run `func` now."""
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future


def in_virtual_time(story: Coroutine[Any, Any, T]) -> T:
    """Run a story in a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(story)
