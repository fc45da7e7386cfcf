"""The decision on taking something back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Via
from kiosk.desk.decide import Decision, decide_undo
from kiosk.desk.events import Event, EventKind, Intent
from kiosk.desk.house import House
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import PersonKind
from tests.desk.samples import NINE, later, member, moment

HOUSE = House(7, "The Yard")
NOTHING = Decision(Outcome(OutcomeKind.NOTHING_TO_UNDO))
EVENT = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")


def event(kind: EventKind = EventKind.CHECK_IN, at: Moment | None = None) -> Event:
    return Event(EVENT, 12, Intent(kind, member().id, Via.CAMERA, "Ada Lovelace"), at or moment())


@pytest.mark.parametrize("kind", [EventKind.CHECK_IN, EventKind.CHECK_OUT])
@pytest.mark.parametrize("seconds", [0, 10])
def test_within_ten_seconds_an_event_is_taken_back_by_a_new_one_and_nobody_is_named(
    kind: EventKind, seconds: float
) -> None:
    assert decide_undo(event(kind), False, later(moment(), seconds), HOUSE) == Decision(
        Outcome(OutcomeKind.UNDONE, person=PersonKind.MEMBER, word=Word(Standing.AWAITED)),
        Intent(EventKind.UNDO, member().id, Via.CAMERA, "Ada Lovelace", refers_to=EVENT),
    )


def test_after_ten_seconds_it_is_too_late() -> None:
    assert decide_undo(event(), False, later(moment(), 10.001), HOUSE) == NOTHING


def test_what_was_taken_back_what_takes_back_and_what_never_was_cannot_be_taken_back() -> None:
    assert decide_undo(event(), True, later(moment(), 1), HOUSE) == NOTHING
    assert decide_undo(event(EventKind.UNDO), False, later(moment(), 1), HOUSE) == NOTHING
    assert decide_undo(None, False, moment(), HOUSE) == NOTHING


def test_after_a_reboot_it_is_too_late_even_if_the_seconds_fit() -> None:
    assert decide_undo(event(at=moment(since_boot=3.0)), False, moment(since_boot=5.0, boot="boot-2"), HOUSE) == NOTHING


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_is_set_in_between_changes_nothing(jump: timedelta) -> None:
    fresh, late = moment(NINE + jump, since_boot=1009.0), moment(NINE + jump, since_boot=1011.0)

    assert decide_undo(event(), False, fresh, HOUSE).outcome.kind is OutcomeKind.UNDONE
    assert decide_undo(event(), False, late, HOUSE) == NOTHING


def test_the_house_sets_how_long_something_can_be_taken_back() -> None:
    house = House(7, "The Yard", undo_within=timedelta(seconds=0))

    assert decide_undo(event(), False, moment(), house).outcome.kind is OutcomeKind.UNDONE
    assert decide_undo(event(), False, later(moment(), 0.5), house) == NOTHING
