"""Builds the courier's work of the night."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.desk.clock import Clock
from kiosk.desk.directory import DirectoryKeeper
from kiosk.desk.house import House
from kiosk.nexudus.entities import Nexudus
from kiosk.state.day_book import EventsOfDay
from kiosk.state.ledger import Ledger
from kiosk.sync.audit import Audit
from kiosk.sync.auto_check_out import AutoCheckOut
from kiosk.sync.leftovers import Leftovers
from kiosk.sync.night import Night
from kiosk.sync.timetable import Timetable
from kiosk.sync.true_time import TrueTime


def night_of(
    nexudus: Nexudus,
    ledger: Ledger,
    directory: DirectoryKeeper,
    clock: Clock,
    times: TrueTime,
    house: Callable[[], House],
    timetable: Timetable,
) -> Night:
    """The work over this ledger, at the hours of the timetable."""
    return Night(
        AutoCheckOut(nexudus, ledger, directory, clock, times, house),
        Leftovers(nexudus, ledger, clock, times, house),
        Audit(nexudus, EventsOfDay(ledger), ledger, clock, times, house, timetable),
    )
