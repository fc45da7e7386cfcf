"""How fast the kiosk may speak, and how long it rests after a failure."""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

BURST_SHARE = 15
"""One in so many of a minute's calls may be made at once. The more, the slower a long queue goes up, since both
together must stay within the minute."""

_HAIR = 1e-9  # what is lost in adding up fractions

Sleep = Callable[[float], Awaitable[None]]
"""Waits so many seconds; given, so that an hour can pass in a test."""


class Urgency(IntEnum):
    """Who waits for a call. The lower goes first."""

    AT_THE_DESK = 0
    """A person stands at the glass."""
    IN_THE_BACK = 1
    """Nobody: the backlog, and the lists that are read now and then."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one kiosk takes of an account's limits (contract 2.1).

    Attributes:
        writes: Creates, updates and deletes in any minute.
        calls: Calls of any kind in any minute, the writes included.
        spacing: Seconds from one call to the next.
    """

    writes: int = 30
    calls: int = 60
    spacing: float = 0.1


class TokenBucket:
    """At most `per_minute` turns in any minute, wherever it begins: a few at once, the others evenly. One is left over,
    since calls may come closer together on the way.

    Turns are given in the order of urgency, then of arrival. What nobody at the desk waits for leaves all but one of
    the turns that are saved up: so somebody at the desk finds one at once, however long the backlog is.
    """

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._burst = float(max(1, per_minute // BURST_SHARE))
        self._rate = max(per_minute - self._burst - 1, per_minute / 2) / 60
        self._now = now
        self._tokens = self._burst
        self._at = now()
        self._line: list[tuple[Urgency, int]] = []
        self._numbers = itertools.count()
        self._stirred = asyncio.Event()

    @property
    def per_second(self) -> float:
        """Turns a second in the long run."""
        return self._rate

    async def take(self, urgency: Urgency) -> None:
        """Wait for a turn."""
        place = (urgency, next(self._numbers))
        heapq.heappush(self._line, place)
        self._stir()
        try:
            while (wait := self._wait_at(place)) != 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._stirred.wait()
            self._tokens -= 1
        finally:
            self._line.remove(place)
            heapq.heapify(self._line)
            self._stir()

    def _wait_at(self, place: tuple[Urgency, int]) -> float | None:
        """Seconds until it is this one's turn; None while others are before it."""
        if self._line[0] != place:
            return None
        self._fill()
        needed = 1.0 if place[0] is Urgency.AT_THE_DESK else self._burst
        missing = needed - self._tokens
        return 0.0 if missing <= _HAIR else missing / self._rate

    def _stir(self) -> None:
        """Have everybody in the line look again."""
        self._stirred.set()
        self._stirred = asyncio.Event()

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
