"""Builds the staff corner and the watch over the alarm out of the parts of a kiosk."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from pathlib import Path

from kiosk.desk.clock import Clock
from kiosk.desk.house import House
from kiosk.desk.ports import Courier, NotRecorded
from kiosk.desk.staff import NotPossible
from kiosk.desk.staff_desk import STAFF_CORNER, Act
from kiosk.i18n.roll_words import paper_words, title_words
from kiosk.i18n.speech import Speech
from kiosk.reception import Reception
from kiosk.rollcall.archive import RollArchive
from kiosk.rollcall.inputs import choose_alarm
from kiosk.rollcall.printer import choose_printer
from kiosk.rollcall.watch import AlarmWatch, Paper
from kiosk.settings import Settings
from kiosk.staff_corner import Instruments, StaffCorner
from kiosk.state.directory import DirectoryStore
from kiosk.state.ledger import Ledger
from kiosk.state.staff import StaffBook
from kiosk.state.staff_room import StaffRoom

logger = logging.getLogger(__name__)

ALARM = "alarm"
"""Who had the roll call printed, in the audit."""


def staff_corner_of(
    settings: Settings,
    ledger: Ledger,
    directory: DirectoryStore,
    room: StaffRoom,
    desk: Reception,
    courier: Courier,
    clock: Clock,
    instruments: Instruments,
) -> StaffCorner:
    """The staff corner of a running kiosk."""
    return StaffCorner(
        ledger,
        StaffBook(ledger, STAFF_CORNER),
        directory,
        room,
        desk,
        courier,
        choose_printer(settings.rollcall.printer),
        archive_of(settings, clock),
        instruments,
        clock,
        desk.house,
    )


def archive_of(settings: Settings, clock: Clock) -> RollArchive:
    """Where this kiosk keeps its roll calls as files."""
    wanted = settings.rollcall.folder
    folder = wanted if wanted.parts else Path(settings.state.folder, "rollcalls")
    return RollArchive(folder, settings.state.retention_days, lambda: clock.now().wall)


def alarm_watch_of(
    settings: Settings, corner: StaffCorner, room: StaffRoom, clock: Clock, house: Callable[[], House]
) -> AlarmWatch | None:
    """The watch over the alarm input of the settings; None where they name none."""
    source = choose_alarm(settings.rollcall.alarm)
    if source is None:
        return None
    archive = archive_of(settings, clock)

    def take() -> Paper:
        place, speech = house(), Speech(room.look.language or "en")
        roll = corner.call_now()
        text = paper_words(roll, place, speech)
        try:
            if not settings.state.encryption:  # a file would lie there in the clear
                archive.save(text, roll.people)
        except NotPossible as error:
            logger.error("the roll call of an alarm could not be kept as a file: %s", error)
        return Paper(text, title_words(place, speech))

    def printed() -> None:
        with contextlib.suppress(NotRecorded):
            room.note(Act.PRINTED, clock.now(), ALARM)

    printer = choose_printer(settings.rollcall.printer)
    return AlarmWatch(source, printer, take, room, settings.rollcall.alarm_seconds, printed)
