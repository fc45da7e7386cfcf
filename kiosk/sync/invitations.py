"""The invitations of these days, read whole and handed over whole: a list that broke off half-way changes nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as day_time

from kiosk.desk.directory import DirectoryKeeper
from kiosk.desk.house import House
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Outbox
from kiosk.nexudus.entities import Nexudus
from kiosk.sync.translate import visitor_listing, visitor_stays
from kiosk.sync.true_time import TrueTime

WINDOW = timedelta(days=1)
"""Invitations of yesterday, today and tomorrow are known here, so that one for the wrong day gets its own sentence."""


class Invitations:
    """Keeps the visitors of the directory those of Nexudus, and which of them are in."""

    def __init__(
        self,
        nexudus: Nexudus,
        directory: DirectoryKeeper,
        outbox: Outbox,
        times: TrueTime,
        house: Callable[[], House],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._nexudus = nexudus
        self._directory = directory
        self._outbox = outbox
        self._times = times
        self._house = house
        self._monotonic = monotonic

    async def read(self) -> int:
        """Read the invitations of these days, and which of those visitors are in; answers how many there are.

        Raises:
            NexudusError: The list could not be had whole.
            NotRecorded: It cannot be kept.
        """
        house, read_at = self._house(), self._monotonic()
        start, end = await self.days()
        records = await self._nexudus.visitors(house.id, start, end)
        await asyncio.to_thread(self._directory.replace_visitors, [visitor_listing(record) for record in records])
        await asyncio.to_thread(self._outbox.adopt_presence, PersonKind.VISITOR, visitor_stays(records), read_at)
        return len(records)

    async def days(self) -> tuple[datetime, datetime]:
        """Yesterday's first moment and the last of tomorrow by the location's calendar, in UTC.

        By a wrong clock the days would be wrong, and everybody who is invited would be forgotten. Raises as
        `TrueTime.now`.
        """
        house = self._house()
        day = house.day((await self._times.now()).wall)
        start = datetime.combine(day - WINDOW, day_time.min, house.zone)
        end = datetime.combine(day + WINDOW, day_time.max, house.zone)
        return start.astimezone(UTC), end.astimezone(UTC)
