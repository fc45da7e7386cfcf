"""Visitors who leave by name."""

from __future__ import annotations

import pytest

from kiosk.desk.hosts import PAGE_SIZE
from kiosk.desk.leavers import Leaver, leaving
from kiosk.desk.people import PersonId, PersonKind


def leaver(number: int, name: str) -> Leaver:
    return Leaver(PersonId(PersonKind.VISITOR, number), name)


GRACE, GRACIELA, SOREN, LI = (
    leaver(number, name) for number, name in enumerate(("Grace Hopper", "Graciela Paz", "Søren Øst", "李小龍"), 1)
)
IN = [SOREN, GRACIELA, GRACE, LI]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gra", [GRACE, GRACIELA]),
        ("GRACE", [GRACE]),
        ("hopper gr", [GRACE]),
        ("soren", [SOREN]),
        ("ost", [SOREN]),
        ("龍", [LI]),
        ("gr", []),
        ("", []),
        ("---", []),
        ("opper", []),
        ("grace paz", []),
    ],
)
def test_three_letters_that_begin_words_of_the_name_find_who_is_in(typed: str, found: list[Leaver]) -> None:
    assert list(leaving(IN, typed)) == found


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Grace Brewster Hopper", "Grace H."), ("Madonna", "Madonna"), ("J. R. Ewing", "J. E."), ("李小龍", "李小龍")],
)
def test_only_first_name_and_initial_are_shown(name: str, shown: str) -> None:
    assert leaver(1, name).shown == shown


def test_a_few_at_most_are_shown_and_no_name_is_in_a_log() -> None:
    assert len(leaving([leaver(number, f"Ana Number{number}") for number in range(20)], "ana")) == PAGE_SIZE
    assert "Hopper" not in repr(GRACE)
