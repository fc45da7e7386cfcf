"""A clock that moves when it is told to."""

from __future__ import annotations


class HandClock:
    """Stands still until `advance` or `sleep` moves it, so that no test waits for real time."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds

    sleep = advance
