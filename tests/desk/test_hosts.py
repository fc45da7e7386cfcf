"""Whom a visitor means by what they have typed."""

from __future__ import annotations

import pytest

from kiosk.desk.hosts import MOST_HOSTS, Host, matching
from kiosk.desk.people import PersonId, PersonKind


def host(number: int, name: str, company: str = "") -> Host:
    return Host(PersonId(PersonKind.MEMBER, number), name, company)


ZOE = host(1, "Zoë Lindqvist", "Nordlys Games")
ANA = host(2, "Ana Ruiz", "Marea Legal")
SALA = host(3, "Ana Ruiz Sala")
MAREA = host(4, "Marea Legal")
EVERYBODY = [ZOE, ANA, SALA, MAREA]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zoe", [ZOE]),
        ("ZOË LIND", [ZOE]),
        ("lindqvist zoë", [ZOE]),
        ("nordlys", [ZOE]),
        ("ana", [ANA, SALA]),
        ("ana ruiz", [ANA]),
        ("ruiz sa", [SALA]),
        ("marea", [ANA, MAREA]),
        ("Marea Legal", [MAREA]),
        ("ana games", []),
        ("ndqvist", []),
    ],
)
def test_words_begin_words_of_the_name_or_company_and_a_whole_name_is_meant_alone(
    typed: str, meant: list[Host]
) -> None:
    assert list(matching(EVERYBODY, typed)) == meant


@pytest.mark.parametrize("typed", ["", " ", "a", "a "])
def test_too_few_letters_do_not_list_the_house(typed: str) -> None:
    assert matching(EVERYBODY, typed) == []


def test_only_a_few_are_offered_at_once() -> None:
    assert len(matching([host(number, f"Ana Number{number}") for number in range(50)], "ana")) == MOST_HOSTS


def test_a_host_is_told_with_the_company() -> None:
    assert (str(ZOE), str(SALA)) == ("Zoë Lindqvist (Nordlys Games)", "Ana Ruiz Sala")
