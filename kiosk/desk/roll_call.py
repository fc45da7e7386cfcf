"""The roll call: who is in, how old that knowledge is, and whom Nexudus does not know of. It must be right when
everybody has to be out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.desk.events import Stay, TimeBasis
from kiosk.desk.people import PersonId
from kiosk.desk.queue import Entry, UploadState


class Mark(StrEnum):
    """What Nexudus knows of somebody who is in. The values are sentences for the command line and its JSON."""

    KNOWN = ""
    UNSYNCED = "Nexudus has not heard of it yet"
    REFUSED = "Nexudus did not accept it"


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is in.

    Attributes:
        stay: Since when.
        name: Empty where it is not known here.
        mark: What Nexudus knows of it.
    """

    stay: Stay
    name: str = field(repr=False)
    mark: Mark = Mark.KNOWN


@dataclass(frozen=True, slots=True)
class RollCall:
    """Everybody who is in.

    Attributes:
        present: The longest first.
        as_of: The newest thing this kiosk knows of, in UTC; None if it knows nothing yet.
        taken: When it was taken, in UTC.
    """

    present: Sequence[Present]
    as_of: datetime | None
    taken: datetime

    @property
    def people(self) -> Sequence[PersonId]:
        """Who they are."""
        return [one.stay.person for one in self.present]

    @property
    def unsynced(self) -> int:
        """How many of them Nexudus does not have."""
        return sum(one.mark is not Mark.KNOWN for one in self.present)


def call_roll(
    stays: Iterable[Stay],
    entries: Sequence[Entry],
    name_of: Callable[[PersonId], str],
    directory_as_of: datetime | None,
    taken: datetime,
) -> RollCall:
    """Call the roll.

    Args:
        stays: Who is in.
        entries: What was recorded here.
        name_of: The name by which the directory knows somebody; empty where it does not.
        directory_as_of: When the members were last read, in UTC.
        taken: The present moment, in UTC.
    """
    by_id: Mapping[UUID, Entry] = {entry.event.id: entry for entry in entries}
    told = {entry.event.intent.person: entry.event.intent.name for entry in entries}
    present = [
        Present(
            stay,
            name_of(stay.person) or told.get(stay.person, ""),
            _mark(by_id.get(stay.event) if stay.event else None),
        )
        for stay in stays
    ]
    return RollCall(sorted(present, key=lambda one: one.stay.since), newest(entries, directory_as_of), taken)


def newest(entries: Sequence[Entry], directory_as_of: datetime | None) -> datetime | None:
    """The newest thing this kiosk knows of. A clock that had not been set says nothing."""
    times = [entry.event.time for entry in entries if entry.event.basis in (TimeBasis.CLOCK, TimeBasis.ANCHORED)]
    return max([*times, *([directory_as_of] if directory_as_of else [])], default=None)


def _mark(entry: Entry | None) -> Mark:
    if entry is None:
        return Mark.KNOWN
    if not entry.state.final:
        return Mark.UNSYNCED
    return Mark.REFUSED if entry.state in (UploadState.REFUSED, UploadState.DISMISSED) else Mark.KNOWN
