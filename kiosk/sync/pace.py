"""How fast the kiosk may speak, and how long it rests after a failure."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[None]]


class TokenBucket:
    """At most `per_minute` turns a minute in the long run, `burst` at once. One kiosk stays well under the account's
    limits."""

    def __init__(
        self,
        per_minute: float,
        burst: int,
        now: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._rate = per_minute / 60
        self._burst = float(burst)
        self._now = now
        self._sleep = sleep
        self._tokens = float(burst)
        self._at = now()

    async def take(self) -> None:
        """Wait for a turn."""
        self._fill()
        self._tokens -= 1
        if self._tokens < 0:
            await self._sleep(-self._tokens / self._rate)

    def _fill(self) -> None:
        now = self._now()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now


class Backoff:
    """Pauses that double up to a longest one, each drawn at random below its bound, so that a fleet does not call in
    step."""

    def __init__(self, first: float, longest: float, draw: Callable[[], float] = random.random) -> None:
        self._first = first
        self._longest = longest
        self._draw = draw
        self._failures = 0

    def after_failure(self) -> float:
        """Seconds to wait now: between half of the bound and the bound."""
        bound = min(self._longest, self._first * 2.0 ** min(self._failures, 30))
        self._failures += 1
        return bound * (0.5 + 0.5 * self._draw())

    def reset(self) -> None:
        """It worked."""
        self._failures = 0
