"""How fast the kiosk may speak, and how long it rests after a failure."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

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


class Setbacks:
    """Events that Nexudus would not take just now, each with a pause of its own that grows."""

    def __init__(self, first: float, longest: float, now: Callable[[], float] = time.monotonic) -> None:
        self._first = first
        self._longest = longest
        self._now = now
        self._stuck: dict[UUID, tuple[Backoff, float]] = {}

    def again_later(self, event: UUID) -> None:
        """It did not work now."""
        backoff = self._stuck[event][0] if event in self._stuck else Backoff(self._first, self._longest)
        self._stuck[event] = (backoff, self._now() + backoff.after_failure())

    def over(self, event: UUID) -> None:
        """It has worked, or has come to another end."""
        self._stuck.pop(event, None)

    def wait_for(self, event: UUID) -> float:
        """Seconds until it may be tried again; 0 for one that is not stuck."""
        return max(0.0, self._stuck[event][1] - self._now()) if event in self._stuck else 0.0
