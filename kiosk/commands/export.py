"""`kiosk events export`: every event as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
import sys
from datetime import UTC
from pathlib import Path

from kiosk.assembly import read_state
from kiosk.desk.queue import Entry
from kiosk.settings import Settings
from kiosk.state.listing import read_entries

COLUMNS = ("number", "id", "kind", "person", "name", "recorded", "state", "tries", "remote_id", "note")

_FORMULA = ("=", "+", "-", "@")


def export(settings: Settings, output: Path | None) -> int:
    """Write the events to a file for its owner alone, or to standard output. Raises StateError."""
    with read_state(settings) as reading:
        entries = read_entries(reading.precious)
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([harmless(field) for field in _row(entry)] for entry in entries)
    data = text.getvalue().encode()
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    try:
        _write(output, data)
    except OSError as error:
        print(f"kiosk: {output} cannot be written: {error.strerror}. Name another with --output.", file=sys.stderr)
        return 1
    print(f"1 event is in {output}." if len(entries) == 1 else f"{len(entries)} events are in {output}.")
    return 0


def harmless(field: str) -> str:
    """A field that a spreadsheet takes for text: a name such as `=1+1` would be carried out there."""
    return f"'{field}" if field.startswith(_FORMULA) or not field[:1].isprintable() else field


def _row(entry: Entry) -> tuple[str, ...]:
    intent = entry.event.intent
    return (
        str(entry.event.sequence),
        str(entry.event.id),
        intent.kind.value,
        str(intent.person),
        intent.name,
        entry.event.time.astimezone(UTC).isoformat(),
        entry.state.value,
        str(entry.tries),
        "" if entry.remote_id is None else str(entry.remote_id),
        entry.note,
    )


def _write(output: Path, data: bytes) -> None:
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
