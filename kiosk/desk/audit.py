"""What the nightly comparison with Nexudus may find, and the port through which staff hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from kiosk.desk.clock import Moment
from kiosk.desk.queue import Entry


class Finding(StrEnum):
    """How an event and what Nexudus has of it differ."""

    MISSING = "missing"
    """Somebody was told of it, and Nexudus has nothing of it, or not any more."""
    STILL_OPEN = "still-open"
    """They left, and Nexudus has them as in."""
    DOUBLED = "doubled"
    """Nexudus has the same person at the same time once more."""
    STANDS = "stands"
    """It was taken back here, and stands there."""
    REMOVED = "removed"
    """This kiosk's own second record of it, which has been taken away."""


class DayBook(Protocol):
    """The events of a day, and what the comparison says of them. Writes block until they are on disk and raise
    NotRecorded."""

    def events_between(self, start: datetime, end: datetime) -> Sequence[Entry]:
        """Every event from `start` on and before `end`, oldest first."""
        ...

    def for_staff(self, event: UUID, finding: Finding, note: str, at: Moment) -> bool:
        """Make a dead letter of an event that has come to its end, with a line of the audit; False where it has gone
        on, or is there no more."""
        ...

    def note(self, event: UUID, finding: Finding, note: str, at: Moment) -> None:
        """Leave a line in the audit."""
        ...
