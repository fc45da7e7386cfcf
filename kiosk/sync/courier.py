"""The courier's day: work off the queue, read the directory now and then, and answer when the reception asks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kiosk.desk.clock import Clock, Moment
from kiosk.desk.credentials import Code
from kiosk.desk.outcomes import Word
from kiosk.desk.people import PersonId
from kiosk.desk.ports import LineStatus, Link, NotRecorded
from kiosk.desk.queue import Entry, Forgotten, Outbox, UploadState
from kiosk.nexudus.errors import NeverSent, NexudusError, SignInNeeded, Throttled
from kiosk.sync.delivery import Delivery
from kiosk.sync.errands import Errands
from kiosk.sync.link import LinkWatch
from kiosk.sync.pace import Backoff, Setbacks, TokenBucket
from kiosk.sync.true_time import TrueTime
from kiosk.sync.waiters import QUEUED, Waiters, word_of

logger = logging.getLogger(__name__)

LOOK_UPS_PER_MINUTE = 20
"""Unknown codes that are looked up in the long run; each costs a call or two of an allowance that a fleet may share."""

LOOK_UPS_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often and how patiently, in seconds."""

    settle: float = 70.0
    retry_first: float = 1.0
    retry_longest: float = 60.0
    stuck_longest: float = 900.0
    look_up: float = 2.0
    writes_per_minute: int = 30
    burst: int = 10


class Courier:
    """Fulfils the desk's `Courier`. `run` belongs to one event loop, `CourierThread`'s; the rest may be called from any
    thread.

    Two tasks: deliveries, so that nothing a person did waits for a long list, and errands.
    """

    def __init__(
        self,
        outbox: Outbox,
        delivery: Delivery,
        errands: Errands,
        clock: Clock,
        times: TrueTime,
        rhythm: Rhythm,
        link: LinkWatch,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbox = outbox
        self._delivery = delivery
        self._errands = errands
        self._clock = clock
        self._times = times
        self._rhythm = rhythm
        self._link = link
        self._waiters = Waiters()
        self._bucket = TokenBucket(rhythm.writes_per_minute, rhythm.burst, monotonic)
        self._look_ups = TokenBucket(LOOK_UPS_PER_MINUTE, LOOK_UPS_AT_ONCE, monotonic)
        self._backoff = Backoff(rhythm.retry_first, rhythm.retry_longest)
        self._trouble = Setbacks(rhythm.retry_first, rhythm.stuck_longest, monotonic)
        self._monotonic = monotonic
        self._quiet_until = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken: asyncio.Event | None = None
        link.on_back = self.wake

    # What the reception asks, from its own thread.

    def status(self) -> LineStatus:
        """One look at the line, from memory."""
        return LineStatus(
            self._link.link, self._outbox.waiting(), self._outbox.dead_letters(), self._errands.directory_as_of
        )

    def wake(self) -> None:
        """There is something new to upload."""
        loop, woken = self._loop, self._woken
        if loop is not None and woken is not None:
            with contextlib.suppress(RuntimeError):  # the loop has just been closed: the next start finds the event
                loop.call_soon_threadsafe(woken.set)

    def signed_in(self) -> None:
        """Staff have signed in anew, and Nexudus has answered. Called in the courier's own loop."""
        self._link.worked()
        self.wake()

    async def look_up(self, code: Code) -> None:
        """Ask Nexudus who has this code, for a decent time at most."""
        loop = self._loop
        if loop is None or self._link.link not in (Link.ONLINE, Link.UNTRIED) or self._quiet_until > self._monotonic():
            return
        asked = asyncio.run_coroutine_threadsafe(self._ask(code), loop)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.wrap_future(asked), self._rhythm.look_up)

    async def word_on(self, event: UUID, within: float) -> Word:
        """Wait for Nexudus's word on an event."""
        waiting = asyncio.ensure_future(self._waiters.wait(event, within))
        # Listen first, then look: the word may have come before anybody listened.
        await asyncio.sleep(0)
        entry = self._outbox.entry(event)
        word = word_of(entry) if entry else QUEUED
        if word is None:
            return await waiting
        waiting.cancel()
        return word

    async def wifi_code(self, event: UUID, within: float) -> str:
        """Wait for a visitor's Wi-Fi code, for a decent time at most."""
        loop = self._loop
        if loop is None:
            return ""
        asked = asyncio.run_coroutine_threadsafe(self._delivery.wifi_code(event), loop)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(asked), within)
        except (TimeoutError, NexudusError):
            return ""  # a nicety: the visitor is in, and reception has the code as well

    # The courier's own day.

    async def run(self) -> None:
        """Deliver and run errands until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as day:
                day.create_task(self._deliver_for_ever(self._woken), name="deliveries")
                day.create_task(self._errands.run_for_ever(), name="errands")
        finally:
            self._loop = None

    async def deliver_due(self) -> float | None:
        """Send everything that is due, oldest first, per person in order.

        Returns the seconds until something else is due by itself, or None if nothing is.
        """
        await self._times.correct_waiting()
        quiet = self._quiet_until - self._monotonic()
        if quiet > 0:
            return quiet
        held_up: set[PersonId] = set()
        soonest: float | None = None
        for entry in self._outbox.open_entries():
            person = entry.event.intent.person
            if person in held_up:
                continue
            wait = max(self._settling(entry, self._clock.now()), self._trouble.wait_for(entry.event.id))
            if wait > 0:
                soonest = wait if soonest is None else min(soonest, wait)
                held_up.add(person)
                continue
            again = await self._deliver(entry)
            if again is not None:
                return again
            if (after := self._outbox.entry(entry.event.id)) is not None and not after.state.final:
                wait = max(self._settling(after, self._clock.now()), self._trouble.wait_for(entry.event.id))
                soonest = wait if soonest is None else min(soonest, wait)
                held_up.add(person)
        return soonest

    async def _deliver_for_ever(self, woken: asyncio.Event) -> None:
        while True:
            woken.clear()
            try:
                pause = await self.deliver_due()
            except NotRecorded as error:
                logger.error("the queue cannot be written, so nothing is sent: %s", error)
                pause = self._rhythm.retry_longest
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), pause)

    async def _deliver(self, entry: Entry) -> float | None:
        """Deliver one entry. Returns None to go on with the next, or the seconds to leave Nexudus alone."""
        # An event may have been finished by another's delivery meanwhile, as an undone one is by its undo.
        fresh = self._outbox.entry(entry.event.id)
        if fresh is None or fresh.state.final:
            return None
        await self._bucket.take()
        failures = self._link.failures
        try:
            await self._delivery.deliver(await self._times.with_true_time(fresh))
        except Forgotten:
            self._trouble.over(fresh.event.id)
            return None
        except Throttled as error:
            self._link.failed(error)
            self._quiet_until = self._monotonic() + error.wait_seconds
            return error.wait_seconds
        except (NeverSent, SignInNeeded) as error:
            # Nobody can be told anything now.
            self._link.failed(error)
            self._waiters.send_home()
            return self._backoff.after_failure()
        except NexudusError as error:
            # This one is stuck, whatever the reason; it holds up its own person and nobody else.
            self._link.failed(error)
            after = self._outbox.entry(fresh.event.id)
            if after is not None and after.state is not UploadState.UNKNOWN:  # that one has its own time to settle
                self._trouble.again_later(fresh.event.id)
            self._waiters.bring(fresh.event.id, QUEUED)
            return None
        self._link.worked(failures)
        self._backoff.reset()
        self._trouble.over(fresh.event.id)
        self._announce(fresh)
        return None

    def _announce(self, entry: Entry) -> None:
        after = self._outbox.entry(entry.event.id)
        word = word_of(after) if after else None
        if word is not None:
            self._waiters.bring(entry.event.id, word)

    def _settling(self, entry: Entry, now: Moment) -> float:
        """Seconds until an unanswered request cannot be carried out late any more."""
        if entry.state not in (UploadState.UNKNOWN, UploadState.INFLIGHT):
            return 0.0
        if entry.changed.boot == now.boot:
            passed = now.since_boot - entry.changed.since_boot
        else:
            # This boot began after it left. The walls say more, but only where both can be believed.
            passed = now.since_boot
            if now.quality.believed and entry.changed.quality.believed:
                passed = max(passed, (now.wall - entry.changed.wall).total_seconds())
        return max(self._rhythm.settle - passed, 0.0)

    async def _ask(self, code: Code) -> None:
        await self._look_ups.take()
        try:
            await self._errands.look_up(code)
        except NexudusError as error:
            self._link.failed(error)
        except NotRecorded as error:
            logger.error("a person who was looked up cannot be kept: %s", error)
