"""The queue's entries as the ledger keeps them in memory: found by event, by person and by what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from kiosk.desk.events import EventKind
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.queue import Entry, UploadState

K = TypeVar("K")


class Entries:
    """Frozen entries, each replaced whole. Changed in turn by whoever holds the ledger's lock; read from any thread,
    since what a reader gets is never changed afterwards."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._by_event: dict[UUID, Entry] = {}
        self._open: dict[UUID, Entry] = {}
        self._refused: dict[UUID, Entry] = {}
        self._of_person: dict[PersonId, tuple[UUID, ...]] = {}
        self._referring: dict[UUID, tuple[UUID, ...]] = {}
        for entry in entries:
            self.put(entry)

    def put(self, entry: Entry) -> None:
        """Take in an entry, in place of an older one of the same event."""
        event, intent = entry.event.id, entry.event.intent
        known = self._by_event.get(event)
        if known is not None and known.event.intent.person != intent.person:
            _leave_out(self._of_person, known.event.intent.person, event)
        if known is None or known.event.intent.person != intent.person:
            self._of_person[intent.person] = (*self._of_person.get(intent.person, ()), event)
        if known is None and intent.refers_to is not None:
            self._referring[intent.refers_to] = (*self._referring.get(intent.refers_to, ()), event)
        self._by_event[event] = entry
        _keep(self._open, entry, not entry.state.final)
        _keep(self._refused, entry, entry.state is UploadState.REFUSED)

    def discard(self, event: UUID) -> None:
        """Take an entry out, if it is there."""
        entry = self._by_event.pop(event, None)
        if entry is None:
            return
        self._open.pop(event, None)
        self._refused.pop(event, None)
        intent = entry.event.intent
        _leave_out(self._of_person, intent.person, event)
        if intent.refers_to is not None:
            _leave_out(self._referring, intent.refers_to, event)

    def get(self, event: UUID | None) -> Entry | None:
        """The entry of an event, or None."""
        return self._by_event.get(event) if event is not None else None

    def all(self) -> Sequence[Entry]:
        """Every entry, oldest first."""
        return _oldest_first(self._by_event.values())

    def open(self) -> Sequence[Entry]:
        """Every entry that is not final, oldest first."""
        return _oldest_first(self._open.values())

    def closed_before(self, time: datetime) -> Sequence[Entry]:
        """Every entry of an event before a time that has come to its end, oldest first. A dead letter has not: it waits
        for staff."""
        ends = (UploadState.DONE, UploadState.UNDONE, UploadState.DISMISSED)
        return [entry for entry in self.all() if entry.state in ends and entry.event.time < time]

    def of(self, person: PersonId) -> Sequence[Entry]:
        """Every entry of a person, oldest first."""
        return _oldest_first(self._found(self._of_person.get(person, ())))

    def walk_ins(self, name: str) -> Sequence[Entry]:
        """The standing registrations of walk-ins of this name, the newest first."""
        return [
            entry
            for entry in reversed(self.all())
            if entry.event.intent.kind is EventKind.REGISTER
            and entry.event.intent.name == name
            and not entry.undone
            and entry.state is not UploadState.REFUSED
        ]

    def left_at(self, person: PersonId) -> datetime | None:
        """When the person's last standing check-out was."""
        left = (entry for entry in self.of(person) if entry.event.intent.kind is EventKind.CHECK_OUT)
        return max((entry.event.time for entry in left if not entry.undone), default=None)

    def left_open(self, kind: PersonKind, since: datetime, before: datetime) -> Sequence[Entry]:
        """Arrivals of that kind of people in that span which Nexudus has, and which have no end here."""
        return [
            entry
            for entry in self.all()
            if entry.event.intent.kind in (EventKind.CHECK_IN, EventKind.REGISTER)
            and entry.event.intent.person.kind is kind
            and entry.state is UploadState.DONE
            and not entry.undone
            and since <= entry.event.time < before
            and not self._has_left(entry)
        ]

    def _has_left(self, arrival: Entry) -> bool:
        """Whether a standing check-out ends this arrival. A visit is one stay, so any later one of the visitor does."""
        if arrival.event.intent.person.kind is PersonKind.MEMBER:
            return self.check_out_of(arrival.event.id) is not None
        return any(
            one.event.intent.kind is EventKind.CHECK_OUT and not one.undone
            for one in self.of(arrival.event.intent.person)
            if one.event.sequence > arrival.event.sequence
        )

    def check_out_of(self, check_in: UUID) -> Entry | None:
        """The standing check-out that ends this check-in."""
        return next((one for one in self._that(EventKind.CHECK_OUT, check_in) if not one.undone), None)

    def undo_of(self, event: UUID) -> Entry | None:
        """The undo that takes this event back."""
        return next(iter(self._that(EventKind.UNDO, event)), None)

    @property
    def waiting(self) -> int:
        """How many are not final."""
        return len(self._open)

    @property
    def refused(self) -> int:
        """How many Nexudus refused."""
        return len(self._refused)

    def _that(self, kind: EventKind, refers_to: UUID) -> Sequence[Entry]:
        return [one for one in self._found(self._referring.get(refers_to, ())) if one.event.intent.kind is kind]

    def _found(self, events: Iterable[UUID]) -> Sequence[Entry]:
        return [entry for entry in map(self._by_event.get, events) if entry is not None]


def _keep(group: dict[UUID, Entry], entry: Entry, belongs: bool) -> None:
    if belongs:
        group[entry.event.id] = entry
    else:
        group.pop(entry.event.id, None)


def _leave_out(groups: dict[K, tuple[UUID, ...]], key: K, event: UUID) -> None:
    rest = tuple(other for other in groups.get(key, ()) if other != event)
    if rest:
        groups[key] = rest
    else:
        groups.pop(key, None)


def _oldest_first(entries: Iterable[Entry]) -> Sequence[Entry]:
    """`sorted` takes the values in one step before it looks at any, whoever else is writing."""
    return sorted(entries, key=lambda entry: entry.event.sequence)
