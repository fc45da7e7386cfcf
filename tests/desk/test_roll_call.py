"""The roll call: who is in, as of when, and whom Nexudus does not have."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.desk.credentials import Via
from kiosk.desk.events import Event, EventKind, Intent, Stay
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.queue import Entry, UploadState
from kiosk.desk.roll_call import Mark, RollCall, call_roll
from tests.desk.samples import NINE, lost, moment

ADA, GRACE = PersonId(PersonKind.MEMBER, 1), PersonId(PersonKind.VISITOR, 7)


def entry(number: int, state: UploadState, person: PersonId = ADA, name: str = "Ada") -> Entry:
    event = Event(UUID(int=number), number, Intent(EventKind.CHECK_IN, person, Via.KEYPAD, name), moment())
    return Entry(event, state, 0, moment())


def called(*entries: Entry, stays: tuple[Stay, ...], known: str = "") -> RollCall:
    return call_roll(stays, entries, lambda person: known, None, NINE)


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (UploadState.PENDING, Mark.UNSYNCED),
        (UploadState.UNKNOWN, Mark.UNSYNCED),
        (UploadState.DONE, Mark.KNOWN),
        (UploadState.REFUSED, Mark.REFUSED),
        (UploadState.DISMISSED, Mark.REFUSED),
    ],
)
def test_whoever_nexudus_does_not_have_is_marked(state: UploadState, mark: Mark) -> None:
    roll = called(entry(1, state), stays=(Stay(ADA, NINE, UUID(int=1)),))

    assert [one.mark for one in roll.present] == [mark]
    assert roll.unsynced == (mark is not Mark.KNOWN)


def test_the_longest_in_stands_first_and_who_came_in_elsewhere_is_unmarked() -> None:
    late, early = Stay(ADA, NINE, UUID(int=1)), Stay(GRACE, NINE - timedelta(hours=1))

    roll = called(entry(1, UploadState.PENDING), stays=(late, early))

    assert [(one.stay.person, one.mark) for one in roll.present] == [(GRACE, Mark.KNOWN), (ADA, Mark.UNSYNCED)]


def test_a_name_is_the_directorys_else_that_of_the_event() -> None:
    stays = (Stay(ADA, NINE, UUID(int=1)),)

    assert called(entry(1, UploadState.DONE), stays=stays, known="Ada Lovelace").present[0].name == "Ada Lovelace"
    assert called(entry(1, UploadState.DONE), stays=stays).present[0].name == "Ada"
    assert called(stays=stays).present[0].name == ""


def test_as_of_is_the_newest_that_is_known_and_nothing_a_wrong_clock_says() -> None:
    doubted = Event(UUID(int=2), 2, Intent(EventKind.CHECK_IN, ADA, Via.KEYPAD), lost())
    entries = [entry(1, UploadState.DONE), Entry(doubted, UploadState.PENDING, 0, lost())]

    assert call_roll((), entries, lambda person: "", None, NINE).as_of == NINE
    read = NINE + timedelta(minutes=5)
    assert call_roll((), entries, lambda person: "", read, NINE).as_of == read
    assert call_roll((), (), lambda person: "", None, NINE).as_of is None
