"""The account at the end: what people were told of against what Nexudus has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kiosk.desk.events import EventKind, TimeBasis
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Entry, UploadState
from kiosk.nexudus.assumptions import AT_ONCE
from kiosk.sandbox.entities import CHECKINS, VISITORS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.world import World
from kiosk.sync.audit import DOUBLED, MISSING, NOT_ARRIVED, STANDS, STILL_OPEN, WALK_IN_MISSING

CLOSE = timedelta(seconds=2)
"""How far a time may be off that was corrected by an answer's `Date`, which has whole seconds."""

AS_IT_CAME = 2 * AT_ONCE
"""How long after a walk-in `CheckInNow` may have written its present time: so old may the event be as it is sent, and
so long may the request take."""

SAID_BY_THE_AUDIT = [
    text.partition("{}")[0] for text in (MISSING, WALK_IN_MISSING, NOT_ARRIVED, STILL_OPEN, DOUBLED, STANDS)
]
"""How its dead letters begin. They excuse nothing here: on a line that keeps what was promised there is none."""

KNOWN = (TimeBasis.CLOCK, TimeBasis.ANCHORED)


@dataclass(frozen=True)
class Told:
    """What a person was told, and when that truly was."""

    event: UUID
    at: datetime


class Account:
    """Holds what people were told against what Nexudus has."""

    def __init__(self, entries: Sequence[Entry], told: Sequence[Told], world: World) -> None:
        self._entries = {entry.event.id: entry for entry in entries}
        self._told = told
        self._world = world
        self._made: dict[str, list[Record]] = defaultdict(list)
        for row in (*world.rows(CHECKINS), *world.rows(VISITORS)):
            self._made[row.text("SystemId")].append(row)

    def faults(self) -> list[str]:
        """One line for each; none is the aim."""
        found = [line for told in self._told for line in self._about(told)]
        strangers = set(self._made) - {str(event) for event in self._entries} - {""}
        return found + self._out_of_order() + [f"{stranger} is nobody's event" for stranger in strangers]

    def _about(self, told: Told) -> list[str]:
        entry = self._entries.get(told.event)
        if entry is None:
            return [f"{told.event} is not on record"]
        name = f"event {entry.event.sequence} ({entry.event.intent.kind}, {entry.state}, {entry.note!r})"
        if not entry.state.final:
            return [f"{name} has not come to an end"]
        if any(entry.note.startswith(sentence) for sentence in SAID_BY_THE_AUDIT):
            return [f"{name} is found wanting by the nightly audit"]
        return [f"{name}: {fault}" for fault in (*self._of_time(entry, told), *self._of_records(entry))]

    def _of_time(self, entry: Entry, told: Told) -> list[str]:
        if entry.event.basis in KNOWN and abs(entry.event.time - told.at) > CLOSE:
            return [f"it was at {told.at}, and is on record at {entry.event.time}"]
        return []

    def _of_records(self, entry: Entry) -> list[str]:
        if entry.event.intent.kind is EventKind.REGISTER:
            return self._of_walk_in(entry)
        if entry.event.intent.person.kind is PersonKind.VISITOR:
            return self._of_visit(entry)
        match entry.event.intent.kind:
            case EventKind.CHECK_IN:
                return self._of_check_in(entry)
            case EventKind.CHECK_OUT:
                return self._of_check_out(entry)
            case _:
                return []  # an undo shows in what it took back

    def _of_check_in(self, entry: Entry) -> list[str]:
        rows = self._made[str(entry.event.id)]
        joined = entry.note == "already checked in elsewhere"
        if entry.state is UploadState.REFUSED and not entry.note:
            return ["a dead letter without a reason"]
        wanted = 0 if entry.state is not UploadState.DONE or joined else 1
        faults = [] if len(rows) == wanted else [f"{len(rows)} records in place of {wanted}"]
        return faults + ["another start" for row in rows if not same(row.moment("FromTime"), entry)]

    def _of_check_out(self, entry: Entry) -> list[str]:
        began = self._entries.get(entry.ended.event) if entry.ended and entry.ended.event else None
        if entry.state is not UploadState.DONE or began is None or began.state is not UploadState.DONE:
            return []
        rows = self._made[str(began.event.id)]
        return ["another end" for row in rows if not same(row.moment("ToTime"), entry) and not before(entry, began)]

    def _of_walk_in(self, entry: Entry) -> list[str]:
        rows = self._made[str(entry.event.id)]
        match entry.state:
            case UploadState.DONE:
                return [f"{len(rows)} records"] if len(rows) != 1 else self._of_registration(entry, rows[0])
            case UploadState.UNDONE:
                came = [row for row in rows if row.flag("Arrived") or row.moment("ArrivalDate")]
                return [*(["registered twice"] if len(rows) > 1 else []), *("it stands" for _ in came)]
            case _:
                return [] if entry.note and not rows else ["a dead letter without a reason, or with a record"]

    def _of_registration(self, entry: Entry, row: Record) -> list[str]:
        """Of a walk-in who stands there is one record, at the right times: the kiosk's where it wrote them, the
        service's where `CheckInNow` did."""
        arrived, left = row.moment("ArrivalDate"), row.moment("DepartureDate")
        faults = [] if row.id == entry.remote_id else ["it is known by another record"]
        if not same(row.moment("ExpectedArrival"), entry):
            faults.append("expected at another time")
        if arrived is None or not row.flag("Arrived"):
            return [*faults, "nobody has arrived"]
        if not same(arrived, entry) and not timedelta(0) <= arrived - entry.event.time + CLOSE <= AS_IT_CAME:
            faults.append(f"arrived at {arrived} in place of {entry.event.time}")
        if left is not None and left < entry.event.time - CLOSE and entry.event.basis in KNOWN:
            faults.append("left before they came")
        return faults

    def _of_visit(self, entry: Entry) -> list[str]:
        record = self._world.get(VISITORS, entry.event.intent.person.number)
        field = "ArrivalDate" if entry.event.intent.kind is EventKind.CHECK_IN else "DepartureDate"
        if entry.state is UploadState.DONE and not entry.note and entry.event.intent.kind is not EventKind.UNDO:
            return [] if same(record.moment(field), entry) else [f"another {field}"]
        return []

    def _out_of_order(self) -> list[str]:
        """Whoever came twice came in that order, also where a time had to be estimated."""
        newest: dict[int, tuple[int, datetime]] = {}
        faults = []
        for entry in sorted(self._entries.values(), key=lambda entry: entry.event.sequence):
            for row in self._made[str(entry.event.id)]:
                start, person = row.moment("FromTime"), row.number("CoworkerId") or 0
                if start is None:
                    continue
                if person in newest and start < newest[person][1] - CLOSE:
                    faults.append(f"event {entry.event.sequence} is before {newest[person][0]}")
                newest[person] = (entry.event.sequence, start)
        return faults


def same(at: datetime | None, entry: Entry) -> bool:
    return at is not None and at.replace(microsecond=0) == entry.event.time.replace(microsecond=0)


def before(entry: Entry, other: Entry) -> bool:
    """Whether an estimated end came to lie before its start: then the start is sent."""
    return entry.event.time < other.event.time
