"""Visitors whom this kiosk checked in and who are still in at the location's cut-off are checked out at that time, and
marked as assumed.

Hardly any visitor checks out, and a roll call that still lists those of the morning is worth nothing. That Nexudus ends
visits by itself is not known of it (contract 3.2).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from kiosk.desk.clock import Clock
from kiosk.desk.directory import DirectoryKeeper
from kiosk.desk.house import House
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Entry, Forgotten, Outbox
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NotFound, Refused, RoleMissing
from kiosk.nexudus.models import Visitor
from kiosk.nexudus.records import departed
from kiosk.nexudus.times import whole_second
from kiosk.sync.assumed import END_ASSUMED, ENDED_ELSEWHERE, GONE, NEVER_CAME
from kiosk.sync.leftovers import LOOK_BACK
from kiosk.sync.translate import visitor_listing
from kiosk.sync.true_time import TrueTime
from kiosk.sync.visits import BY_COMMAND

logger = logging.getLogger(__name__)

GRACE = timedelta(minutes=5)
"""How long after the cut-off. Who leaves with the last light does so by themselves, and an arrival of the last moment
cannot be undone any more."""

AFTER_REFUSAL = timedelta(days=1)

_BY_THIS_KIOSK = ("", BY_COMMAND)
"""The notes of arrivals that this kiosk wrote and that have no end yet."""


class AutoCheckOut:
    """Checks out whoever stayed beyond the cut-off, soon after it.

    Args:
        nexudus: Where they are checked out.
        outbox: The events; a note beside the arrival says what came of it, once for all.
        directory: Learns that the visit is over.
        clock: Dates the notes.
        times: The true time.
        house: The location, with its cut-off.
    """

    def __init__(
        self,
        nexudus: Nexudus,
        outbox: Outbox,
        directory: DirectoryKeeper,
        clock: Clock,
        times: TrueTime,
        house: Callable[[], House],
    ) -> None:
        self._nexudus = nexudus
        self._outbox = outbox
        self._directory = directory
        self._clock = clock
        self._times = times
        self._house = house
        self._not_before: dict[UUID, datetime] = {}

    async def close(self) -> int:
        """Check out whoever is due; answers how many.

        Raises:
            NexudusError: It could not be done now.
            NotRecorded: What was done cannot be kept.
        """
        now, house = (await self._times.now()).wall, self._house()
        due = [entry for entry in self._arrivals(now) if self._is_due(entry, now, house)]
        return sum([await self._try(entry, now, house) for entry in due])

    def _arrivals(self, now: datetime) -> list[Entry]:
        arrivals = self._outbox.left_open(PersonKind.VISITOR, now - LOOK_BACK, now)
        return [entry for entry in arrivals if entry.note in _BY_THIS_KIOSK]

    def _is_due(self, entry: Entry, now: datetime, house: House) -> bool:
        due = house.assumed_end(entry.event.time) + GRACE
        return max(due, self._not_before.get(entry.event.id, due)) <= now

    async def _try(self, entry: Entry, now: datetime, house: House) -> bool:
        try:
            return await self._close(entry, now, house)
        except (Refused, RoleMissing) as error:
            # The others can go all the same, and so can the rest of the night's work.
            logger.warning("event %d: the visitor cannot be checked out: %s", entry.event.sequence, error)
            self._not_before[entry.event.id] = now + AFTER_REFUSAL
            return False

    async def _close(self, entry: Entry, now: datetime, house: House) -> bool:
        try:
            record = await self._nexudus.visitor(entry.event.intent.person.number)
        except NotFound:
            await self._ended(entry, GONE)
            return False
        visitor = record.value
        end = _assumed_end(visitor, entry, house)
        if visitor.departure_date is not None:
            # By a request of this kiosk whose answer was lost, where the time is the same.
            await self._ended(entry, END_ASSUMED if whole_second(visitor.departure_date) == end else ENDED_ELSEWHERE)
            return False
        if end + GRACE > now:  # let in by the host only after the cut-off, or still waiting
            self._not_before[entry.event.id] = end + GRACE
            return False
        if not visitor.arrived:
            await self._ended(entry, NEVER_CAME)
            return False
        if entry not in self._arrivals(now):  # they have left while the record was read
            return False
        after = departed(record, end)
        await self._nexudus.update_visitor(after)
        await self._ended(entry, END_ASSUMED)
        await asyncio.to_thread(self._directory.add, [], [visitor_listing(after.value)])
        return True

    async def _ended(self, entry: Entry, note: str) -> None:
        event, number = entry.event.id, entry.remote_id
        with contextlib.suppress(Forgotten):
            await asyncio.to_thread(self._outbox.leave_out, event)
            await asyncio.to_thread(self._outbox.delivered, event, number, self._clock.now(), note)
        self._not_before.pop(event, None)


def _assumed_end(visitor: Visitor, entry: Entry, house: House) -> datetime:
    """When the visit is taken to have ended; for whoever has not come, when they cannot come any more."""
    if not visitor.arrived:
        return house.end_of_day(entry.event.time)
    return house.assumed_end(visitor.arrival_date or entry.event.time)
