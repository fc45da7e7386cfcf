"""The courier's errands: read who belongs here, who is invited and who is in, now and then and on demand."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as day_time

from kiosk.desk.clock import Clock
from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import DirectoryKeeper, VisitorListing
from kiosk.desk.house import House
from kiosk.desk.people import PersonKind
from kiosk.desk.ports import NotRecorded
from kiosk.desk.queue import Outbox
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NexudusError, SignInNeeded, Throttled
from kiosk.nexudus.models import Visitor
from kiosk.sync.doubles import Doubles
from kiosk.sync.link import LinkWatch
from kiosk.sync.members import MemberPasses
from kiosk.sync.night import Night
from kiosk.sync.pace import Sleep
from kiosk.sync.translate import UNNAMED, member_listing, member_stays, visitor_listing, visitor_stays
from kiosk.sync.true_time import TrueTime

logger = logging.getLogger(__name__)

WINDOW = timedelta(days=1)
"""Invitations of yesterday, today and tomorrow are known here, so that one for the wrong day gets its own sentence."""


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
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._nexudus = nexudus
        self._members = members
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
        # By a wrong clock the days would be wrong, and everybody who is invited would be forgotten.
        now = await self._times.now()
        house, read_at = self._house(), self._monotonic()
        start, end = _days_around(now.wall, house)
        records = await self._nexudus.visitors(house.id, start, end)
        await asyncio.to_thread(self._directory.replace_visitors, [visitor_listing(record) for record in records])
        await asyncio.to_thread(self._outbox.adopt_presence, PersonKind.VISITOR, visitor_stays(records), read_at)
        return len(records)

    async def read_presence(self) -> int:
        """Read which members are in, wherever they checked in; answers how many."""
        now = await self._times.now()
        house, read_at = self._house(), self._monotonic()
        midnight = datetime.combine(house.day(now.wall), day_time.min, house.zone)
        rows = await self._nexudus.open_checkins(house.id, midnight.astimezone(UTC))
        stays = member_stays(await self._doubles.settle(rows))
        await asyncio.to_thread(self._outbox.adopt_presence, PersonKind.MEMBER, stays, read_at)
        await self._night.work()
        return len(stays)

    async def look_up(self, code: Code) -> None:
        """Ask Nexudus who has this code and add them to the directory."""
        house = self._house()
        if code.unique_id is not None:
            visitor = await self._nexudus.visitor_with_guid(code.unique_id)
            if visitor is None:  # the filter may have been ignored, and the window of days is short
                await self.read_visitors()
                return
            await asyncio.to_thread(self._directory.add, [], await self._visits([visitor], house))
            return
        start, end = _days_around((await self._times.now()).wall, house)
        found = await self._nexudus.visitors_with_code(house.id, code.text, start, end)
        coworkers = [] if code.via is Via.CAMERA else await self._nexudus.coworkers_with_pin(code.text, house.id)
        members = [listing for coworker in coworkers if (listing := member_listing(coworker)) is not None]
        if members or found:
            await asyncio.to_thread(self._directory.add, members, await self._visits(found, house))

    async def _visits(self, records: Sequence[Visitor], house: House) -> list[VisitorListing]:
        """Visits that were looked up, those at another location with its name."""
        names: dict[int, str] = {}
        if any(record.business_id != house.id for record in records):
            names = {business.id: business.name for business in await self._nexudus.businesses()}
        return [
            visitor_listing(record, "" if record.business_id == house.id else names.get(record.business_id) or UNNAMED)
            for record in records
        ]

    async def run_for_ever(self) -> None:
        """Each errand in its own rhythm, with jitter so that a fleet does not call in step."""
        async with asyncio.TaskGroup() as errands:
            rounds = self._rounds
            errands.create_task(self._again_and_again(self._members.read, self._until_members), name="members")
            errands.create_task(self._again_and_again(self.read_visitors, lambda: rounds.visitors), name="visitors")
            errands.create_task(self._again_and_again(self.read_presence, lambda: rounds.presence), name="presence")
            errands.create_task(self._purge_daily(), name="retention")

    def _until_members(self) -> float:
        return max(self._rounds.members, self._members.least_pause)

    async def _again_and_again(self, errand: Callable[[], Awaitable[object]], rhythm: Callable[[], float]) -> None:
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
            except NotRecorded as error:
                logger.error("old events cannot be forgotten: %s", error)
            await self._sleep(86_400)


def _days_around(at: datetime, house: House) -> tuple[datetime, datetime]:
    """Yesterday's first moment and the last of tomorrow by the location's calendar, in UTC."""
    day = house.day(at)
    start = datetime.combine(day - WINDOW, day_time.min, house.zone)
    end = datetime.combine(day + WINDOW, day_time.max, house.zone)
    return start.astimezone(UTC), end.astimezone(UTC)
