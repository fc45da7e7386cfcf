"""How each kind of event becomes calls to Nexudus, so that it arrives there exactly once.

Before anything is written, Nexudus is read: has it the event already, from a request whose answer was lost, or did
somebody record the same thing elsewhere? Then the request is marked INFLIGHT on disk with its body, and only then it
leaves. Every write says what is meant ("in at T"), so a second one of the same would change nothing; Nexudus's toggle
call is never used.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from kiosk.desk.clock import Clock
from kiosk.desk.events import EventKind
from kiosk.desk.house import House
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Entry, Outbox, UploadState
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NexudusError, NotFound, Refused
from kiosk.nexudus.models import Checkin
from kiosk.nexudus.records import NewCheckin, Record, checked_out
from kiosk.nexudus.times import whole_second
from kiosk.sync.assumed import END_ASSUMED
from kiosk.sync.commands import CommandList
from kiosk.sync.reversal import Reversal
from kiosk.sync.sender import Sender, TakenBack, is_same_second
from kiosk.sync.visits import VisitDelivery

logger = logging.getLogger(__name__)

UNEXPLAINED_TRIES = 3
"""Nexudus's catch-all refusal has been seen to pass by itself; after so many it counts."""


ALREADY_CHARGED = "a pass was charged for the check-in that was taken back"


class Delivery:
    """Delivers one event at a time. Raises what stands in the way of the line itself; a refusal of the event is an end,
    not an error."""

    def __init__(
        self, nexudus: Nexudus, outbox: Outbox, clock: Clock, house: Callable[[], House], commands: CommandList
    ) -> None:
        self._nexudus = nexudus
        self._outbox = outbox
        self._clock = clock
        self._house = house
        self._sender = Sender(outbox, clock)
        self._visits = VisitDelivery(nexudus, outbox, self._sender, clock, house, commands)

    async def deliver(self, entry: Entry) -> None:
        """Bring one event to an end, or raise.

        Raises:
            NexudusError: The line is down, Nexudus asks to wait, or staff must act. The entry is PENDING, or UNKNOWN if
                its request may have been carried out.
        """
        undo = self._outbox.undo_of(entry.event.id)
        if undo is not None and entry.state is UploadState.PENDING:
            await self._close_unsent(undo)
            return
        try:
            await self._step(entry)(entry)
        except TakenBack:
            # Read back, Nexudus has nothing of it, and the person has taken it back meanwhile: it is never sent.
            if undo := self._outbox.undo_of(entry.event.id):
                await self._close_unsent(undo)
        except Refused as refusal:
            await self._refused(entry, refusal)

    def _step(self, entry: Entry) -> Callable[[Entry], Awaitable[None]]:
        intent = entry.event.intent
        member = intent.person.kind is PersonKind.MEMBER
        match intent.kind:
            case EventKind.CHECK_IN:
                return self._member_in if member else self._visits.arrive
            case EventKind.CHECK_OUT:
                return self._member_out if member else self._visits.leave
            case EventKind.REGISTER:
                return self._visits.register
            case EventKind.UNDO:
                return self._undo

    async def _member_in(self, entry: Entry) -> None:
        house, at = self._house(), entry.event.time
        person = entry.event.intent.person.number
        start = datetime.combine(house.day(at), time.min, house.zone).astimezone(UTC)
        known = await self._nexudus.checkins_of(person, house.id, start)
        mine = next((row for row in known if is_of(row, entry)), None)
        if mine is not None:
            return await self._sender.delivered(entry, mine.id)
        today = house.day(at) == house.day(self._clock.now().wall)
        other = next((row for row in known if self._stands_for(row, entry, today)), None)
        if other is not None:
            return await self._sender.delivered(entry, other.id, "already checked in elsewhere")
        new = NewCheckin(
            business_id=house.id,
            coworker_id=person,
            from_time=at,
            to_time=None if today else self._end_of(entry, house),
            system_id=str(entry.event.id),
        )
        made = await self._sender.send(entry, new.body(), lambda: self._nexudus.create_checkin(new))
        assumed = "" if today or self._outbox.check_out_of(entry.event.id) else END_ASSUMED
        return await self._sender.delivered(entry, made, assumed)

    def _stands_for(self, row: Checkin, entry: Entry, today: bool) -> bool:
        """Whether somebody is in already by another's record, so that a second one would count them twice: by any open
        one today, and on an earlier day by one that spans the same moment."""
        at = entry.event.time
        if row.open and today:
            return True
        spans = row.from_time <= at and (row.to_time is None or at < row.to_time)
        house = self._house()
        return spans and house.day(row.from_time) == house.day(at) and not self._is_ours(row, entry)

    def _is_ours(self, row: Checkin, entry: Entry) -> bool:
        """Whether a record came of any event of this person here."""
        theirs = self._outbox.entries_of(entry.event.intent.person)
        return any(other.remote_id == row.id or is_of(row, other) for other in theirs)

    def _end_of(self, entry: Entry, house: House) -> datetime:
        """The end of a check-in of an earlier day, which Nexudus takes closed only: the check-out, or the one that
        is assumed."""
        check_out = self._outbox.check_out_of(entry.event.id)
        began = whole_second(entry.event.time)
        if check_out is not None:
            return max(whole_second(check_out.event.time), began)
        return house.assumed_end(began)

    async def _member_out(self, entry: Entry) -> None:
        record = await self._record_to_close(entry)
        if record is None:
            return await self._sender.delivered(entry, None, "nothing was open in Nexudus")
        if not record.value.open and not self._may_move_end(record.value, entry):
            mine = is_same_second(record.value.to_time, entry)
            return await self._sender.delivered(entry, record.value.id, "" if mine else "already closed")
        end = max(whole_second(entry.event.time), whole_second(record.value.from_time))
        await self._sender.put(entry, checked_out(record, end), self._nexudus.update_checkin)
        return await self._sender.delivered(entry, record.value.id)

    def _may_move_end(self, row: Checkin, entry: Entry) -> bool:
        """Whether the end of a record is one that this kiosk had to assume, and now knows better."""
        began = self._check_in_of(entry)
        return began is not None and began.note == END_ASSUMED and not is_same_second(row.to_time, entry)

    def _check_in_of(self, entry: Entry) -> Entry | None:
        """The check-in recorded here that a check-out ends."""
        ended = entry.ended
        return self._outbox.entry(ended.event) if ended is not None and ended.event is not None else None

    async def _record_to_close(self, entry: Entry) -> Record[Checkin] | None:
        """The check-in record that a check-out ends: the one of the stay; else, and where that is gone, the newest open
        one."""
        check_in = self._check_in_of(entry)
        of_check_in = check_in.remote_id if check_in is not None else None
        of_stay = entry.ended.remote_id if entry.ended is not None else None
        if (number := of_check_in or of_stay) is not None:
            with contextlib.suppress(NotFound):
                return await self._nexudus.checkin(number)
        house, at = self._house(), entry.event.time
        rows = await self._nexudus.checkins_of(entry.event.intent.person.number, house.id, at - timedelta(days=1))
        open_rows = [row for row in rows if row.open and row.from_time <= at]
        if not open_rows:
            return None
        return await self._nexudus.checkin(max(open_rows, key=lambda row: row.from_time).id)

    async def _undo(self, entry: Entry) -> None:
        """Take back in Nexudus what the event wrote there, and nothing else: a record made elsewhere stays."""
        target = self._outbox.entry(entry.event.intent.refers_to) if entry.event.intent.refers_to else None
        if target is None or target.state is not UploadState.DONE or target.remote_id is None:
            return await self._taken_back(entry, "Nexudus had nothing of it")
        member = target.event.intent.person.kind is PersonKind.MEMBER
        try:
            undo = self._undo_member if member else self._visits.take_back
            reversal = await undo(entry, target, target.remote_id)
        except NotFound:
            reversal = Reversal("gone from Nexudus already")
        return await self._taken_back(entry, reversal.note, reversal.state)

    async def _undo_member(self, entry: Entry, target: Entry, number: int) -> Reversal:
        record = await self._nexudus.checkin(number)
        checkin = record.value
        if target.event.intent.kind is EventKind.CHECK_IN:
            if not is_of(checkin, target):
                return Reversal("the record was made elsewhere and stays")
            await self._sender.send(entry, {"delete": number}, lambda: self._nexudus.delete_checkin(number))
            # Whether Nexudus gives the pass back is not known.
            return Reversal() if not checkin.coworker_time_pass_guid else Reversal.for_staff(ALREADY_CHARGED)
        if checkin.open:
            return Reversal()  # taken back by a request whose answer was lost
        if not is_same_second(checkin.to_time, target):
            return Reversal("the end was set elsewhere and stays")
        await self._sender.put(entry, record.changed(to_time=None), self._nexudus.update_checkin)
        return Reversal()

    async def _refused(self, entry: Entry, refusal: Refused) -> None:
        now, event = self._clock.now(), entry.event.id
        after = self._outbox.entry(event)
        if refusal.unexplained and after is not None and after.tries < UNEXPLAINED_TRIES:
            await asyncio.to_thread(self._outbox.postponed, event, now)
            raise refusal
        reason = refusal.message
        if not reason or refusal.unexplained:
            reason = await self._reason_on_record(entry) or reason
        await asyncio.to_thread(self._outbox.refused, event, reason or str(refusal), now)

    async def _reason_on_record(self, entry: Entry) -> str:
        """Why a member's check-in was refused, by Nexudus's own list of those, where the answer did not say (contract
        3.9). The event is refused whether or not that can be read."""
        intent, at = entry.event.intent, whole_second(entry.event.time)
        if intent.kind is not EventKind.CHECK_IN or intent.person.kind is not PersonKind.MEMBER:
            return ""
        try:
            rows = await self._nexudus.failed_checkins_of(intent.person.number, self._house().id, at)
        except NexudusError as error:
            logger.warning("the reason of a refusal cannot be read: %s", error)
            return ""
        return rows[0].description if rows else ""

    async def wifi_code(self, event: UUID) -> str:
        """The Wi-Fi code of the visitor whom an event checked in; empty if there is none. Raises NexudusError."""
        entry = self._outbox.entry(event)
        return await self._visits.wifi_code(entry) if entry is not None else ""

    async def _taken_back(self, entry: Entry, note: str, state: UploadState = UploadState.DONE) -> None:
        await asyncio.to_thread(self._outbox.taken_back, entry.event.id, self._clock.now(), note, state)

    async def _close_unsent(self, undo: Entry) -> None:
        """Taken back before Nexudus heard of it: it never will."""
        await self._taken_back(undo, "taken back before it was sent")


def is_of(row: Checkin, entry: Entry) -> bool:
    """Whether a check-in record came of this event: by the id that went along, else by its start, since location and
    person are the same."""
    if row.system_id:
        return row.system_id == str(entry.event.id)
    return is_same_second(row.from_time, entry)
