"""How something is done beside the commits, and how both keep out of each other's way: threads below the kiosk, a
drawn order below the tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Protocol

SNAPSHOT_THREAD = "snapshot"
"""The name of the thread in which a store writes its snapshots: what is done there, nobody waits for."""


class Turn(Protocol):
    """A lock that its holder may take again."""

    def acquire(self) -> bool:
        """Wait for the turn and take it."""
        ...

    def release(self) -> None:
        """Give it back."""
        ...

    def __enter__(self) -> bool: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None, /
    ) -> None: ...


class Beside(Protocol):
    """Who does what is done beside."""

    def turn(self) -> Turn:
        """A new lock between those who go on side by side."""
        ...

    def start(self, work: Callable[[], None]) -> Callable[[], None]:
        """Have some work done; answers what waits for its end. Raises OSError where nobody can take it on."""
        ...


class Threads:
    """Fulfils `Beside` with threads."""

    def turn(self) -> Turn:
        """See `Beside`."""
        return threading.RLock()

    def start(self, work: Callable[[], None]) -> Callable[[], None]:
        """See `Beside`."""
        thread = threading.Thread(target=work, name=SNAPSHOT_THREAD, daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            raise OSError(str(error)) from error
        return thread.join
