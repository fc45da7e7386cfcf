"""Each kind of condition finds in the journalled database, with indexes and without, what it is documented to find, and
what it finds in TinyDB."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, where
from tinydb.queries import QueryInstance
from tinydb.table import Table

from tests.state.either import PEOPLE, Kind, opened

PERSON = Query()
NAN = float("nan")

GUESTS: list[dict[str, Any]] = [
    {"name": "Ada", "age": 36, "tags": ["host", "vip"], "home": {"city": "London", "rooms": [1, 2]}},
    {"name": "Bob", "age": 41, "tags": [], "home": {"city": "Paris"}, "visits": [{"year": 1}, {"year": 2}]},
    {"name": "Cyd", "age": None, "tags": ["vip"], "home": None, "visits": [{"year": 2}]},
    {"name": "Dee", "age": 36.0, "tags": "vip host"},
    {"name": "Eve", "age": True, "tags": ["host", ["vip"]], "visits": []},
    {"name": "Fay", "age": 1, "tags": {"vip": 1}},
    {"age": "36", "tags": [1, None, {"a": 1}]},
    {"name": ["Gus"], "tags": [True, 2.0]},
]


class Name(StrEnum):
    """A name as the kiosk's own types have them."""

    ADA = "Ada"


@pytest.fixture(params=Kind)
def people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Table]:
    with opened(request.param, tmp_path) as database:
        table = database.table(PEOPLE)
        table.insert_multiple(GUESTS)
        yield table


def numbers(table: Table, condition: QueryInstance) -> list[int]:
    return [person.doc_id for person in table.search(condition)]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (where("name") == "Ada", [1]),
        (where("name") == Name.ADA, [1]),
        (where("name") == "", []),
        (where("name") == ["Gus"], [8]),
        (where("name") == "Gus", []),
        (where("name") == None, []),  # noqa: E711
        (where("missing") == None, []),  # noqa: E711
        (where("age") == 36, [1, 4]),
        (where("age") == 36.0, [1, 4]),
        (where("age") == "36", [7]),
        (where("age") == 1, [5, 6]),
        (where("age") == True, [5, 6]),  # noqa: E712
        (where("age") == 1.0, [5, 6]),
        (where("age") == None, [3]),  # noqa: E711
        (where("age") == NAN, []),
        (where("tags") == [], [2]),
        (where("tags") == ["vip"], [3]),
        (where("tags") == "vip", []),
        (where("tags") == "vip host", [4]),
        (where("tags") == {"vip": 1}, [6]),
        (where("home") == {"city": "Paris"}, [2]),
        (where("home") == None, [3]),  # noqa: E711
        (PERSON.home.city == "London", [1]),
        (PERSON["home"]["city"] == "Paris", [2]),
    ],
)
def test_equality_finds_equal_values_as_python_sees_them(
    people: Table, condition: QueryInstance, found: list[int]
) -> None:
    assert numbers(people, condition) == found
    assert [number for number in range(1, 9) if number not in found] == numbers(people, ~condition)
    assert people.count(condition) == len(found)
    assert people.contains(condition) == bool(found)
    first = people.get(condition)
    assert (first.doc_id if first else None) == (found[0] if found else None)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (PERSON.tags.any(["vip"]), [1, 3, 6]),
        (PERSON.tags.any(["host", "vip"]), [1, 3, 5, 6]),
        (PERSON.tags.any(["v"]), [4]),
        (PERSON.tags.any([["vip"]]), [5]),
        (PERSON.tags.any([1]), [7, 8]),
        (PERSON.tags.any([True]), [7, 8]),
        (PERSON.tags.any([1.0, 2]), [7, 8]),
        (PERSON.tags.any([None]), [7]),
        (PERSON.tags.any([{"a": 1}]), [7]),
        (PERSON.tags.any([]), []),
        (PERSON.age.any([36]), []),
        (PERSON.age.any(["3"]), [7]),
        (PERSON.home.any(["city"]), [1, 2]),
        (PERSON.visits.any(PERSON.year == 2), [2, 3]),
        (PERSON.missing.any(["vip"]), []),
    ],
)
def test_any_looks_among_the_items_of_whatever_can_be_gone_through(
    people: Table, condition: QueryInstance, found: list[int]
) -> None:
    assert numbers(people, condition) == found


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (PERSON.name != "Ada", [2, 3, 4, 5, 6, 8]),
        (PERSON.name.exists(), [1, 2, 3, 4, 5, 6, 8]),
        (~PERSON.name.exists(), [7]),
        (PERSON.home.rooms.exists(), [1]),
        (PERSON.name.matches("[AB]"), [1, 2]),
        (PERSON.name.matches("ada", re.IGNORECASE), [1]),
        (PERSON.name.search("e+$"), [4, 5]),
        (PERSON.name.test(lambda name: name in ("Ada", "Eve")), [1, 5]),
        (PERSON.tags.test(lambda tags, least: len(tags) >= least, 3), [4, 7]),
        (PERSON.tags.all(["host", "vip"]), [1, 4]),
        (PERSON.visits.all(PERSON.year == 2), [3, 5]),
        (PERSON.name.one_of(["Ada", "Fay", "Zoe"]), [1, 6]),
        (PERSON.fragment({"age": 36}), [1, 4]),
        (PERSON.noop(), [1, 2, 3, 4, 5, 6, 7, 8]),
        (PERSON.name.map(len) == 1, [8]),
        (PERSON.home.city.map(str.upper) == "PARIS", [2]),
        (lambda person: person.get("age") == 41, [2]),
    ],
)
def test_every_other_condition_finds_what_it_describes(
    people: Table, condition: QueryInstance, found: list[int]
) -> None:
    assert numbers(people, condition) == found


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (PERSON.age < 2, [2]),
        (PERSON.age <= 1, [2]),
        (PERSON.age > 1, [1, 3]),
        (PERSON.age >= 2, [1, 3]),
        ((PERSON.age > 1) & (PERSON.age < 3), [3]),
        ((PERSON.name == "c") | (PERSON.age == 1), [2, 3]),
        ((PERSON.name == "c") & (PERSON.age == 1), []),
        ((PERSON.name == "a") & ~(PERSON.age == 1), [1]),
        (~(PERSON.name == "a") & ~(PERSON.name == "b"), [3]),
    ],
)
def test_comparisons_and_their_combinations(people: Table, condition: QueryInstance, found: list[int]) -> None:
    people.truncate()
    for number, (name, age) in enumerate([("a", 3), ("b", 1), ("c", 2)], start=1):
        people.upsert({"name": name, "age": age, "n": number}, where("n") == number)

    assert [person["n"] for person in people.search(condition)] == found


@pytest.mark.parametrize(
    "condition",
    [
        where("age") < 2,
        where("tags").any("vip"),  # type: ignore[arg-type]  # asks a text whether a number is in it
        where("home").fragment({"city": "London"}),  # asks None the same
    ],
)
def test_a_condition_that_a_value_cannot_be_asked_is_an_error(people: Table, condition: QueryInstance) -> None:
    with pytest.raises(TypeError):
        people.search(condition)


def test_a_condition_without_a_field_is_an_error(people: Table) -> None:
    with pytest.raises(ValueError, match="Query has no path"):
        people.search(PERSON == 1)
    with pytest.raises(RuntimeError, match="Empty query was evaluated"):
        people.search(PERSON)


def test_a_search_after_a_change_finds_what_is_there_by_then(people: Table) -> None:
    for name in ("Ada", "Ann", "Ada"):
        people.update({"name": name}, doc_ids=[1])

        assert numbers(people, where("name") == name) == [1]
        assert numbers(people, where("name").one_of(["Ada", "Ann"])) == [1]


def test_a_search_finds_nothing_of_what_was_removed(people: Table) -> None:
    people.remove(where("age") == 36)

    assert (numbers(people, where("age") == 36), numbers(people, where("tags").any(["host"]))) == ([], [5])
