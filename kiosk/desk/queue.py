"""The queue of events for Nexudus, and the port through which the courier works it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from kiosk.desk.clock import Anchor, Moment
from kiosk.desk.events import Event, Stay, TimeBasis
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.ports import NotRecorded


class UploadState(StrEnum):
    """How far an event has got."""

    PENDING = "pending"
    """Nexudus has not been told."""
    INFLIGHT = "inflight"
    """A request may leave at any moment: on disk before it does."""
    UNKNOWN = "unknown"
    """A request left and no answer came. It may still be carried out; it is read back before anything is sent again."""
    DONE = "done"
    REFUSED = "refused"
    """A dead letter: Nexudus refused for good. Staff decide."""
    UNDONE = "undone"
    """Taken back by the person before, or after, Nexudus heard of it."""
    DISMISSED = "dismissed"
    """A dead letter that staff have closed: Nexudus will not hear of it."""

    @property
    def final(self) -> bool:
        """Whether the courier has nothing left to do for it."""
        return self in (UploadState.DONE, UploadState.REFUSED, UploadState.UNDONE, UploadState.DISMISSED)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in the queue.

    Attributes:
        event: The event.
        state: How far it has got.
        tries: How often a request for it has left.
        changed: When `state` was last written; for UNKNOWN the settle time counts from here.
        remote_id: Nexudus's record that came of it.
        note: The server's reason for a refusal, or why nothing had to be sent.
        ended: For a check-out, the stay that it ended.
        undone: Whether the person has taken it back.
    """

    event: Event
    state: UploadState
    tries: int
    changed: Moment
    remote_id: int | None = None
    note: str = ""
    ended: Stay | None = None
    undone: bool = False

    @property
    def awaits_time(self) -> bool:
        """Whether its true time must be found before Nexudus may hear of it. What has left already stays as it was
        sent."""
        return self.state is UploadState.PENDING and self.event.basis is TimeBasis.DOUBTED


def without_form(entry: Entry) -> Entry:
    """An entry that has come to its end, without what a walk-in gave: nobody needs it any more here."""
    if entry.event.intent.form is None:
        return entry
    return replace(entry, event=replace(entry.event, intent=replace(entry.event.intent, form=None)))


def known_as(entry: Entry, person: PersonId) -> Entry:
    """An entry of a walk-in who has a record in Nexudus now."""
    return replace(entry, event=replace(entry.event, intent=replace(entry.event.intent, person=person)))


class Forgotten(NotRecorded):
    """Staff have erased the event meanwhile: there is nothing left to deliver, or to write of it."""


class Outbox(Protocol):
    """The queue as the courier sees it. Reads answer from memory; writes block until they are on disk and raise
    NotRecorded, or Forgotten for an event that is there no more."""

    def open_entries(self) -> Sequence[Entry]:
        """Every entry that is not final, oldest first."""
        ...

    def entry(self, event: UUID) -> Entry | None:
        """One entry, or None."""
        ...

    def entries_of(self, person: PersonId) -> Sequence[Entry]:
        """Every entry of a person, oldest first."""
        ...

    def left_open(self, kind: PersonKind, since: datetime, before: datetime) -> Sequence[Entry]:
        """Arrivals of that kind of people in that span which Nexudus has, and which have no end here. The notes say
        which of them came of this kiosk."""
        ...

    def leave_out(self, event: UUID) -> None:
        """End the stay that this event began, if it lasts, without a check-out."""
        ...

    def check_out_of(self, check_in: UUID) -> Entry | None:
        """The check-out that ends this check-in and still stands, if it has been recorded."""
        ...

    def undo_of(self, event: UUID) -> Entry | None:
        """The undo that takes this event back, if it has been recorded."""
        ...

    def sending(self, event: UUID, body: Mapping[str, object], at: Moment) -> None:
        """A request with this frozen body is about to leave."""
        ...

    def unanswered(self, event: UUID, at: Moment) -> None:
        """It left, and no answer came."""
        ...

    def postponed(self, event: UUID, at: Moment) -> None:
        """It certainly never left, or was certainly not carried out."""
        ...

    def delivered(self, event: UUID, remote_id: int | None, at: Moment, note: str = "") -> None:
        """Nexudus has it. A walk-in is known by that record from now on."""
        ...

    def refused(self, event: UUID, reason: str, at: Moment) -> None:
        """Nexudus refused for good, with this reason."""
        ...

    def taken_back(self, undo: UUID, at: Moment, note: str = "", state: UploadState = UploadState.DONE) -> None:
        """An undo is carried out: the event it refers to is UNDONE, and the undo itself DONE; or REFUSED, a dead
        letter, where something is left that only staff can mend."""
        ...

    def waiting(self) -> int:
        """How many events Nexudus has not heard of."""
        ...

    def dead_letters(self) -> int:
        """How many it refused."""
        ...

    def adopt_presence(self, kind: PersonKind, stays: Sequence[Stay], read_at: float) -> None:
        """Take over who is in according to a list that Nexudus gave at `read_at` (`time.monotonic()` seconds).

        Whoever has an event in the queue, or had one moments ago, is left as they are: the list may be older than that.
        """
        ...

    def correct(self, anchor: Anchor) -> int:
        """Give every waiting event whose clock was wrong its true time, now that one is known; answers how many.

        What has been sent, or has come to its end, is left as it is.
        """
        ...

    def purge(self, before: datetime) -> int:
        """Forget finished events from before a time; answers how many."""
        ...
