"""The courier's day: work off the queue, read the directory now and then, and answer when the reception asks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from kiosk.desk.clock import Clock, Moment
from kiosk.desk.credentials import Code
from kiosk.desk.outcomes import Word
from kiosk.desk.people import PersonId
from kiosk.desk.ports import LineStatus, Link, NotRecorded
from kiosk.desk.queue import Entry, Forgotten, Outbox, UploadState
from kiosk.nexudus.ending import Ending
from kiosk.nexudus.errors import NeverSent, NexudusError, SignInNeeded, Throttled
from kiosk.sync.delivery import Delivery
from kiosk.sync.errands import Errands
from kiosk.sync.gate import Gate
from kiosk.sync.link import LinkWatch
from kiosk.sync.lookup import LookUp
from kiosk.sync.pace import Backoff, Setbacks, TokenBucket, Urgency
from kiosk.sync.true_time import TrueTime
from kiosk.sync.waiters import QUEUED, Waiters, word_of

logger = logging.getLogger(__name__)

LOOK_UPS_PER_MINUTE = 20
"""Unknown codes that are looked up in a minute; each costs a call or two of an allowance that a fleet may share."""

FRESH_SECONDS = 5.0
"""So long after an event its person may still stand at the glass."""

LEAST_PAUSE = 0.001
"""Seconds. Sums of floats may leave a wait so short that the clock does not move in it."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How patiently, in seconds."""

    settle: float = 70.0
    retry_first: float = 1.0
    retry_longest: float = 60.0
    stuck_longest: float = 900.0
    look_up: float = 2.0


class Courier:
    """Fulfils the desk's `Courier`. `run` belongs to one event loop, `CourierThread`'s; the rest may be called from any
    thread.

    Three tasks: deliveries that somebody at the glass waits for, the backlog, and errands. So nothing that a person did
    just now waits for a long queue or a long list. Each person's events are delivered in their order, by one task at a
    time.

    Args:
        outbox: The queue.
        deliveries: Who delivers, for each urgency.
        errands: Who reads the lists.
        look_ups: Asks Nexudus who has a code or how a visit stands, and adds them to the directory.
        clock: This device's clock.
        times: The true time.
        rhythm: How patiently.
        link: Told how each delivery ended.
        gate: Through which the calls of all of these leave.
        ending: Whether a sign-in that still works will end.
        monotonic: Seconds that never jump.
    """

    def __init__(
        self,
        outbox: Outbox,
        deliveries: Mapping[Urgency, Delivery],
        errands: Errands,
        look_ups: LookUp,
        clock: Clock,
        times: TrueTime,
        rhythm: Rhythm,
        link: LinkWatch,
        gate: Gate,
        ending: Callable[[], Ending | None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbox = outbox
        self._deliveries = deliveries
        self._errands = errands
        self._finds = look_ups
        self._clock = clock
        self._times = times
        self._rhythm = rhythm
        self._link = link
        self._gate = gate
        self._ending = ending
        # A request is marked before it waits for its turn: it may have left that much later.
        self._settle = rhythm.settle + 2 * gate.seconds_each()
        self._waiters = Waiters()
        self._look_ups = TokenBucket(LOOK_UPS_PER_MINUTE, monotonic)
        self._backoff = Backoff(rhythm.retry_first, rhythm.retry_longest)
        self._trouble = Setbacks(rhythm.retry_first, rhythm.stuck_longest, monotonic)
        self._under_way: set[PersonId] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken: Mapping[Urgency, asyncio.Event] = {}
        link.on_back = self.wake

    # What the reception asks, from its own thread.

    def status(self) -> LineStatus:
        """One look at the line, from memory."""
        waiting, link, trouble, ending = self._outbox.waiting(), self._link.link, self._link.trouble, self._ending()
        clear_in = self._gate.rest() + waiting * self._gate.seconds_each() if link is Link.ONLINE else None
        return LineStatus(
            link,
            waiting,
            self._outbox.dead_letters(),
            self._errands.directory_as_of,
            clear_in,
            tuple(one.staff for one in (trouble, ending) if one is not None),
            ending.at if ending else None,
        )

    def wake(self) -> None:
        """There is something new to upload."""
        loop = self._loop
        if loop is not None:
            for woken in self._woken.values():
                with contextlib.suppress(RuntimeError):  # just closed: the next start finds the event
                    loop.call_soon_threadsafe(woken.set)

    def signed_in(self) -> None:
        """Staff have signed in anew, and Nexudus has answered. Called in the courier's own loop."""
        self._link.worked()
        self.wake()

    async def look_up(self, code: Code) -> None:
        """Ask Nexudus who has this code, for a decent time at most."""
        loop = self._loop
        if loop is None or self._link.link not in (Link.ONLINE, Link.UNTRIED) or self._gate.rest() > 0:
            return
        asked = asyncio.run_coroutine_threadsafe(self._ask(code), loop)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.wrap_future(asked), self._rhythm.look_up)

    async def word_on(self, event: UUID, within: float) -> Word:
        """Wait for Nexudus's word on an event; not at all while the line is down."""
        waiting = asyncio.ensure_future(self._waiters.wait(event, within))
        # Listen first, then look: the word may have come before anybody listened.
        await asyncio.sleep(0)
        entry = self._outbox.entry(event)
        word = word_of(entry) if entry else QUEUED
        if word is None and not self._gate.broken:
            return await waiting
        waiting.cancel()
        return word or QUEUED

    async def wifi_code(self, event: UUID, within: float) -> str:
        """Wait for a visitor's Wi-Fi code, for a decent time at most."""
        loop = self._loop
        if loop is None:
            return ""
        asked = asyncio.run_coroutine_threadsafe(self._deliveries[Urgency.AT_THE_DESK].wifi_code(event), loop)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(asked), within)
        except (TimeoutError, NexudusError):
            return ""  # a nicety: the visitor is in, and reception has the code as well

    async def refresh_visit(self, person: PersonId, within: float) -> None:
        """Read a visit anew, for a decent time at most; what cannot be read stays as it is known."""
        loop = self._loop
        if loop is None or self._gate.rest() > 0:
            return
        asked = asyncio.run_coroutine_threadsafe(self._finds.read_visit(person.number), loop)
        try:
            await asyncio.wait_for(asyncio.wrap_future(asked), within)
        except (TimeoutError, NexudusError):
            logger.debug("a visit could not be read anew")
        except NotRecorded as error:
            logger.error("a visit that was read cannot be kept: %s", error)

    async def refresh_presence(self, within: float) -> None:
        """Read anew which members are in, for a decent time at most; what cannot be read stays as it is known."""
        loop = self._loop
        if loop is None or self._gate.rest() > 0:
            return
        asked = asyncio.run_coroutine_threadsafe(self._errands.look_who_is_in(), loop)
        try:
            await asyncio.wait_for(asyncio.wrap_future(asked), within)
        except (TimeoutError, NexudusError):
            logger.debug("who is in could not be read anew")
        except NotRecorded as error:
            logger.error("who is in cannot be kept: %s", error)

    # The courier's own day.

    async def run(self) -> None:
        """Deliver and run errands until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._woken = {urgency: asyncio.Event() for urgency in Urgency}
        try:
            async with asyncio.TaskGroup() as day:
                for urgency, woken in self._woken.items():
                    day.create_task(self._deliver_for_ever(urgency, woken), name=f"deliveries {urgency.name.lower()}")
                day.create_task(self._errands.run_for_ever(), name="errands")
        finally:
            self._loop = None

    async def deliver_due(self) -> float | None:
        """Send everything that is due, what is fresh first, then the oldest; per person in order.

        Returns the seconds until something else is due by itself, or None if nothing is.
        """
        waits = [await self._work_off(urgency) for urgency in Urgency]
        return min((wait for wait in waits if wait is not None), default=None)

    async def _deliver_for_ever(self, urgency: Urgency, woken: asyncio.Event) -> None:
        while True:
            woken.clear()
            try:
                pause = await self._work_off(urgency)
            except NotRecorded as error:
                logger.error("the queue cannot be written, so nothing is sent: %s", error)
                pause = self._rhythm.retry_longest
            # Not `wait_for`: it may lose a cancellation that comes in the same moment as what it waits for.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause and max(pause, LEAST_PAUSE)):
                    await woken.wait()

    async def _work_off(self, urgency: Urgency) -> float | None:
        """Send what is due and as urgent as that. Returns as `deliver_due`."""
        await self._times.correct_waiting()
        if (rest := self._rest()) > 0:
            return rest if self._outbox.waiting() else None
        held_up: dict[PersonId, UUID] = {}
        for listed in self._due_for(urgency):
            person, event = listed.event.intent.person, listed.event.id
            if person in held_up or self._wait(event, urgency) is None:
                continue
            if self._wait(event, urgency) == 0:
                again = await self._deliver(event, urgency)
                if again is not None:
                    return again
                if 0 in (self._wait(other, urgency) for other in held_up.values()):
                    return 0.0  # it is an older one's turn by now
            if self._wait(event, urgency) is not None:
                held_up[person] = event
        waits = (self._wait(event, urgency) for event in held_up.values())
        return min((wait for wait in waits if wait is not None), default=None)

    def _wait(self, event: UUID, urgency: Urgency) -> float | None:
        """Seconds until a task may try an event, as things stand now: the other task may have had it in hand since it
        was listed. None for one that is final, or gone."""
        entry = self._outbox.entry(event)
        if entry is None or entry.state.final:
            return None
        return self._wait_for(entry) or self._taken(entry.event.intent.person, urgency)

    def _due_for(self, urgency: Urgency) -> Sequence[Entry]:
        """The entries that a task looks at, oldest first."""
        entries = self._outbox.open_entries()
        if urgency is Urgency.IN_THE_BACK:
            return entries
        here = self._at_the_desk()
        return [entry for entry in entries if entry.event.intent.person in here]

    def _taken(self, person: PersonId, urgency: Urgency) -> float:
        """Seconds for which somebody's events are the other task's; 0 where they are not."""
        theirs = urgency is Urgency.IN_THE_BACK and person in self._at_the_desk()
        return FRESH_SECONDS if theirs or person in self._under_way else 0.0

    def _at_the_desk(self) -> set[PersonId]:
        """Whoever may be standing at the glass: they wait for a word, or did something just now."""
        waiting, now = self._waiters.events(), self._clock.now()
        return {
            entry.event.intent.person
            for entry in self._outbox.open_entries()
            if entry.event.id in waiting
            or (entry.event.at.boot == now.boot and now.since_boot - entry.event.at.since_boot < FRESH_SECONDS)
        }

    def _rest(self) -> float:
        """Seconds for which there is no use in delivering anything. Nobody need wait for a word from a line that is
        down."""
        if self._gate.broken:
            self._waiters.send_home()
        return self._gate.rest()

    async def _deliver(self, event: UUID, urgency: Urgency) -> float | None:
        """Deliver one event. Returns None to go on with the next, or the seconds to leave Nexudus alone."""
        entry = self._outbox.entry(event)
        if entry is None:
            return None
        person = entry.event.intent.person
        self._under_way.add(person)
        try:
            return await self._attempt(entry, urgency)
        finally:
            self._under_way.discard(person)

    async def _attempt(self, entry: Entry, urgency: Urgency) -> float | None:
        failures, event = self._link.failures, entry.event.id
        try:
            await self._deliveries[urgency].deliver(await self._times.with_true_time(entry))
        except Forgotten:
            self._trouble.over(event)
            return None
        except Throttled as error:
            self._link.failed(error)
            return max(self._gate.rest(), error.wait_seconds)
        except (NeverSent, SignInNeeded) as error:
            # Nobody can be told anything now.
            self._link.failed(error)
            self._waiters.send_home()
            return self._gate.rest() or self._backoff.after_failure()
        except NexudusError as error:
            # This one is stuck, whatever the reason; it holds up its own person and nobody else.
            self._link.failed(error)
            after = self._outbox.entry(event)
            if after is not None and after.state is not UploadState.UNKNOWN:  # that one has its own time to settle
                self._trouble.again_later(event)
            self._waiters.bring(event, QUEUED)
            return self._rest() or None
        self._link.worked(failures)
        self._backoff.reset()
        self._trouble.over(event)
        self._announce(entry)
        return None

    def _announce(self, entry: Entry) -> None:
        after = self._outbox.entry(entry.event.id)
        word = word_of(after) if after else None
        if word is not None:
            self._waiters.bring(entry.event.id, word)

    def _wait_for(self, entry: Entry) -> float:
        """Seconds until an entry may be tried; 0 where it may now."""
        return max(self._settling(entry, self._clock.now()), self._trouble.wait_for(entry.event.id))

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
        return max(self._settle - passed, 0.0)

    async def _ask(self, code: Code) -> None:
        await self._look_ups.take(Urgency.AT_THE_DESK)
        try:
            await self._finds.look_up(code)
        except NexudusError as error:
            self._link.failed(error)
        except NotRecorded as error:
            logger.error("a person who was looked up cannot be kept: %s", error)
