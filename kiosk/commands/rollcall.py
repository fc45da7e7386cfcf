"""`kiosk rollcall`: who is in now, for the moment when everybody has to be out."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kiosk.assembly import read_state
from kiosk.commands.beside import local_time, print_line, settings_of, site_in
from kiosk.commands.failures import told_plainly
from kiosk.desk.events import Stay, TimeBasis
from kiosk.desk.house import House
from kiosk.desk.people import PersonId
from kiosk.desk.queue import Entry, UploadState
from kiosk.state.listing import read_as_of, read_entries, read_names, read_stays

AS_OF_IS = (
    "the newest of: the last event here, the last reading of the members; when it was last read who is in elsewhere is "
    "not kept"
)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who is in.

    Attributes:
        stay: Since when.
        name: Empty where it is not known here.
        mark: What Nexudus knows of it, where that is less than this kiosk; else empty.
    """

    stay: Stay
    name: str
    mark: str


def run(options: argparse.Namespace) -> int:
    """Read out who is in, from what is on this device's disk."""
    with told_plainly(), read_state(settings_of(options)) as reading:
        site, entries = site_in(reading), read_entries(reading.precious)
        stays, names = read_stays(reading.precious), read_names(reading.directory)
        directory_as_of = read_as_of(reading.directory)
    house, present = site.house(), _present(stays, entries, names)
    as_of = newest(entries, directory_as_of)
    if options.json:
        print(json.dumps(_as_json(house, present, as_of), indent=1))
    else:
        _show(house, present, as_of)
    return 0


def newest(entries: Sequence[Entry], directory_as_of: datetime | None) -> datetime | None:
    """The newest thing this kiosk knows of. A clock that had not been set says nothing."""
    times = [entry.event.time for entry in entries if entry.event.basis in (TimeBasis.CLOCK, TimeBasis.ANCHORED)]
    return max([*times, *([directory_as_of] if directory_as_of else [])], default=None)


def _present(stays: Sequence[Stay], entries: Sequence[Entry], names: Mapping[PersonId, str]) -> Sequence[Present]:
    by_id: Mapping[UUID, Entry] = {entry.event.id: entry for entry in entries}
    told = {entry.event.intent.person: entry.event.intent.name for entry in entries}
    return [
        Present(
            stay,
            names.get(stay.person) or told.get(stay.person, ""),
            _mark(by_id.get(stay.event) if stay.event else None),
        )
        for stay in stays
    ]


def _mark(entry: Entry | None) -> str:
    if entry is None:
        return ""
    if not entry.state.final:
        return "Nexudus has not heard of it yet"
    return "Nexudus did not accept it" if entry.state in (UploadState.REFUSED, UploadState.DISMISSED) else ""


def _as_json(house: House, present: Sequence[Present], as_of: datetime | None) -> dict[str, object]:
    return {
        "location": house.name,
        "as_of": as_of.isoformat() if as_of else None,
        "as_of_is": AS_OF_IS,
        "present": [
            {
                "person": str(one.stay.person),
                "name": one.name,
                "since": one.stay.since.isoformat(),
                "since_local": house.local(one.stay.since).isoformat(),
                "nexudus_knows": not one.mark,
                "mark": one.mark,
            }
            for one in present
        ],
    }


def _show(house: House, present: Sequence[Present], as_of: datetime | None) -> None:
    when = local_time(as_of, house) if as_of else "never"
    print_line(f"{house.name or 'Not set up'}: {len(present)} in, as of {when}")
    print(f"({AS_OF_IS})")
    for one in present:
        mark = f"  * {one.mark}" if one.mark else ""
        name = one.name or "(name not known here)"
        print_line(f"since {local_time(one.stay.since, house)}  {one.stay.person!s:<15}  {name}{mark}")
