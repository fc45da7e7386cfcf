"""Today's visitors in the staff corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from kiosk.desk.clock import Moment
from kiosk.desk.events import Stay
from kiosk.desk.guest_list import Guest, Whereabouts, guests_of_today
from kiosk.desk.house import House
from kiosk.desk.people import PersonId, PersonKind, Visitor
from tests.desk.samples import NINE, lost, moment, visitor

HOUSE = House(1, "The Yard", ZoneInfo("Europe/Madrid"))
WALK_IN = Visitor(PersonId(PersonKind.WALK_IN, 12), "Alan Turing")


def listed(*visitors: Visitor, stays: Sequence[Stay] = (), now: Moment | None = None) -> Sequence[Guest]:
    known = {stay.person: stay for stay in stays}
    return guests_of_today(visitors, [WALK_IN], known.get, now or moment(), HOUSE)


def test_who_is_expected_stands_before_who_is_in_and_who_has_left() -> None:
    left = visitor(1, "Left", departed=NINE)
    inside = visitor(2, "In")
    expected = visitor(3, "Expected", expected=NINE + timedelta(hours=2))

    guests = listed(left, inside, expected, stays=[Stay(inside.id, NINE)])

    assert [(one.name, one.whereabouts) for one in guests] == [
        ("Expected", Whereabouts.EXPECTED),
        ("In", Whereabouts.IN),
        ("Left", Whereabouts.LEFT),
    ]


def test_visits_of_other_days_and_places_are_left_out_unless_the_visitor_is_here() -> None:
    tomorrow = visitor(1, expected=NINE + timedelta(days=1))
    elsewhere = replace(visitor(2), elsewhere="The Mill")

    assert listed(tomorrow, elsewhere) == []
    assert [one.person for one in listed(tomorrow, stays=[Stay(tomorrow.id, NINE)])] == [tomorrow.id]


def test_the_day_is_that_of_the_location() -> None:
    before_midnight = visitor(1, expected=NINE.replace(hour=22, minute=59))
    after_midnight = visitor(2, expected=NINE.replace(hour=23, minute=1))

    assert [one.person.number for one in listed(before_midnight, after_midnight)] == [1]


def test_a_clock_that_is_not_set_leaves_nobody_out() -> None:
    assert len(listed(visitor(1, expected=NINE + timedelta(days=9)), now=lost())) == 1


def test_a_walk_in_is_listed_while_they_are_in() -> None:
    assert listed() == []
    assert [one.name for one in listed(stays=[Stay(WALK_IN.id, NINE)])] == ["Alan Turing"]
