"""A thread with an event loop in which something is done again whenever it fails."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import threading
from collections.abc import Callable, Coroutine
from typing import Any

logger = logging.getLogger(__name__)

JOIN_SECONDS = 8.0
"""How long the end is waited for: longer than a hanging daemon is given to stop."""

LONGEST_PAUSE = 30.0


def pause_after(failures: int, draw: Callable[[], float] = random.random) -> float:
    """Seconds to wait after so many failures in a row: 1, 2, 4 and so on to 30, each by up to a half more or less, so
    that what fails for several at once is not tried by all of them at once.

    Args:
        failures: At least 1.
        draw: From 0 to 1, at random.
    """
    return min(2.0 ** (min(failures, 10) - 1), LONGEST_PAUSE) * (0.5 + draw())


def _leave_behind(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What libraries leave behind in their loop when a connection breaks under them. The session itself tells of that,
    and the words of a library may quote a packet, so the kind alone is worth a line for whoever looks for more."""
    logger.debug("left behind: %s", type(context.get("exception")).__name__)


class Supervisor:
    """Runs a session in a thread and an event loop of its own, and again when it fails.

    A thread of its own, since the libraries load for a second on a Raspberry Pi, and since a busy street must not take
    the screen's time. A new event loop for each session, since bleak keeps what it knows of devices by loop, and goes
    on believing it after the daemon was started anew.
    """

    def __init__(
        self,
        name: str,
        session: Callable[[], Coroutine[Any, Any, None]],
        failed: Callable[[Exception], int],
        pause: Callable[[int], float] = pause_after,
    ) -> None:
        """Prepare; nothing runs before `start()`.

        Args:
            name: The thread's.
            session: Does what is to be done; where it ends without a failure, that was all.
            failed: Called in the thread with what ended it; returns after how many failures in a row it is paused, 0
                for not at all.
            pause: Seconds to wait after so many failures in a row.
        """
        self._session = session
        self._failed = failed
        self._pause = pause
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[None]] | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def thread(self) -> threading.Thread:
        """The thread, for whoever measures it."""
        return self._thread

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the session and wait for its end; to be called in another thread than the event loop's."""
        self._stopping.set()
        with self._lock:
            if self._running is not None:
                loop, task = self._running
                with contextlib.suppress(RuntimeError):  # it has just ended by itself
                    loop.call_soon_threadsafe(task.cancel)
        if self._thread.is_alive():
            self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                asyncio.run(self._once())
            except asyncio.CancelledError:
                return
            except Exception as error:  # a library may raise anything, and the kiosk goes on
                failures = self._failed(error)
            else:
                return
            if failures:
                self._stopping.wait(self._pause(failures))

    async def _once(self) -> None:
        asyncio.get_running_loop().set_exception_handler(_leave_behind)
        task = asyncio.ensure_future(self._session())
        with self._lock:
            self._running = asyncio.get_running_loop(), task
            if self._stopping.is_set():
                task.cancel()
        try:
            await task
        finally:
            with self._lock:
                self._running = None
