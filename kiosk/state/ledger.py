"""What has happened here: events, presence, wrong codes, and how far each event has got on its way to Nexudus."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tinydb import where
from tinydb.table import Document

from kiosk.desk.clock import Anchor, Moment
from kiosk.desk.correction import corrected, corrections
from kiosk.desk.events import Event, EventKind, Intent, Stay
from kiosk.desk.lockout import Attempts, Channel
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.presence import stay_after
from kiosk.desk.queue import Entry, Forgotten, UploadState, known_as, without_form
from kiosk.state.database import Database
from kiosk.state.entries import Entries
from kiosk.state.errors import StateNotWritten
from kiosk.state.records import from_attempts, from_entry, from_stay, to_attempts, to_entry, to_moment, to_stay
from kiosk.state.turns import in_turn

EVENTS, STAYS, ATTEMPTS, COUNTERS, AUDIT = "events", "stays", "attempts", "counters", "audit"

SETTLED_SECONDS = 60.0
"""A list from Nexudus may lag behind; who had an event this shortly before it was read is left as this kiosk knows
them."""


class Ledger:
    """Fulfils the desk's `Ledger` and `Outbox`.

    The documents in TinyDB are the truth. What is asked often is kept beside them as frozen values, replaced only after
    a write is on disk; so reads take no lock and never wait for a flush.
    """

    def __init__(self, database: Database, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._db = database
        self._monotonic = monotonic
        self.turn = threading.RLock()
        with self._db.reading():
            self._entries = Entries(to_entry(doc, doc.doc_id) for doc in self._db.table(EVENTS).all())
            self._stays = {stay.person: stay for stay in map(to_stay, self._db.table(STAYS).all())}
            self._attempts = {doc["channel"]: to_attempts(doc) for doc in self._db.table(ATTEMPTS).all()}
            counters = self._db.table(COUNTERS).all()
        self._db.table(STAYS).index("person")
        # How long the restart took is not known, so whoever has an event here may have had it moments ago.
        self._touched = {entry.event.intent.person: monotonic() for entry in self._entries.all()}
        numbers = (entry.event.sequence for entry in self._entries.all())
        # The counter outlives purged events: a number is never given twice.
        self._sequence = max([*numbers, *(doc["sequence"] for doc in counters)], default=0)
        self._recover()

    # What the desk asks.

    def stay_of(self, person: PersonId) -> Stay | None:
        """The person's present stay, if they are in."""
        return self._stays.get(person)

    def left_at(self, person: PersonId) -> datetime | None:
        """When the person's last standing check-out was recorded here."""
        return self._entries.left_at(person)

    def walk_in(self, name: str, since: datetime) -> datetime | None:
        """When a walk-in of this name registered here since a moment, and still stands."""
        return next((entry.event.time for entry in self._entries.walk_ins(name) if entry.event.time >= since), None)

    def attempts(self, channel: Channel) -> Attempts:
        """The wrong codes counted so far."""
        return self._attempts.get(channel, Attempts())

    def event(self, event: UUID) -> Event | None:
        """A recorded event, or None."""
        entry = self._entries.get(event)
        return entry.event if entry else None

    def is_undone(self, event: UUID) -> bool:
        """Whether an event has been taken back."""
        entry = self._entries.get(event)
        return entry is not None and entry.undone

    @in_turn
    def record(self, event: UUID, intent: Intent, at: Moment) -> Event:
        """Write an event, the presence that follows from it and its place in the queue, in one transaction."""
        number = self._sequence + 1
        if intent.kind is EventKind.REGISTER:
            intent = replace(intent, person=PersonId(PersonKind.WALK_IN, number))
        with self._db.transaction():
            fact = Event(event, number, intent, at)
            before = self._stays.get(intent.person)
            entry = Entry(
                fact, UploadState.PENDING, 0, at, ended=before if intent.kind is EventKind.CHECK_OUT else None
            )
            changed = [entry]
            after = stay_after(fact, before, self._entries.get(intent.refers_to))
            if intent.kind is EventKind.UNDO and intent.refers_to is not None:
                target = self._standing(intent.refers_to)
                changed.append(replace(target, undone=True))
            self._write_entries(changed)
            self._write_stay(intent.person, after)
            self._db.table(COUNTERS).upsert(Document({"sequence": fact.sequence}, doc_id=1))
        self._sequence = fact.sequence
        self._remember(changed)
        self._remember_stay(intent.person, after)
        return fact

    @in_turn
    def count_failure(self, channel: Channel, attempts: Attempts) -> None:
        """Write the count of wrong codes."""
        with self._db.transaction():
            self._db.table(ATTEMPTS).upsert(from_attempts(channel, attempts), where("channel") == channel.value)
        self._attempts[channel] = attempts

    @in_turn
    def leave_out(self, event: UUID) -> None:
        """Remove the stay that an event began: it was refused, or is taken to have ended."""
        person = self._standing(event).event.intent.person
        stay = self._stays.get(person)
        if stay is None or stay.event != event:
            return
        with self._db.transaction():
            self._write_stay(person, None)
        self._remember_stay(person, None)

    # What the courier asks.

    def open_entries(self) -> Sequence[Entry]:
        """Every entry that is not final, oldest first."""
        return self._entries.open()

    def entries(self) -> Sequence[Entry]:
        """Every entry, oldest first."""
        return self._entries.all()

    def entry(self, event: UUID) -> Entry | None:
        """One entry, or None."""
        return self._entries.get(event)

    def entries_of(self, person: PersonId) -> Sequence[Entry]:
        """Every entry of a person, oldest first."""
        return self._entries.of(person)

    def left_open(self, kind: PersonKind, since: datetime, before: datetime) -> Sequence[Entry]:
        """Arrivals of that kind of people in that span without an end."""
        return self._entries.left_open(kind, since, before)

    def check_out_of(self, check_in: UUID) -> Entry | None:
        """The standing check-out that ends this check-in."""
        return self._entries.check_out_of(check_in)

    def undo_of(self, event: UUID) -> Entry | None:
        """The undo that takes this event back."""
        return self._entries.undo_of(event)

    @in_turn
    def sending(self, event: UUID, body: Mapping[str, object], at: Moment) -> None:
        """A request with this frozen body is about to leave."""
        entry = self._standing(event)
        self._change(
            replace(entry, state=UploadState.INFLIGHT, tries=entry.tries + 1, changed=at), {"body": dict(body)}
        )

    @in_turn
    def unanswered(self, event: UUID, at: Moment) -> None:
        """It left, and no answer came."""
        self._change(replace(self._standing(event), state=UploadState.UNKNOWN, changed=at))

    @in_turn
    def postponed(self, event: UUID, at: Moment) -> None:
        """It certainly was not carried out."""
        self._change(replace(self._standing(event), state=UploadState.PENDING, changed=at))

    @in_turn
    def delivered(self, event: UUID, remote_id: int | None, at: Moment, note: str = "") -> None:
        """Nexudus has it. A member's stay that the event began learns its record, and a walk-in a number."""
        done = replace(self._standing(event), state=UploadState.DONE, remote_id=remote_id, note=note, changed=at)
        entry, person = without_form(done), done.event.intent.person
        if person.kind is PersonKind.WALK_IN and remote_id is not None:
            return self._known_as(entry, PersonId(PersonKind.VISITOR, remote_id))
        with self._db.transaction():
            # Read inside: the person may have left while the answer was on its way.
            stay = self._stays.get(person)
            if stay is not None and stay.event == event and remote_id and person.kind is PersonKind.MEMBER:
                stay = replace(stay, remote_id=remote_id)
                self._write_stay(person, stay)
            self._write_entries([entry], {"body": None})
        self._remember_stay(person, stay)
        self._remember([entry])
        return None

    def _known_as(self, registered: Entry, person: PersonId) -> None:
        """A walk-in is a visitor of Nexudus from now on: their events and their stay go by that number."""
        before, event = registered.event.intent.person, registered.event.id
        others = [entry for entry in self._entries.of(before) if entry.event.id != event]
        changed = [known_as(entry, person) for entry in (registered, *others)]
        stay = self._stays.get(before)
        # Whoever has left already, by the code of the invitation, is not in again.
        after = replace(stay, person=person) if stay and self.left_at(person) is None else self._stays.get(person)
        with self._db.transaction():
            self._write_stay(before, None)
            self._write_stay(person, after)
            self._write_entries(changed[:1], {"body": None})
            self._write_entries(changed[1:])
        self._remember(changed)
        self._remember_stay(before, None)
        self._remember_stay(person, after)

    @in_turn
    def refused(self, event: UUID, reason: str, at: Moment) -> None:
        """Nexudus refused for good."""
        self._change(replace(self._standing(event), state=UploadState.REFUSED, note=reason, changed=at))

    @in_turn
    def taken_back(self, undo: UUID, at: Moment, note: str = "", state: UploadState = UploadState.DONE) -> None:
        """Close an undo and the event that it takes back."""
        done = replace(self._standing(undo), state=state, note=note, changed=at)
        changed = [done]
        target = self._entries.get(done.event.intent.refers_to)
        if target is not None:
            changed.append(without_form(replace(target, state=UploadState.UNDONE, changed=at)))
        with self._db.transaction():
            self._write_entries(changed, {"body": None})
        self._remember(changed)

    def waiting(self) -> int:
        """How many events Nexudus has not heard of."""
        return self._entries.waiting

    def dead_letters(self) -> int:
        """How many it refused."""
        return self._entries.refused

    @in_turn
    def adopt_presence(self, kind: PersonKind, stays: Sequence[Stay], read_at: float) -> None:
        """Take over who is in according to Nexudus, except for people whom this kiosk knows better just now."""
        busy = {entry.event.intent.person for entry in self.open_entries()}
        busy.update(person for person, at in self._touched.items() if at > read_at - SETTLED_SECONDS)
        theirs = {stay.person: stay for stay in stays}
        with self._db.transaction():
            changed: dict[PersonId, Stay | None] = {}
            for person in {*theirs, *(known for known in self._stays if known.kind.listed is kind)} - busy:
                stay, known = theirs.get(person), self._stays.get(person)
                if stay is not None and known is not None and stay.remote_id == known.remote_id:
                    continue  # the same stay; this kiosk's own time and event say more
                if stay != known:
                    changed[person] = stay
                    self._write_stay(person, stay)
        for person, stay in changed.items():
            self._remember_stay(person, stay)

    @in_turn
    def forget_presence(self) -> None:
        """The kiosk has moved to another place: whoever was in was in somewhere else."""
        with self._db.transaction():
            self._db.table(STAYS).truncate()
        self._stays = {}

    @in_turn
    def correct(self, anchor: Anchor) -> int:
        """Give the waiting events whose clock was wrong, and the stays that began with them, their true time."""
        found = corrections(self.entries(), anchor)
        if not found:
            return 0
        changed = [after for entry in self.entries() if (after := corrected(entry, found)) is not entry]
        stays = [
            replace(stay, since=found[stay.event].time)
            for stay in self._stays.values()
            if stay.event is not None and stay.event in found
        ]
        with self._db.transaction():
            self._write_entries(changed)
            for stay in stays:
                self._write_stay(stay.person, stay)
        self._remember(changed, stays)
        return len(found)

    def purge(self, before: datetime) -> int:
        """Forget finished events from before a time, unless somebody's present stay rests on them, and what staff did
        before it. No file holds them afterwards."""
        with self.turn:
            events, acts = self._purge(before)
        self._db.discard_copies(before)
        if events or acts:
            # Not in turn: nobody who checks in waits for it. The second makes the older generation again.
            self._db.compact(erase=True)
            self._db.compact()
        return events

    def _purge(self, before: datetime) -> tuple[int, int]:
        resting_on = {stay.event for stay in self._stays.values()}
        old = [one.event for one in self._entries.closed_before(before) if one.event.id not in resting_on]
        with self._db.reading():
            acts = [doc.doc_id for doc in self._db.table(AUDIT).all() if to_moment(doc["at"]).wall < before]
        if old or acts:
            with self._db.transaction():
                self._db.table(EVENTS).remove(doc_ids=[event.sequence for event in old])
                self._db.table(AUDIT).remove(doc_ids=acts)
            for event in old:
                self._entries.discard(event.id)
        return len(old), len(acts)

    # What staff ask, through `StaffBook`.

    @in_turn
    def amend(self, changed: Sequence[Entry], acts: Sequence[Mapping[str, object]], stays: Sequence[Stay] = ()) -> None:
        """Write entries and stays as staff want them, with the lines of the audit, in one transaction."""
        with self._db.transaction():
            self._write_entries(changed, {"body": None})
            for stay in stays:
                self._write_stay(stay.person, stay)
            self._db.table(AUDIT).insert_multiple(acts)
        self._remember(changed, stays)

    @in_turn
    def erase(self, person: PersonId, audit: Mapping[str, object]) -> int:
        """Remove a person's events and stay, with a line of the audit; answers how many. See also `sweep`."""
        theirs = [entry.event for entry in self._entries.of(person)]
        with self._db.transaction():
            self._db.table(EVENTS).remove(doc_ids=[event.sequence for event in theirs])
            self._write_stay(person, None)
            self._db.table(AUDIT).insert(audit)
        for event in theirs:
            self._entries.discard(event.id)
        self._touched.pop(person, None)
        self._remember_stay(person, None)
        return len(theirs)

    def sweep(self) -> None:
        """Leave nothing in the files of what has been removed. Raises StateNotWritten. Not to be called in turn: it
        waits for a snapshot."""
        self._db.compact(erase=True)
        self._db.discard_copies()

    def stays(self) -> Sequence[Stay]:
        """Everybody who is in, the longest first."""
        return sorted(self._stays.values(), key=lambda stay: stay.since)

    # How it is written.

    def _recover(self) -> None:
        """After a restart nobody knows whether a request that was about to leave did.

        A disk that takes nothing must not keep the kiosk from starting: what is not written here, the next start finds
        out again.
        """
        lost = [entry for entry in self._entries.open() if entry.state is UploadState.INFLIGHT]
        if lost:
            changed = [replace(entry, state=UploadState.UNKNOWN) for entry in lost]
            with contextlib.suppress(StateNotWritten), self._db.transaction():
                self._write_entries(changed)
            self._remember(changed)

    def _standing(self, event: UUID) -> Entry:
        entry = self._entries.get(event)
        if entry is None:
            raise Forgotten("The event has been erased meanwhile.")
        return entry

    def _change(self, entry: Entry, fields: Mapping[str, object] | None = None) -> None:
        with self._db.transaction():
            self._write_entries([entry], fields)
        self._remember([entry])

    def _write_entries(self, entries: Sequence[Entry], fields: Mapping[str, object] | None = None) -> None:
        table = self._db.table(EVENTS)
        for entry in entries:
            number = entry.event.sequence
            known = table.get(doc_id=number) or {}
            doc = {**from_entry(entry), "body": known.get("body"), **(fields or {})}
            if doc["body"] is None:
                del doc["body"]
            # Put anew, since an update would keep what the entry has no more.
            table.remove(doc_ids=[number])
            table.insert(Document(doc, doc_id=number))

    def _write_stay(self, person: PersonId, stay: Stay | None) -> None:
        table = self._db.table(STAYS)
        table.remove(where("person") == str(person))
        if stay is not None:
            table.insert(from_stay(stay))

    def _remember(self, entries: Sequence[Entry], stays: Sequence[Stay] = ()) -> None:
        for entry in entries:
            self._entries.put(entry)
            self._touched[entry.event.intent.person] = self._monotonic()
        self._stays.update((stay.person, stay) for stay in stays)

    def _remember_stay(self, person: PersonId, stay: Stay | None) -> None:
        if stay is None:
            self._stays.pop(person, None)
        else:
            self._stays[person] = stay
