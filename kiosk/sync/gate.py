"""The one gate through which every call to Nexudus leaves: paced, and shut while there is no use in calling."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from kiosk.nexudus.answers import raise_for_status, wait_seconds
from kiosk.nexudus.assumptions import GRANT_PATH
from kiosk.nexudus.errors import NeverSent, NexudusError, NoAnswer, Throttled, Unreached
from kiosk.nexudus.wire import Answer, Call, Wire
from kiosk.sync.pace import Allowance, Backoff, TokenBucket, Urgency

TOLERATED: Final = 3
"""Calls in a row without a usable answer after which nobody calls any more. One that found no connection is enough."""

PROBE_PATIENCE: Final = 1.0
"""Seconds after which those who wait for the outcome of a probe look again."""


class Breaker:
    """Shuts the line after failures, for a time that grows; then one call tries, and all others wait for how it ends.

    Without it, each of a long queue would wait out its own time-out, and leave a request behind of which nobody knows
    whether it was carried out.
    """

    def __init__(self, backoff: Backoff, now: Callable[[], float] = time.monotonic) -> None:
        self._backoff = backoff
        self._now = now
        self._failures = 0
        self._until: float | None = None
        self._probing = False

    @property
    def open(self) -> bool:
        """Whether calls are held back."""
        return self._until is not None

    def rest(self) -> float:
        """Seconds until a call may try; 0 where it may now."""
        if self._until is None:
            return 0.0
        return PROBE_PATIENCE if self._probing else max(0.0, self._until - self._now())

    def enter(self) -> None:
        """A call is about to leave; after a rest it is the probe. Raises NeverSent for one that must wait."""
        if self._until is None:
            return
        if self._probing or self._now() < self._until:
            raise NeverSent(Unreached.RESTING)
        self._probing = True

    def worked(self) -> None:
        """An answer came."""
        self._failures = 0
        self._until = None
        self._probing = False
        self._backoff.reset()

    def failed(self, certain: bool) -> None:
        """None came.

        Args:
            certain: Whether there certainly was no connection.
        """
        if self._until is not None and not self._probing:
            return  # it left before the line was shut, and tells nothing new
        self._probing = False
        self._failures += 1
        if certain or self._until is not None or self._failures >= TOLERATED:
            self._until = self._now() + self._backoff.after_failure()

    def abandoned(self) -> None:
        """A call was given up before it came to any end."""
        self._probing = False


class Gate:
    """Lets calls out: as many as the allowance says, the urgent ones first, none while Nexudus asks for quiet, and one
    at a time after the line was found broken."""

    def __init__(self, allowance: Allowance, backoff: Backoff, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now = monotonic
        self._breaker = Breaker(backoff, monotonic)
        self._writes = TokenBucket(allowance.writes, monotonic)
        self._calls = TokenBucket(allowance.calls, monotonic)
        self._spacing = allowance.spacing
        self._next_call = monotonic()
        self._quiet_until = monotonic()

    @property
    def broken(self) -> bool:
        """Whether the line is down, as far as the last calls could tell."""
        return self._breaker.open

    def rest(self) -> float:
        """Seconds for which no call may leave; 0 where one may now."""
        return max(self._breaker.rest(), self._quiet_until - self._now(), 0.0)

    def seconds_each(self) -> float:
        """Seconds that an event takes in the long run: it is read before it is written."""
        return max(1 / self._writes.per_second, 2 / self._calls.per_second, 2 * self._spacing)

    async def pass_through(self, urgency: Urgency, *, write: bool) -> None:
        """Wait for a turn to call.

        Raises:
            NeverSent: The line is down, and it is not yet time to try it, or another call is trying it.
            Throttled: Nexudus has asked for quiet.
        """
        self._refuse_if_shut()
        if write:
            await self._writes.take(urgency)
        await self._calls.take(urgency)
        await self._keep_apart()
        self._refuse_if_shut()
        self._breaker.enter()

    def heard(self, answer: Answer) -> None:
        """An answer came. It may say that there is no use in calling on."""
        try:
            raise_for_status(answer)
        except NoAnswer:
            self._breaker.failed(certain=False)
            if "Retry-After" in answer.headers:
                self._hush(wait_seconds(answer))
            return
        except Throttled as error:
            self._hush(error.wait_seconds)
        except NexudusError:
            pass  # a refusal is an answer
        self._breaker.worked()

    def failed(self, error: NexudusError) -> None:
        """No answer came."""
        self._breaker.failed(certain=isinstance(error, NeverSent))

    def abandoned(self) -> None:
        """A call was given up."""
        self._breaker.abandoned()

    def _refuse_if_shut(self) -> None:
        quiet = self._quiet_until - self._now()
        if quiet > 0:
            raise Throttled(quiet)
        if self._breaker.rest() > 0:
            raise NeverSent(Unreached.RESTING)

    async def _keep_apart(self) -> None:
        now = self._now()
        wait = self._next_call - now
        self._next_call = max(self._next_call, now) + self._spacing
        if wait > 0:
            await asyncio.sleep(wait)

    def _hush(self, seconds: float) -> None:
        self._quiet_until = max(self._quiet_until, self._now() + seconds)


class PacedWire:
    """A wire whose calls pass through the gate. One for each urgency; they share the wire."""

    def __init__(self, wire: Wire, gate: Gate, urgency: Urgency) -> None:
        self._wire = wire
        self._gate = gate
        self._urgency = urgency

    @property
    def last_date(self) -> tuple[datetime, float] | None:
        """See `Wire.last_date`."""
        return self._wire.last_date

    async def exchange(self, call: Call) -> Answer:
        """Send `call` when it is its turn. Raises as `Wire.exchange` and `Gate.pass_through`."""
        await self._gate.pass_through(self._urgency, write=call.method != "GET" and call.path != GRANT_PATH)
        try:
            answer = await self._wire.exchange(call)
        except NexudusError as error:
            self._gate.failed(error)
            raise
        except BaseException:
            self._gate.abandoned()
            raise
        self._gate.heard(answer)
        return answer

    async def aclose(self) -> None:
        """Close the connections, for all who share them."""
        await self._wire.aclose()
