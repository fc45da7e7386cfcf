"""The courier's errands: read who belongs here, who is invited and who is in, now and then and on demand."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as day_time

from kiosk.desk.clock import Clock
from kiosk.desk.directory import DirectoryKeeper
from kiosk.desk.house import House
from kiosk.desk.people import PersonKind
from kiosk.desk.ports import NotRecorded
from kiosk.desk.queue import Outbox
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NexudusError, SignInNeeded, Throttled
from kiosk.sync.doubles import Doubles
from kiosk.sync.invitations import Invitations
from kiosk.sync.link import LinkWatch
from kiosk.sync.location import LocationReading
from kiosk.sync.members import MemberPasses
from kiosk.sync.night import Night
from kiosk.sync.pace import Sleep
from kiosk.sync.translate import member_stays
from kiosk.sync.true_time import TrueTime

logger = logging.getLogger(__name__)


FIRST_PRESENCE, FIRST_VISITORS, FIRST_MEMBERS = 1 / 6, 2.0, 1 / 3
"""Over how much of its own rhythm the first run of an errand is spread. Twenty kiosks that get their power back at once
would otherwise make all their calls in the same minute. Who is in comes first, and the lists a while later where this
kiosk has them from before: until then it does with those, and a code that they lack is looked up."""


@dataclass(frozen=True, slots=True)
class Round:
    """How often each errand is run, in seconds."""

    visitors: float = 120.0
    members: float = 900.0
    presence: float = 60.0
    retry: float = 20.0
    retention: timedelta = timedelta(days=30)


class Errands:
    """Reads lists whole and hands them over whole: a list that broke off half-way changes nothing. The members are too
    many for that, and have passes of their own."""

    def __init__(
        self,
        nexudus: Nexudus,
        members: MemberPasses,
        invitations: Invitations,
        location: LocationReading,
        directory: DirectoryKeeper,
        outbox: Outbox,
        clock: Clock,
        times: TrueTime,
        house: Callable[[], House],
        rounds: Round,
        link: LinkWatch,
        doubles: Doubles,
        night: Night,
        jitter: Callable[[float, float], float] = random.uniform,
        draw: Callable[[], float] = random.random,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._nexudus = nexudus
        self._members = members
        self._invitations = invitations
        self._location = location
        self._directory = directory
        self._outbox = outbox
        self._clock = clock
        self._times = times
        self._house = house
        self._rounds = rounds
        self._link = link
        self._doubles = doubles
        self._night = night
        self._jitter = jitter
        self._draw = draw
        self._monotonic = monotonic
        self._sleep = sleep

    @property
    def members(self) -> MemberPasses:
        """The passes over the members."""
        return self._members

    @property
    def directory_as_of(self) -> datetime | None:
        """When the members were last read, in UTC."""
        return self._directory.as_of

    async def read_visitors(self) -> int:
        """Read the invitations of these days, and which of those visitors are in; answers how many there are."""
        return await self._invitations.read()

    async def read_presence(self) -> int:
        """Read which members are in, and do what the night left to do; answers how many are in."""
        inside = await self.look_who_is_in()
        await self._night.work()
        return inside

    async def look_who_is_in(self) -> int:
        """Read which members are in, wherever they checked in; answers how many."""
        now = await self._times.now()
        house, read_at = self._house(), self._monotonic()
        midnight = datetime.combine(house.day(now.wall), day_time.min, house.zone)
        rows = await self._nexudus.open_checkins(house.id, midnight.astimezone(UTC))
        stays = member_stays(await self._doubles.settle(rows))
        await asyncio.to_thread(self._outbox.adopt_presence, PersonKind.MEMBER, stays, read_at)
        return len(stays)

    async def run_for_ever(self) -> None:
        """Each errand in its own rhythm, with jitter so that a fleet does not call in step."""
        async with asyncio.TaskGroup() as errands:
            rounds, again = self._rounds, self._again_and_again
            presence, visitors, members = self._first_runs()
            errands.create_task(again(self.read_presence, lambda: rounds.presence, presence), name="presence")
            errands.create_task(again(self.read_visitors, lambda: rounds.visitors, visitors), name="visitors")
            errands.create_task(again(self._members.read, self._until_members, members), name="members")
            errands.create_task(self._location.run_for_ever(), name="location")
            errands.create_task(self._purge_daily(), name="retention")

    def _first_runs(self) -> tuple[float, float, float]:
        """Seconds until presence, visitors and members are read for the first time, drawn anew at each start."""
        rounds = self._rounds
        presence = self._draw() * rounds.presence * FIRST_PRESENCE
        if not self._members.known:  # a kiosk without a directory knows nobody
            return presence, 0.0, 0.0
        visitors = rounds.presence + self._draw() * rounds.visitors * FIRST_VISITORS
        return presence, visitors, rounds.presence + self._draw() * rounds.members * FIRST_MEMBERS

    def _until_members(self) -> float:
        return max(self._rounds.members, self._members.least_pause)

    async def _again_and_again(
        self, errand: Callable[[], Awaitable[object]], rhythm: Callable[[], float], first_in: float
    ) -> None:
        await self._sleep(first_in)
        while True:
            failures = self._link.failures
            pause = every = rhythm()
            try:
                await errand()
                self._link.worked(failures)
                pause = rhythm()
            except SignInNeeded as error:
                # Soon again: without a sign-in nothing is called, and after a new one staff should see that it works.
                self._link.failed(error)
                pause = min(every, self._rounds.retry)
            except Throttled as error:
                self._link.failed(error)
                pause = max(error.wait_seconds, min(every, self._rounds.retry))
            except NexudusError as error:
                self._link.failed(error)
                pause = min(every, self._rounds.retry)
            except NotRecorded as error:
                logger.error("what was read from Nexudus cannot be kept: %s", error)
            await self._sleep(pause * self._jitter(0.9, 1.1))

    async def _purge_daily(self) -> None:
        while True:
            now = self._clock.now()
            if not now.quality.believed:  # a clock that is ahead would have everything forgotten
                await self._sleep(self._rounds.retry)
                continue
            try:
                await asyncio.to_thread(self._outbox.purge, now.wall - self._rounds.retention)
                await asyncio.to_thread(self._directory.sweep)
            except NotRecorded as error:
                logger.error("old events cannot be forgotten: %s", error)
            await self._sleep(86_400)
