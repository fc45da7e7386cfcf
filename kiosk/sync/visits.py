"""How a visitor's events become calls: arriving, leaving, registering at the kiosk, and taking that back.

A visit is one record, and who has arrived in it has arrived: a second write of the same would change nothing. Where
Nexudus offers a command it is used for what happens now, since the host is told by it for certain; it is a guess which
command that is, so what it did is read back.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from kiosk.desk.clock import Clock
from kiosk.desk.events import EventKind
from kiosk.desk.house import House
from kiosk.desk.people import Approval, Consent, PersonId, PersonKind
from kiosk.desk.queue import Entry, Outbox
from kiosk.desk.walk_in import Newsletter, WalkIn
from kiosk.nexudus.assumptions import AT_ONCE, WANTS_NEWS
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import Refused
from kiosk.nexudus.fields import HostApprovalStatus
from kiosk.nexudus.models import Visitor
from kiosk.nexudus.records import NewVisitor, Record, agreed, arrived, departed
from kiosk.nexudus.times import whole_second
from kiosk.sync.assumed import END_ASSUMED
from kiosk.sync.commands import CommandList
from kiosk.sync.reversal import Reversal
from kiosk.sync.sender import Sender, is_same_second

BY_COMMAND = "by Nexudus's command"
"""The note of an event that a command carried out: its time in Nexudus is then that of the command."""

ELSEWHERE = "already registered elsewhere"

HOST_TOLD = "the host has been told of the arrival already"
HOST_MAYBE_TOLD = "the host may have been told of the arrival already"

AROUND = timedelta(hours=1)
"""How far about its time a registration is looked for, in case Nexudus does not keep that time to the second."""


class VisitDelivery:
    """Delivers the events of visitors. Raises what stands in the way of the line, and `Refused`."""

    def __init__(
        self,
        nexudus: Nexudus,
        outbox: Outbox,
        sender: Sender,
        clock: Clock,
        house: Callable[[], House],
        commands: CommandList,
    ) -> None:
        self._nexudus = nexudus
        self._outbox = outbox
        self._sender = sender
        self._clock = clock
        self._house = house
        self._commands = commands

    async def arrive(self, entry: Entry) -> None:
        """Check in a visitor whom Nexudus knows, with their agreement to the terms if they gave it here."""
        number = entry.event.intent.person.number
        record = await self._nexudus.visitor(number)
        commands = await self._commands.known()
        consents = entry.event.intent.consent is Consent.GIVEN and not record.value.has_agreed_terms
        by_command = commands.check_in is not None and not record.value.arrived and self._is_present(entry)
        if consents:
            record = agreed(record)
            if record.value.arrived or by_command:
                await self._put(entry, record)
        if record.value.arrived:
            return await self._sender.delivered(entry, number, _note_on_arrival(record.value, entry, commands.check_in))
        if by_command and commands.check_in is not None:
            record = await self._run(entry, commands.check_in, number)
            if record.value.arrived:
                return await self._sender.delivered(entry, number, BY_COMMAND)
        await self._put(entry, arrived(record, entry.event.time, self._house().name))
        return await self._sender.delivered(entry, number)

    async def leave(self, entry: Entry) -> None:
        """Check out a visitor."""
        number = entry.event.intent.person.number
        record = await self._nexudus.visitor(number)
        left = record.value.departure_date
        if left is not None and not self._may_move_end(left, entry):
            return await self._sender.delivered(entry, number, _note_on_departure(record.value, entry))
        key = (await self._commands.known()).check_out
        if key is not None and left is None and self._is_present(entry):
            record = await self._run(entry, key, number)
            if record.value.departure_date is not None:
                return await self._sender.delivered(entry, number, BY_COMMAND)
        await self._put(entry, departed(record, entry.event.time))
        return await self._sender.delivered(entry, number)

    async def register(self, entry: Entry) -> None:
        """Make the record of a walk-in, checked in unless the host has to approve first.

        Before, it is looked for: it bears the event's id, or the same name and address at the same time.
        """
        form, house = entry.event.intent.form, self._house()
        if form is None:
            raise Refused(400, "What the visitor gave is no longer here. Register them in Nexudus by hand.")
        found = await self._registered(entry, form, house)
        if found is None:
            new = self._record_of(entry, form, house)
            number = await self._sender.send(entry, new.body(), lambda: self._nexudus.create_visitor(new))
        else:
            number = found.id
        if form.approval is not Approval.REQUESTED:
            record = await self._nexudus.visitor(number)
            if not record.value.arrived:  # it may be that `CheckInNow` does not do what its name says
                await self._put(entry, arrived(record, entry.event.time, house.name))
        made_here = found is None or found.system_id in (None, "", str(entry.event.id))
        await self._sender.delivered(entry, number, "" if made_here else ELSEWHERE)

    async def take_back(self, entry: Entry, target: Entry, number: int) -> Reversal:
        """Take back what `target` wrote, and nothing else. Raises NotFound."""
        record = await self._nexudus.visitor(number)
        match target.event.intent.kind:
            case EventKind.CHECK_OUT:
                if record.value.departure_date is None:
                    return Reversal()  # taken back by a request whose answer was lost
                if not _is_time_of(record.value.departure_date, target):
                    return Reversal("the departure was recorded elsewhere and stays")
                before, note = record.changed(departure_date=None), ""
            case EventKind.REGISTER:
                if target.note == ELSEWHERE:
                    return Reversal("the visitor was registered elsewhere and stays")
                before, note = _not_arrived(record), "the registration stays, as of somebody who has not come"
            case _:
                if not record.value.arrived:
                    return _reversed_arrival(record.value, "")  # by a request whose answer was lost
                if not _is_time_of(record.value.arrival_date, target):
                    return Reversal("the arrival was recorded elsewhere and stays")
                before, note = _not_arrived(record), ""
        await self._put(entry, before)
        if target.event.intent.kind is EventKind.CHECK_OUT:
            return Reversal()
        return _reversed_arrival(record.value, note)

    async def wifi_code(self, entry: Entry) -> str:
        """The Wi-Fi code of the visitor whom `entry` checked in; empty if there is none."""
        if entry.remote_id is None:
            return ""
        visitor = (await self._nexudus.visitor(entry.remote_id)).value
        now = self._clock.now().wall
        codes = await self._nexudus.wifi_codes_of(visitor)
        good = [one for one in codes if one.access_code and (one.valid_to is None or one.valid_to > now)]
        newest = max(good, key=lambda one: one.id, default=None)
        return newest.access_code.get_secret_value() if newest is not None and newest.access_code is not None else ""

    def _may_move_end(self, left: datetime, entry: Entry) -> bool:
        """Whether a departure is one that this kiosk had to assume, and now knows better."""
        arrivals = [one for one in self._outbox.entries_of(entry.event.intent.person) if one.note == END_ASSUMED]
        assumed = any(whole_second(left) == self._house().assumed_end(one.event.time) for one in arrivals)
        return assumed and not is_same_second(left, entry)

    def _is_present(self, entry: Entry) -> bool:
        """Whether the server's present time will do for the event's."""
        return abs(self._clock.now().wall - entry.event.time) <= AT_ONCE

    async def _run(self, entry: Entry, key: str, number: int) -> Record[Visitor]:
        """Run a command and read what it did."""
        body = {"Key": key, "Ids": [number]}
        await self._sender.send(entry, body, lambda: self._nexudus.command_visitor(key, number))
        return await self._nexudus.visitor(number)

    async def _put(self, entry: Entry, record: Record[Visitor]) -> None:
        await self._sender.put(entry, record, self._nexudus.update_visitor)

    async def _registered(self, entry: Entry, form: WalkIn, house: House) -> Visitor | None:
        at, event = entry.event.time, str(entry.event.id)
        rows = await self._nexudus.visitors(house.id, at - AROUND, at + AROUND)
        marked = next((row for row in rows if row.system_id == event), None)
        others = (row for row in rows if not self._is_of_another(row, entry))
        return marked or next((row for row in others if _is_same_registration(row, form, entry)), None)

    def _is_of_another(self, row: Visitor, entry: Entry) -> bool:
        """Whether a record came of another registration here: of somebody, say, who took theirs back and registers
        again at once, while the first has yet to be taken back in Nexudus."""
        if row.system_id:
            with contextlib.suppress(ValueError):
                return self._outbox.entry(UUID(row.system_id)) is not None
            return False
        theirs = self._outbox.entries_of(PersonId(PersonKind.VISITOR, row.id))
        return any(one.event.intent.kind is EventKind.REGISTER and one.event.id != entry.event.id for one in theirs)

    def _record_of(self, entry: Entry, form: WalkIn, house: House) -> NewVisitor:
        waits = form.approval is Approval.REQUESTED
        at, present = whole_second(entry.event.time), self._is_present(entry)
        late = not waits and not present
        return NewVisitor(
            business_id=house.id,
            full_name=form.name,
            email=form.email,
            expected_arrival=at,
            coworker_id=form.host.id.number if form.host else None,
            company_name=form.company or None,
            phone_number=form.phone or None,
            visit_reason=form.reason or None,
            notes=WANTS_NEWS if form.newsletter is Newsletter.WANTED else None,
            host_approval_status=HostApprovalStatus.REQUESTED if waits else HostApprovalStatus.NOT_REQUIRED,
            has_agreed_terms=entry.event.intent.consent is Consent.GIVEN,
            check_in_now=not waits and present,
            arrived=True if late else None,
            arrival_date=at if late else None,
            checked_in_at=house.name if late else None,
            system_id=str(entry.event.id),
        )


def _is_same_registration(row: Visitor, form: WalkIn, entry: Entry) -> bool:
    """Whether a record is of the same person at the same time. One that has not arrived was taken back, unless it
    waits."""
    at = row.expected_arrival
    return (
        (row.full_name.casefold(), row.email.casefold()) == (form.name.casefold(), form.email.casefold())
        and at is not None
        and abs(at - entry.event.time) <= AT_ONCE
        and (row.arrived or form.approval is Approval.REQUESTED)
    )


def _note_on_arrival(visitor: Visitor, entry: Entry, command: str | None) -> str:
    """What is noted where the visitor has arrived already: perhaps by a request of ours whose answer was lost."""
    if is_same_second(visitor.arrival_date, entry):
        return ""
    sent = entry.tries > 0 and command is not None
    near = visitor.arrival_date is not None and abs(visitor.arrival_date - entry.event.time) <= 2 * AT_ONCE
    return BY_COMMAND if sent and near else "already arrived"


def _note_on_departure(visitor: Visitor, entry: Entry) -> str:
    """The same where the visitor has left already."""
    return "" if is_same_second(visitor.departure_date, entry) else "already left"


def _is_time_of(at: datetime | None, target: Entry) -> bool:
    """Whether a time in Nexudus came of this event: to the second, or near it where a command wrote it."""
    if target.note == BY_COMMAND:
        # The command may have run as late as a request does that was given up.
        return at is not None and abs(at - target.event.time) <= 2 * AT_ONCE
    return is_same_second(at, target)


def _reversed_arrival(visitor: Visitor, note: str) -> Reversal:
    """Nexudus tells hosts of arrivals by itself; `Notified` says so for certain where it is set."""
    if visitor.notified:
        return Reversal.for_staff(HOST_TOLD, note)
    return Reversal.for_staff(HOST_MAYBE_TOLD, note) if visitor.coworker_id is not None else Reversal(note)


def _not_arrived(record: Record[Visitor]) -> Record[Visitor]:
    return record.changed(arrived=False, arrival_date=None, checked_in_at=None)
