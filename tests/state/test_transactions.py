"""Transactions: whole or not at all, for whoever reads beside them, and for what is inside them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tinydb import where
from tinydb.table import Document

from kiosk.state.database import Database, open_database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "a"


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    with open_database(folder) as opened:
        yield opened


def numbers(database: Database, table: str = "numbers") -> list[int]:
    return [document["n"] for document in database.table(table)]


def test_several_tables_change_together(database: Database, folder: Path) -> None:
    with database.transaction():
        database.table("events").insert({"n": 1})
        database.table("stays").insert({"n": 1})
        assert len(database.table("stays")) == 1

    with open_database(folder) as again:
        assert again.tables() == database.tables() == {"events", "stays"}


def test_several_tables_change_whole_or_not_at_all(database: Database, folder: Path) -> None:
    with contextlib.suppress(LookupError), database.transaction():
        database.table("events").insert({"n": 1})
        database.table("stays").insert({"n": 1})
        raise LookupError

    with open_database(folder) as again:
        assert again.tables() == database.tables() == set()


def test_a_call_that_fails_inside_takes_back_its_own_part_alone(database: Database) -> None:
    table = database.table("numbers")
    with database.transaction():
        table.insert({"n": 1})
        with contextlib.suppress(ValueError):
            table.insert_multiple([{"n": 2}, "no mapping"])  # type: ignore[list-item]
        table.insert({"n": 3})

    assert numbers(database) == [1, 3]


def test_several_calls_on_one_table_add_up(database: Database, folder: Path) -> None:
    table = database.table("numbers")
    table.insert_multiple([{"n": 0}, {"n": 1}, {"n": 2}])
    with database.transaction():
        table.update({"n": 10}, doc_ids=[1])
        table.remove(doc_ids=[1, 2])
        table.upsert(Document({"n": 20}, doc_id=2))
        assert table.insert({"n": 30}) == 4
        table.remove(doc_ids=[4])
        assert table.insert({"n": 40}) == 5

    with open_database(folder) as again:
        assert numbers(again) == numbers(database) == [20, 2, 40]


def test_a_transaction_inside_that_fails_takes_back_its_own_part_alone(database: Database, folder: Path) -> None:
    table = database.table("numbers")
    table.insert_multiple([{"n": 1}, {"n": 2}])
    with database.transaction():
        table.update({"n": 10}, where("n") == 1)
        with contextlib.suppress(LookupError), database.transaction():
            table.update({"n": 99})
            table.truncate()
            table.insert({"n": 99})
            database.table("others").insert({"n": 99})
            raise LookupError
        assert numbers(database) == [10, 2]
        table.remove(where("n") == 2)

    with open_database(folder) as again:
        assert numbers(again) == numbers(database) == [10]
        assert numbers(again, "others") == numbers(database, "others") == []


def test_a_transaction_inside_is_undone_with_the_one_around_it(database: Database) -> None:
    with contextlib.suppress(LookupError), database.transaction():
        with database.transaction():
            database.table("numbers").insert({"n": 1})
        raise LookupError

    assert numbers(database) == []


def test_a_transaction_that_changes_nothing_writes_nothing(database: Database, folder: Path) -> None:
    database.table("numbers").insert({"n": 1})
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    with database.transaction():
        numbers(database)
        database.table("numbers").remove(where("n") == 2)

    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_another_thread_sees_nothing_of_a_transaction_before_its_end(database: Database) -> None:
    with ThreadPoolExecutor(1) as other:
        with database.transaction():
            database.table("numbers").insert({"n": 1})
            assert other.submit(numbers, database).result() == []

        assert other.submit(numbers, database).result() == [1]


def test_another_thread_s_write_waits_for_the_end_and_is_a_transaction_of_its_own(database: Database) -> None:
    begun = threading.Event()

    def write() -> None:
        begun.set()
        database.table("numbers").insert({"n": 2})

    with ThreadPoolExecutor(1) as other:
        with contextlib.suppress(LookupError), database.transaction():
            database.table("numbers").insert({"n": 1})
            writing = other.submit(write)
            begun.wait()
            raise LookupError
        writing.result()

    assert numbers(database) == [2]


def test_a_snapshot_cannot_be_asked_for_inside_a_transaction(database: Database) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"), database.transaction():
        database.compact()
