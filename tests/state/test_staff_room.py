"""What staff have decided, on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desk.staff_desk import STAFF_CORNER, Act, Look, Theme, WrongPin
from kiosk.state.errors import StateNotWritten
from kiosk.state.listing import AuditLine, read_audit
from kiosk.state.staff_pin import PinHasher
from kiosk.state.staff_room import StaffRoom
from kiosk.state.store import PRECIOUS, Store
from tests.conftest import Disk
from tests.desk.samples import NINE, moment

KEY = b"k" * 32


class Rooms:
    """A state that can be restarted, and the room in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder)
        self.room = StaffRoom(self.store.precious, PinHasher(KEY))

    def restart(self, key: bytes = KEY) -> StaffRoom:
        self.store.close()
        self.store = Store(self.folder)
        self.room = StaffRoom(self.store.precious, PinHasher(key))
        return self.room

    @property
    def audit(self) -> list[AuditLine]:
        return list(read_audit(self.store.precious))


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    rooms = Rooms(tmp_path)
    yield rooms
    rooms.store.close()


def test_a_pin_fits_after_a_restart_and_no_other_does(rooms: Rooms) -> None:
    assert not rooms.room.is_pin_set
    rooms.room.set_pin("2580", moment())

    room = rooms.restart()

    assert room.is_pin_set
    assert (room.fits("2580"), room.fits("2581"), room.fits("")) == (True, False, False)


def test_the_files_hold_no_pin_and_one_hash_of_it_is_unlike_the_next(rooms: Rooms) -> None:
    rooms.room.set_pin("97531", moment())
    first = rooms.room._doc["pin"]
    rooms.room.set_pin("97531", moment())

    assert first != rooms.room._doc["pin"]
    held = b"".join(path.read_bytes() for path in (rooms.folder / PRECIOUS).iterdir() if path.is_file())
    assert b"97531" not in held


def test_under_another_key_of_the_device_no_pin_fits(rooms: Rooms) -> None:
    rooms.room.set_pin("2580", moment())

    assert not rooms.restart(b"x" * 32).fits("2580")


def test_what_can_be_no_pin_changes_nothing(rooms: Rooms) -> None:
    rooms.room.set_pin("2580", moment())

    with pytest.raises(WrongPin):
        rooms.room.set_pin("1111", moment())

    assert rooms.room.fits("2580")


def test_a_closed_kiosk_is_closed_after_a_restart_until_it_is_opened(rooms: Rooms) -> None:
    rooms.room.close("Fire \x1b[2Jdrill", moment(), STAFF_CORNER)

    closure = rooms.restart().closure
    assert closure is not None
    assert (closure.since, closure.text) == (NINE, "Fire [2Jdrill")
    rooms.room.open(moment(), STAFF_CORNER)
    assert rooms.restart().closure is None


def test_language_and_colours_are_kept(rooms: Rooms) -> None:
    assert rooms.room.look == Look()

    rooms.room.set_look(Look("de", Theme.CONTRAST), moment(), STAFF_CORNER)

    assert rooms.restart().look == Look("de", Theme.CONTRAST)


def test_each_act_leaves_a_line_that_says_who(rooms: Rooms) -> None:
    rooms.room.close("", moment(), STAFF_CORNER)
    rooms.room.note(Act.CHECKED_IN, moment(), STAFF_CORNER, {"person": "visitor:7"}, "by hand")

    assert rooms.audit == [
        AuditLine(NINE, "closed", "staff corner"),
        AuditLine(NINE, "visitor checked in", "staff corner", "visitor:7", "by hand"),
    ]


def test_what_the_disk_refuses_has_not_happened(rooms: Rooms, disk: Disk) -> None:
    disk.fill()

    with pytest.raises(StateNotWritten):
        rooms.room.close("", moment(), STAFF_CORNER)
    disk.clear()

    assert rooms.room.closure is None
    assert rooms.audit == []


def test_whether_the_alarm_was_answered_survives_a_restart(rooms: Rooms) -> None:
    rooms.room.answer_alarm(answered=True)

    assert rooms.restart().is_alarm_answered
    rooms.room.answer_alarm(answered=False)
    assert not rooms.restart().is_alarm_answered
