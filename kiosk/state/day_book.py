"""The events of a day for the nightly comparison, and the lines that it leaves in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kiosk.desk.audit import Finding
from kiosk.desk.clock import Moment
from kiosk.desk.queue import Entry, UploadState
from kiosk.state.ledger import Ledger
from kiosk.state.records import from_moment


class EventsOfDay:
    """Fulfils the desk's `DayBook` on the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def events_between(self, start: datetime, end: datetime) -> Sequence[Entry]:
        """Every event from `start` on and before `end`, oldest first."""
        return [entry for entry in self._ledger.entries() if start <= entry.event.time < end]

    def for_staff(self, event: UUID, finding: Finding, note: str, at: Moment) -> bool:
        """Make a dead letter of an event, with a line of the audit, in one transaction."""
        with self._ledger.turn:
            entry = self._ledger.entry(event)
            if entry is None or entry.state not in (UploadState.DONE, UploadState.UNDONE):
                return False
            letter = replace(entry, state=UploadState.REFUSED, note=note, changed=at)
            self._ledger.amend([letter], [_line(event, finding, note, at)])
        return True

    def note(self, event: UUID, finding: Finding, note: str, at: Moment) -> None:
        """Leave a line in the audit."""
        self._ledger.amend([], [_line(event, finding, note, at)])


def _line(event: UUID, finding: Finding, note: str, at: Moment) -> dict[str, object]:
    return {"at": from_moment(at), "what": finding.value, "event": str(event), "note": note}
