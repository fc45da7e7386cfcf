"""Each call of TinyDB that changes documents or reads them by number does in the journalled database what it is
documented to do, and what it does in TinyDB."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB, where
from tinydb.operations import add, decrement, delete, increment, subtract
from tinydb.operations import set as assign
from tinydb.table import Document, Table

from tests.state.either import PEOPLE, Kind, numbered, opened

ADA = {"name": "Ada", "age": 36, "tags": ["host", "vip"]}
BOB = {"name": "Bob", "age": 41, "tags": []}
CYD = {"name": "Cyd", "age": 36}


@pytest.fixture(params=Kind)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    with opened(request.param, tmp_path) as opened_database:
        yield opened_database


@pytest.fixture
def people(database: TinyDB) -> Table:
    """Ada, Bob and Cyd, numbered from one."""
    table = database.table(PEOPLE)
    table.insert_multiple([ADA, BOB, CYD])
    return table


def ages(table: Table) -> list[int]:
    return [document["age"] for document in table]


# Adding.


def test_insert_numbers_documents_from_one(database: TinyDB) -> None:
    assert [database.table(PEOPLE).insert(person) for person in (ADA, BOB)] == [1, 2]


def test_insert_multiple_answers_the_numbers_in_order(database: TinyDB) -> None:
    assert database.table(PEOPLE).insert_multiple(person for person in (ADA, BOB, CYD)) == [1, 2, 3]


def test_insert_multiple_of_nothing_adds_nothing(people: Table) -> None:
    assert (people.insert_multiple([]), len(people)) == ([], 3)


def test_insert_takes_any_mapping(people: Table) -> None:
    assert people.get(doc_id=people.insert(UserDict({"name": "Dee"}))) == {"name": "Dee"}


def test_insert_gives_a_document_the_number_that_it_brings(people: Table) -> None:
    assert people.insert(Document({"name": "Dee"}, doc_id=40)) == 40
    assert people.get(doc_id=40) == {"name": "Dee"}


def test_a_number_that_was_brought_is_counted_on_from(people: Table) -> None:
    people.insert(Document({"name": "Dee"}, doc_id=40))

    assert people.insert({"name": "Eve"}) == 41


def test_a_batch_counts_on_from_before_it_whatever_numbers_others_of_it_bring(people: Table) -> None:
    brought = Document({"name": "Dee"}, doc_id=40)

    assert people.insert_multiple([{"name": "Eve"}, brought, {"name": "Fay"}]) == [4, 40, 5]


@pytest.mark.parametrize("wrong", [["name", "Dee"], "Dee", 7, None])
def test_what_is_no_mapping_cannot_be_inserted(people: Table, wrong: Any) -> None:
    with pytest.raises(ValueError, match="Document is not a Mapping"):
        people.insert(wrong)
    assert len(people) == 3


def test_a_number_in_use_cannot_be_inserted_again(people: Table) -> None:
    with pytest.raises(ValueError, match="Document with ID 2 already exists"):
        people.insert(Document({"name": "Dee"}, doc_id=2))
    assert people.get(doc_id=2) == BOB


@pytest.mark.parametrize("wrong", [Document(BOB, doc_id=1), "Dee"])
def test_a_batch_with_one_wrong_document_adds_none(people: Table, wrong: Any) -> None:
    with pytest.raises(ValueError, match="Document"):
        people.insert_multiple([{"name": "Eve"}, wrong, {"name": "Fay"}])
    assert numbered(people) == [(1, ADA), (2, BOB), (3, CYD)]


def test_a_batch_in_which_two_bring_one_number_adds_none(people: Table) -> None:
    with pytest.raises(ValueError, match="Document with ID 5 already exists"):
        people.insert_multiple([Document({"name": "Dee"}, doc_id=5), Document({"name": "Eve"}, doc_id=5)])
    assert len(people) == 3


@pytest.mark.parametrize("wrong", [{"name": {1, 2}}, {"name": object()}, {(1, 2): "name"}])
def test_what_json_cannot_hold_is_refused_and_nothing_is_lost(people: Table, wrong: Any) -> None:
    with pytest.raises(TypeError):
        people.insert(wrong)
    assert numbered(people) == [(1, ADA), (2, BOB), (3, CYD)]


def test_what_is_read_is_what_json_makes_of_it(people: Table) -> None:
    number = people.insert({"name": ("D", "e"), 7: {None: 1, True: 2.5}})

    assert people.get(doc_id=number) == {"name": ["D", "e"], "7": {"null": 1, "true": 2.5}}


def test_what_was_inserted_may_be_changed_without_changing_what_is_kept(people: Table) -> None:
    tags = ["host"]
    number = people.insert({"tags": tags})
    tags.append("vip")

    assert people.get(doc_id=number) == {"tags": ["host"]}


# Reading by number.


def test_all_and_iteration_give_the_documents_in_order_with_their_numbers(people: Table) -> None:
    assert numbered(people.all()) == numbered(list(people)) == [(1, ADA), (2, BOB), (3, CYD)]


def test_documents_may_be_removed_while_going_through_them(people: Table) -> None:
    for person in people:
        people.remove(doc_ids=[person.doc_id])

    assert people.all() == []


def test_the_length_is_the_number_of_documents(database: TinyDB, people: Table) -> None:
    assert (len(people), len(database.table("nobody"))) == (3, 0)


def test_get_by_number_gives_the_document_or_none(people: Table) -> None:
    found = people.get(doc_id=2)

    assert (found, found.doc_id if found else None) == (BOB, 2)
    assert people.get(doc_id=99) is None


def test_get_by_numbers_gives_those_that_are_there_in_the_table_s_order(people: Table) -> None:
    assert numbered(people.get(doc_ids=[3, 99, 1])) == [(1, ADA), (3, CYD)]


def test_get_by_numbers_takes_them_as_they_come(people: Table) -> None:
    numbers: Any = iter([1, 2])

    assert numbered(people.get(doc_ids=numbers)) == [(1, ADA), (2, BOB)]


def test_get_by_a_number_looks_at_no_condition(people: Table) -> None:
    assert people.get(where("name") == "Bob", doc_id=1) == ADA


def test_contains_by_number(people: Table) -> None:
    assert (people.contains(doc_id=1), people.contains(doc_id=99)) == (True, False)


def test_get_and_contains_want_to_know_what(people: Table) -> None:
    with pytest.raises(RuntimeError, match="You have to pass either cond or doc_id or doc_ids"):
        people.get()
    with pytest.raises(RuntimeError, match="You have to pass either cond or doc_id"):
        people.contains()


# Changing.


def test_update_changes_every_document(people: Table) -> None:
    assert people.update({"age": 7}) == [1, 2, 3]
    assert numbered(people) == [(1, {**ADA, "age": 7}), (2, {**BOB, "age": 7}), (3, {**CYD, "age": 7})]


def test_update_changes_what_matches(people: Table) -> None:
    assert people.update({"age": 37, "new": True}, where("age") == 36) == [1, 3]
    assert numbered(people) == [(1, {**ADA, "age": 37, "new": True}), (2, BOB), (3, {**CYD, "age": 37, "new": True})]


def test_update_by_numbers_leaves_out_those_that_are_not_there(people: Table) -> None:
    assert people.update({"age": 7}, doc_ids=[3, 99, 1]) == [3, 1]
    assert ages(people) == [7, 41, 7]


def test_update_by_numbers_looks_at_no_condition(people: Table) -> None:
    assert people.update({"age": 7}, where("name") == "Bob", doc_ids=[1]) == [1]


def test_update_changes_a_document_as_often_as_its_number_is_given(people: Table) -> None:
    assert people.update(increment("age"), doc_ids=[1, 1]) == [1, 1]
    assert ages(people) == [38, 41, 36]


def test_update_of_nothing_answers_nothing(people: Table) -> None:
    assert people.update({"age": 7}, where("name") == "Zoe") == people.update({"age": 7}, doc_ids=[]) == []
    assert ages(people) == [36, 41, 36]


@pytest.mark.parametrize(
    ("operation", "after"),
    [
        (add("age", 4), {"name": "Ada", "age": 40, "tags": ["host", "vip"]}),
        (subtract("age", 0.5), {"name": "Ada", "age": 35.5, "tags": ["host", "vip"]}),
        (assign("age", None), {"name": "Ada", "age": None, "tags": ["host", "vip"]}),
        (increment("age"), {"name": "Ada", "age": 37, "tags": ["host", "vip"]}),
        (decrement("age"), {"name": "Ada", "age": 35, "tags": ["host", "vip"]}),
        (delete("age"), {"name": "Ada", "tags": ["host", "vip"]}),
    ],
)
def test_each_operation_changes_the_document(people: Table, operation: Any, after: dict[str, Any]) -> None:
    assert people.update(operation, doc_ids=[1]) == [1]
    assert people.get(doc_id=1) == after


def test_update_with_a_function_of_one_s_own(people: Table) -> None:
    def come_of_age(person: Any) -> None:
        person["adult"] = person.pop("age") >= 18

    assert people.update(come_of_age, where("name") == "Ada") == [1]
    assert people.get(doc_id=1) == {"name": "Ada", "tags": ["host", "vip"], "adult": True}


def test_an_operation_that_fails_on_one_document_changes_none(people: Table) -> None:
    with pytest.raises(KeyError):
        people.update(delete("tags"))  # Cyd has none
    assert numbered(people) == [(1, ADA), (2, BOB), (3, CYD)]


def test_update_multiple_makes_each_change_on_each_document_that_matches_by_then(people: Table) -> None:
    changes: list[Any] = [({"age": 40}, where("age") == 36), (increment("age"), where("age") == 40)]

    assert people.update_multiple(changes) == [1, 1, 3, 3]
    assert ages(people) == [41, 41, 41]


def test_update_multiple_that_fails_on_one_changes_none(people: Table) -> None:
    with pytest.raises(KeyError):
        people.update_multiple([({"age": 7}, where("age") == 36), (delete("tags"), where("name") == "Cyd")])
    assert ages(people) == [36, 41, 36]


def test_upsert_updates_everything_that_matches(people: Table) -> None:
    assert people.upsert({"age": 37}, where("age") == 36) == [1, 3]
    assert numbered(people) == [(1, {**ADA, "age": 37}), (2, BOB), (3, {**CYD, "age": 37})]


def test_upsert_inserts_where_nothing_matches(people: Table) -> None:
    assert people.upsert({"name": "Dee"}, where("name") == "Dee") == [4]
    assert people.get(doc_id=4) == {"name": "Dee"}


def test_upsert_of_a_document_updates_the_one_with_its_number(people: Table) -> None:
    assert people.upsert(Document({"age": 42}, doc_id=2)) == [2]
    assert people.get(doc_id=2) == {**BOB, "age": 42}


def test_upsert_of_a_document_inserts_it_with_its_number(people: Table) -> None:
    assert people.upsert(Document({"name": "Dee"}, doc_id=40), where("name") == "Ada") == [40]
    assert numbered(people)[1:] == [(2, BOB), (3, CYD), (40, {"name": "Dee"})]


def test_upsert_wants_to_know_what(people: Table) -> None:
    with pytest.raises(ValueError, match="you must specify a doc_id"):
        people.upsert({"name": "Dee"})


# Removing.


def test_remove_takes_what_matches(people: Table) -> None:
    assert people.remove(where("age") == 36) == [1, 3]
    assert numbered(people) == [(2, BOB)]


def test_remove_by_numbers_leaves_out_those_that_are_not_there(people: Table) -> None:
    assert people.remove(doc_ids=[3, 99, 1]) == [3, 1]
    assert numbered(people) == [(2, BOB)]


def test_remove_wants_to_know_what(people: Table) -> None:
    with pytest.raises(RuntimeError, match=r"Use truncate\(\) to remove all documents"):
        people.remove()


def test_truncate_removes_everything(people: Table) -> None:
    people.truncate()

    assert (people.all(), len(people), people.contains(where("name") == "Ada")) == ([], 0, False)


def test_a_document_that_was_removed_may_come_back_with_its_number(people: Table) -> None:
    people.remove(doc_ids=[1])
    people.insert(Document(ADA, doc_id=1))

    assert numbered(people) == [(2, BOB), (3, CYD), (1, ADA)]


# Tables.


def test_tables_names_those_that_hold_documents(database: TinyDB, people: Table) -> None:
    database.table("unused")
    database.table("stays").insert({"n": 1})

    assert database.tables() == {"people", "stays"}


def test_tables_know_nothing_of_each_other(database: TinyDB, people: Table) -> None:
    assert database.table("stays").insert({"n": 1}) == 1
    database.table("stays").truncate()

    assert len(people) == 3


def test_a_table_is_the_same_each_time(database: TinyDB, people: Table) -> None:
    assert database.table(PEOPLE) is people
    assert people.name == PEOPLE


def test_calls_of_the_database_go_to_its_default_table(database: TinyDB) -> None:
    assert database.insert(ADA) == 1
    assert (database.all(), len(database), list(database)) == ([ADA], 1, [ADA])
    assert database.tables() == {"_default"}


def test_drop_table_forgets_one_table(database: TinyDB, people: Table) -> None:
    database.insert(BOB)
    database.drop_table(PEOPLE)

    assert (database.tables(), database.table(PEOPLE).all(), database.all()) == ({"_default"}, [], [BOB])


def test_drop_table_of_one_that_is_not_there_does_nothing(database: TinyDB, people: Table) -> None:
    database.drop_table("nobody")

    assert len(people) == 3


def test_drop_tables_forgets_all_of_them(database: TinyDB, people: Table) -> None:
    database.insert(BOB)
    database.drop_tables()

    assert (database.tables(), database.table(PEOPLE).all(), database.all()) == (set(), [], [])


def test_a_dropped_table_may_be_filled_again(database: TinyDB, people: Table) -> None:
    database.drop_table(PEOPLE)
    database.table(PEOPLE).insert(CYD)

    assert database.table(PEOPLE).search(where("age") == 36) == [CYD]
