"""Where the journalled database means to differ from TinyDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import where
from tinydb.operations import increment
from tinydb.table import Document, Table

from kiosk.state.changes import DEEPEST
from kiosk.state.database import Database, open_database
from tests.state.either import numbered


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "a") as opened:
        yield opened


@pytest.fixture
def table(database: Database) -> Table:
    """Three documents, numbered from one."""
    three = database.table("t")
    three.insert_multiple([{"n": 1}, {"n": 2}, {"n": 3}])
    return three


# A number names one document for ever.


def test_the_number_of_the_last_document_is_not_given_again_when_it_is_removed(table: Table) -> None:
    table.remove(doc_ids=[3])

    assert table.insert({}) == 4


def test_no_number_is_given_again_when_all_are_removed(table: Table) -> None:
    table.truncate()

    assert table.insert({}) == 4


def test_no_number_is_given_again_when_the_table_is_dropped(database: Database, table: Table) -> None:
    database.drop_table("t")

    assert database.table("t").insert({}) == 4


@pytest.mark.parametrize("snapshot", [True, False], ids=["from a snapshot", "from the journal"])
def test_no_number_is_given_again_after_a_restart(tmp_path: Path, snapshot: bool) -> None:
    with open_database(tmp_path / "a") as before:
        before.table("t").insert_multiple([{}, {}])
        before.table("t").truncate()
        if snapshot:
            before.compact()

    with open_database(tmp_path / "a") as after:
        assert after.table("t").insert({}) == 3


def test_no_number_is_given_again_that_came_and_went_within_one_transaction(tmp_path: Path) -> None:
    with open_database(tmp_path / "a") as before:
        table = before.table("t")
        with before.transaction():
            table.insert({})
            table.truncate()
            assert table.insert({}) == 2
            table.truncate()
        assert table.insert({}) == 3
        with before.transaction():
            table.insert({})
            table.truncate()

    with open_database(tmp_path / "a") as after:
        assert after.table("t").insert({}) == 5


def test_what_follows_a_batch_is_numbered_after_the_highest_number_in_it(table: Table) -> None:
    table.insert_multiple([Document({}, doc_id=40), {}])

    assert table.insert({}) == 41


def test_a_batch_leaves_out_the_numbers_that_others_of_it_have_brought(table: Table) -> None:
    assert table.insert_multiple([Document({"brought": 4}, doc_id=4), {}, {}]) == [4, 5, 6]
    assert table.get(doc_id=4) == {"brought": 4}


# What is read belongs to whoever read it.


def test_editing_what_was_read_changes_nothing_that_is_kept(table: Table) -> None:
    table.insert({"n": 4, "deep": [{"a": [1]}]})
    for found in (table.all(), table.search(where("n") == 4), [table.get(where("n") == 4)], table.get(doc_ids=[4])):
        deep: Any = found[-1]
        deep["n"] = 99
        deep["deep"][0]["a"].append(2)

    assert table.get(doc_id=4) == {"n": 4, "deep": [{"a": [1]}]}


# The order of what an index finds.


def test_what_an_index_finds_comes_in_the_order_of_the_numbers(database: Database) -> None:
    table = database.table("t")
    table.insert_multiple([Document({"n": 1}, doc_id=9), Document({"n": 1}, doc_id=4)])
    assert [found.doc_id for found in table.search(where("n") == 1)] == [9, 4]

    table.index("n")

    assert [found.doc_id for found in table.search(where("n") == 1)] == [4, 9]


# What would be read back as something else, or not at all, is not taken.


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), "\ud800"])
def test_what_no_other_reader_of_json_takes_is_refused(table: Table, wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"JSON|surrogates"):
        table.insert({"n": wrong})
    assert len(table) == 3


def nested(levels: int) -> dict[str, Any]:
    deep: Any = "]}"
    for _ in range(levels - 1):
        deep = [deep]
    return {"deep": deep}


def test_a_document_that_is_nested_as_deep_as_is_allowed_is_kept(tmp_path: Path) -> None:
    with open_database(tmp_path / "a") as database:
        database.table("t").insert(nested(DEEPEST))
        database.compact()

    with open_database(tmp_path / "a") as again:
        assert again.table("t").all() == [nested(DEEPEST)]


def test_a_document_that_is_nested_deeper_is_refused(table: Table) -> None:
    with pytest.raises(ValueError, match="nested"):
        table.insert(nested(DEEPEST + 1))
    assert len(table) == 3


@pytest.mark.parametrize("name", ["_journal", "_ids"])
def test_the_store_s_own_names_are_not_for_tables(database: Database, name: str) -> None:
    with pytest.raises(ValueError, match="the store keeps its own there"):
        database.table(name)


def test_true_is_the_number_one_after_a_restart_as_well(tmp_path: Path) -> None:
    with open_database(tmp_path / "a") as before:
        before.table("t").insert(Document({"n": 1}, doc_id=True))
        before.table("t").update(increment("n"), doc_ids=[True])

    with open_database(tmp_path / "a") as after:
        assert (after.damage, numbered(after.table("t"))) == ((), [(1, {"n": 2})])


def test_a_number_must_be_a_whole_one(table: Table) -> None:
    for wrong in ("7", 1.5, None):
        with pytest.raises(TypeError):
            table.insert(Document({}, doc_id=wrong))  # type: ignore[arg-type]
    assert len(table) == 3


# Small mercies.


def test_a_number_that_is_to_be_removed_twice_is_removed_once(table: Table) -> None:
    assert table.remove(doc_ids=[1, 1, 2]) == [1, 2]


def test_updates_that_come_from_a_generator_are_made_on_every_document(table: Table) -> None:
    table.update_multiple((change, where("n") > 0) for change in (increment("n"),))

    assert [found["n"] for found in table] == [2, 3, 4]


def test_a_table_without_documents_is_not_among_the_tables(database: Database, table: Table) -> None:
    table.truncate()

    assert database.tables() == set()
