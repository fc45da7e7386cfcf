"""The nightly audit: what this kiosk recorded in a day against what Nexudus has of it.

That nothing is lost or doubled rests on how late a request may still be carried out, which nobody has promised. So each
night the day before is looked through once more. Nothing is put right in silence: a second record that bears this
kiosk's own event is removed, with a line in the audit, and whatever else differs becomes a dead letter for staff.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from kiosk.desk.audit import DayBook, Finding
from kiosk.desk.clock import Clock
from kiosk.desk.events import EventKind
from kiosk.desk.house import House
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Entry, Outbox, UploadState
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NotFound, Refused, RoleMissing
from kiosk.nexudus.fields import HostApprovalStatus
from kiosk.nexudus.models import Checkin, Visitor
from kiosk.nexudus.times import whole_second
from kiosk.sync.timetable import Timetable
from kiosk.sync.true_time import TrueTime

logger = logging.getLogger(__name__)

PATIENCE = timedelta(hours=12)
"""How long after the night the audit waits for events of that day which are still in the queue. A stuck one does not
hold up the others for longer."""

MISSING = "Nexudus has no record of this. Retry to record it anew, or dismiss it if staff deleted it there."
WALK_IN_MISSING = "Nexudus has no record of this visitor. Register them there by hand, then dismiss this."
NOT_ARRIVED = "Nexudus has this visitor as not arrived. Check them in there if they came, then dismiss this."
STILL_OPEN = "Nexudus has this stay as open. Retry to close it, or dismiss it if that is right."
DOUBLED = "Nexudus has this twice, the second time as record {}. Delete one of them there, then dismiss this."
STANDS = "This was taken back here, but Nexudus has it as record {}. Delete it there, then dismiss this."


class Audit:
    """Compares a day, once it is over. Belongs to the courier's loop.

    Args:
        nexudus: What is compared with.
        book: The events of the day, and where the findings go.
        outbox: The queue.
        clock: Dates the findings.
        times: The true time.
        house: The location.
        timetable: When the night is, for this kiosk of its account.
    """

    def __init__(
        self,
        nexudus: Nexudus,
        book: DayBook,
        outbox: Outbox,
        clock: Clock,
        times: TrueTime,
        house: Callable[[], House],
        timetable: Timetable,
    ) -> None:
        self._nexudus = nexudus
        self._book = book
        self._outbox = outbox
        self._clock = clock
        self._times = times
        self._house = house
        self._timetable = timetable
        self._done: date | None = None

    async def compare(self) -> int:
        """Compare the last day that is due, unless that was done; answers how much was found.

        Raises:
            NexudusError: It could not be read now.
            NotRecorded: What was found cannot be kept.
        """
        now, house = (await self._times.now()).wall, self._house()
        night = self._timetable.last_night(now, house.zone)
        day = house.day(night) - timedelta(days=1)
        if day == self._done:
            return 0
        start, end = _midnight(day, house), _midnight(day + timedelta(days=1), house)
        entries = self._book.events_between(start, end)
        if now < night + PATIENCE and any(not entry.state.final for entry in entries):
            return 0
        try:
            found = await self._members(entries, house, start, end) + await self._visitors(entries, house, start, end)
        except (Refused, RoleMissing) as error:
            logger.warning("the events of %s cannot be compared with Nexudus: %s", day, error)
            found = 0
        if found:
            logger.warning("%d findings in comparing the events of %s with Nexudus", found, day)
        self._done = day
        return found

    # Members.

    async def _members(self, entries: Sequence[Entry], house: House, start: datetime, end: datetime) -> int:
        theirs = [entry for entry in entries if self._is_to_compare(entry, PersonKind.MEMBER)]
        if not theirs:
            return 0
        of_person: dict[int | None, list[Checkin]] = defaultdict(list)
        for row in await self._nexudus.checkins(house.id, start):
            if row.from_time < end:
                of_person[row.coworker_id].append(row)
        return sum([await self._member(entry, of_person[entry.event.intent.person.number]) for entry in theirs])

    async def _member(self, entry: Entry, rows: Sequence[Checkin]) -> int:
        own = sorted((row for row in rows if row.system_id == str(entry.event.id)), key=lambda row: row.id)
        record = next((row for row in rows if row.id == entry.remote_id), own[0] if own else None)
        if entry.event.intent.kind is EventKind.CHECK_OUT:
            is_open = record is not None and record.open
            return await self._tell(entry, Finding.STILL_OPEN, STILL_OPEN) if is_open else 0
        if entry.state is UploadState.UNDONE:
            return await self._tell(entry, Finding.STANDS, STANDS.format(own[0].id)) if own else 0
        if record is None:
            return await self._tell(entry, Finding.MISSING, MISSING) if await self._is_gone(entry) else 0
        second = [row for row in own if row.id != record.id]
        found = sum([await self._withdraw(entry, row) for row in second])
        others = [row for row in rows if self._doubles(row, record, entry)]
        return found + (await self._tell(entry, Finding.DOUBLED, DOUBLED.format(others[0].id)) if others else 0)

    def _doubles(self, row: Checkin, record: Checkin, entry: Entry) -> bool:
        """Whether another's record has the same person at the same time. Those of further events here are their own
        visits: where a time was estimated, two may have the same."""
        known = {one.remote_id for one in self._outbox.entries_of(entry.event.intent.person)} | {record.id}
        same = whole_second(row.from_time) == whole_second(record.from_time) or (row.open and record.open)
        return same and row.id not in known and row.system_id != str(entry.event.id)

    async def _withdraw(self, entry: Entry, row: Checkin) -> int:
        """Remove a second record of one event of this kiosk: it may have cost the member a pass."""
        try:
            with contextlib.suppress(NotFound):
                await self._nexudus.delete_checkin(row.id)
        except (Refused, RoleMissing):
            return await self._tell(entry, Finding.DOUBLED, DOUBLED.format(row.id))
        logger.warning("event %d was in Nexudus twice; record %d has been removed", entry.event.sequence, row.id)
        note = f"record {row.id}"
        await asyncio.to_thread(self._book.note, entry.event.id, Finding.REMOVED, note, self._clock.now())
        return 1

    async def _is_gone(self, entry: Entry) -> bool:
        """Whether a record that was not listed is not there: lists have been seen to leave rows out."""
        if entry.remote_id is None:
            return False
        try:
            await self._nexudus.checkin(entry.remote_id)
        except NotFound:
            return True
        return False

    # Visitors.

    async def _visitors(self, entries: Sequence[Entry], house: House, start: datetime, end: datetime) -> int:
        theirs = [entry for entry in entries if self._is_to_compare(entry, PersonKind.VISITOR)]
        if not theirs:
            return 0
        rows = await self._nexudus.visitors(house.id, start, end)
        return sum([await self._visitor(entry, rows) for entry in theirs])

    async def _visitor(self, entry: Entry, rows: Sequence[Visitor]) -> int:
        own = [row for row in rows if row.system_id == str(entry.event.id)]
        number = entry.remote_id
        if entry.event.intent.kind is EventKind.CHECK_OUT or number is None:
            return 0
        if entry.state is UploadState.UNDONE:
            stands = [row for row in own if row.arrived]
            return await self._tell(entry, Finding.STANDS, STANDS.format(stands[0].id)) if stands else 0
        try:
            record = (
                next((row for row in rows if row.id == number), None) or (await self._nexudus.visitor(number)).value
            )
        except NotFound:
            # What a walk-in gave is kept here only until Nexudus has it: nothing is left to send anew.
            walk_in = entry.event.intent.kind is EventKind.REGISTER
            return await self._tell(entry, Finding.MISSING, WALK_IN_MISSING if walk_in else MISSING)
        if not record.arrived and not _waits(record, entry):
            return await self._tell(entry, Finding.MISSING, NOT_ARRIVED)
        second = [row for row in own if row.id != record.id]
        return await self._tell(entry, Finding.DOUBLED, DOUBLED.format(second[0].id)) if second else 0

    # Both.

    def _is_to_compare(self, entry: Entry, kind: PersonKind) -> bool:
        """Whether an event has come to an end in Nexudus, and nothing of that person is on its way there."""
        person = entry.event.intent.person
        ended = entry.state is UploadState.UNDONE or (entry.state is UploadState.DONE and not entry.undone)
        if person.kind is not kind or entry.event.intent.kind is EventKind.UNDO or not ended:
            return False
        return all(one.state.final for one in self._outbox.entries_of(person))

    async def _tell(self, entry: Entry, finding: Finding, note: str) -> int:
        return await asyncio.to_thread(self._book.for_staff, entry.event.id, finding, note, self._clock.now())


def _waits(record: Visitor, entry: Entry) -> bool:
    """Whether a walk-in was to wait for the host, so that registering was no arriving."""
    registered = entry.event.intent.kind is EventKind.REGISTER
    return registered and record.host_approval_status is not HostApprovalStatus.NOT_REQUIRED


def _midnight(day: date, house: House) -> datetime:
    return datetime.combine(day, time.min, house.zone).astimezone(UTC)
