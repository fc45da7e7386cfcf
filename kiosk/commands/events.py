"""`kiosk events`: what was recorded here and how far it has got, and what staff do about it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from kiosk.assembly import read_state
from kiosk.commands.beside import carry_out, local_time, print_line, settings_of, site_in
from kiosk.commands.export import export
from kiosk.commands.failures import told_plainly
from kiosk.control.protocol import MOST_NUMBERS, Dismiss, Forget, Retry
from kiosk.desk.events import TimeBasis
from kiosk.desk.house import House
from kiosk.desk.queue import Entry, UploadState
from kiosk.state.listing import read_entries


def run(options: argparse.Namespace) -> int:
    """List the events, or do what was asked with them."""
    if options.act and (options.waiting or options.refused or options.json):
        print("kiosk: --waiting, --refused and --json belong to the list alone.", file=sys.stderr)
        return 2
    if options.act in ("retry", "dismiss") and len(options.numbers) > MOST_NUMBERS:
        print(f"kiosk: give {MOST_NUMBERS} numbers at most.", file=sys.stderr)
        return 2
    with told_plainly():
        settings = settings_of(options)
        match options.act:
            case "retry":
                return carry_out(settings, Retry(numbers=tuple(options.numbers)))
            case "dismiss":
                return carry_out(settings, Dismiss(numbers=tuple(options.numbers)))
            case "forget":
                return carry_out(settings, Forget(person=options.person, even_waiting=options.even_waiting))
            case "export":
                return export(settings, options.output)
        with read_state(settings) as reading:
            house, entries = site_in(reading).house(), read_entries(reading.precious)
    _show(_chosen(entries, options.waiting, options.refused), house, options.json)
    return 0


def _chosen(entries: Sequence[Entry], waiting: bool, refused: bool) -> Sequence[Entry]:
    if not (waiting or refused):
        return entries
    return [
        entry
        for entry in entries
        if (waiting and not entry.state.final) or (refused and entry.state is UploadState.REFUSED)
    ]


def _show(entries: Sequence[Entry], house: House, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_as_json(entry, house) for entry in entries], indent=1))
        return
    for entry in entries:
        print_line(_as_line(entry, house))
    if not entries:
        print("No events.")


def _as_line(entry: Entry, house: House) -> str:
    intent = entry.event.intent
    unsure = " " if entry.event.basis in (TimeBasis.CLOCK, TimeBasis.ANCHORED) else "?"
    fields = (
        f"{entry.event.sequence:>6}",
        local_time(entry.event.time, house) + unsure,
        f"{intent.kind.value:<9}",
        f"{entry.state.value:<9}",
        f"{intent.person!s:<15}",
        intent.name,
        entry.note,
    )
    return "  ".join(field for field in fields if field).rstrip()


def _as_json(entry: Entry, house: House) -> dict[str, Any]:
    intent = entry.event.intent
    return {
        "number": entry.event.sequence,
        "id": str(entry.event.id),
        "recorded": entry.event.time.isoformat(),
        "local": house.local(entry.event.time).isoformat(),
        "clock": entry.event.at.quality.value,
        "clock_showed": entry.event.at.wall.isoformat(),
        "time_basis": entry.event.basis.value,
        "kind": intent.kind.value,
        "person": str(intent.person),
        "name": intent.name,
        "state": entry.state.value,
        "undone": entry.undone,
        "tries": entry.tries,
        "remote_id": entry.remote_id,
        "note": entry.note,
    }
