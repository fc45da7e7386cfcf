"""When the members are read whole, and when only what has changed of them is asked for. Pure: the time is passed in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from kiosk.desk.directory import Marks

QUIET_SPAN = timedelta(hours=2)
"""Over how long the kiosks of an account spread their nightly passes."""

CATCH_UP_SPAN = timedelta(hours=1)
"""Over how long kiosks that were all switched on at once spread the nightly pass that they have missed."""


class Pass(StrEnum):
    """One reading of the members."""

    WHOLE = "whole"
    """Everybody, so that whoever is not listed any more has gone."""
    CHANGES = "changes"
    """Those whose record has changed. Who was deleted, or moved to another location, is not among them."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """When this kiosk reads which list of the members.

    Attributes:
        changes: Whether changes may be asked for at all; otherwise each pass is over everybody.
        quiet_hour: From this hour on, by the clock of the location, the nightly passes are made.
        share: This kiosk's place among those of its account, from 0 to 1 (see `share_of`).
    """

    changes: bool = True
    quiet_hour: int = 3
    share: float = 0.0

    def due(self, marks: Marks, location: int, now: datetime, zone: tzinfo, started: datetime) -> Pass:
        """Which pass is to be made.

        Args:
            marks: How far the members go.
            location: Where the kiosk stands.
            now: The present.
            zone: The time zone of the location.
            started: When this kiosk was started.
        """
        if not self.changes or marks.changes_until is None or marks.whole is None or marks.location != location:
            return Pass.WHOLE
        if marks.whole > now:  # by a clock that was ahead, so nobody knows how old it is
            return Pass.WHOLE
        night = self.last_night(now, zone)
        if marks.whole >= night:
            return Pass.CHANGES
        missed = night < started
        return Pass.CHANGES if missed and now < started + self.share * CATCH_UP_SPAN else Pass.WHOLE

    def last_night(self, now: datetime, zone: tzinfo) -> datetime:
        """The last moment before `now` at which the nightly pass of this kiosk was due."""
        day = now.astimezone(zone).date()
        tonight = datetime.combine(day, time(self.quiet_hour), zone) + self.share * QUIET_SPAN
        if tonight <= now:
            return tonight
        return datetime.combine(day - timedelta(days=1), time(self.quiet_hour), zone) + self.share * QUIET_SPAN


def share_of(client_id: str) -> float:
    """A kiosk's place among those of its account, from 0 to 1, made of the name that it alone has: the same every
    night, and spread evenly over many kiosks."""
    return int.from_bytes(hashlib.sha256(client_id.encode()).digest()[:6]) / (1 << 48)
