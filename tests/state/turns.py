"""Work beside the commits, in an order that is drawn: the same seed, the same order at every run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from random import Random
from types import TracebackType

from kiosk.state.beside import Turn


class Turns:
    """Fulfils `Beside`: there is a thread, and it runs only while the main one waits for it, from one call of the disk
    to the next, or to the taking of a turn. Who goes on is drawn at each of them."""

    def __init__(self, draws: Random, odds: float, over: type[BaseException]) -> None:
        """`odds`, below 1, is how likely the work goes on before a call of the main thread; `over` ends it without more
        ado."""
        self._draws = draws
        self._odds = odds
        self._over = over
        self._main = threading.Semaphore(0)
        self._worker = threading.Semaphore(0)
        self._thread: threading.Thread | None = None
        self._error: BaseException | None = None

    def turn(self) -> Turn:
        """See `Beside`."""
        return _DrawnTurn(self)

    def start(self, work: Callable[[], None]) -> Callable[[], None]:
        """See `Beside`."""

        def run() -> None:
            self._worker.acquire()
            try:
                work()
            except self._over:
                pass
            except BaseException as error:
                self._error = error
            self._thread = None
            self._main.release()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        return self.finish

    def pass_on(self) -> None:
        """At a call of the disk, and where a turn is taken: whoever is not calling may go on first."""
        if self.is_working:
            self._park()
        else:
            while self._thread is not None and self._draws.random() < self._odds:
                self._resume()

    def step(self) -> None:
        """Let the work go on to its next call, if there is any."""
        if self._thread is not None:
            self._resume()

    def finish(self) -> None:
        """Let the work come to its end."""
        while self._thread is not None:
            self._resume()

    def let_other_go_on(self) -> None:
        """Neither can go on before the other does."""
        if self.is_working:
            self._park()
        else:
            self._resume()

    @property
    def is_under_way(self) -> bool:
        """Whether there is work that has not come to its end."""
        return self._thread is not None

    @property
    def is_working(self) -> bool:
        """Whether it is the work that asks."""
        return threading.current_thread() is self._thread

    def _park(self) -> None:
        self._main.release()
        self._worker.acquire()

    def _resume(self) -> None:
        self._worker.release()
        self._main.acquire()
        if self._error is not None:
            error, self._error = self._error, None
            raise error


class _DrawnTurn:
    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._owner: int | None = None
        self._depth = 0

    def acquire(self) -> bool:
        me = threading.get_ident()
        if self._owner != me:
            # At a call of the disk the main thread has the turn, and work that needs it comes no further.
            self._turns.pass_on()
        while self._owner not in (None, me):
            self._turns.let_other_go_on()
        self._owner = me
        self._depth += 1
        return True

    def release(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._owner = None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None, /
    ) -> None:
        self.release()
