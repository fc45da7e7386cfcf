"""An index makes a search quicker and never another, whatever the values and whatever has changed since."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import where

from kiosk.state.changes import TableChange
from kiosk.state.database import Database, open_database
from kiosk.state.hash_index import HashIndex, Wanted
from kiosk.state.memory import TableData

PLAIN = st.sampled_from([None, True, False, 0, 1, 1.0, 2, 2.5, "", "a", "ab", "1"])
VALUES = (
    PLAIN
    | st.lists(PLAIN | st.lists(PLAIN, max_size=2), max_size=3)
    | st.dictionaries(st.sampled_from(["a", "ab"]), PLAIN, max_size=2)
)
DOCS = st.fixed_dictionaries({}, optional={"v": VALUES})
CHANGES = st.lists(st.tuples(st.integers(1, 4), st.none() | DOCS), max_size=8)


@given(st.lists(st.tuples(st.booleans(), CHANGES), max_size=4))
def test_an_index_never_misses_a_document_and_never_names_one_that_is_gone(
    transactions: list[tuple[bool, list[tuple[int, dict[str, Any] | None]]]],
) -> None:
    table = TableData({}, ["v"])
    for clears, changes in transactions:
        change = TableChange()
        if clears:
            change.clear()
        for number, doc in changes:
            change.remove(number) if doc is None else change.put(number, doc)
        table = table.after(change)

    for value in (None, True, 0, 1, 2.5, "", "a", "ab"):
        for condition, wanted in (
            (where("v") == value, Wanted("v", (value,), among_items=False)),
            (where("v").any([value]), Wanted("v", (value,), among_items=True)),
        ):
            matching = {number for number, doc in table.docs.items() if condition(doc)}
            candidates = table.indexes["v"].candidates(wanted)
            assert candidates is None or matching <= set(candidates) <= set(table.docs)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "a") as opened:
        opened.table("people").index("code", "badges")
        yield opened


def test_inside_a_transaction_a_look_up_sees_what_has_changed_in_it(database: Database) -> None:
    people = database.table("people")
    people.insert_multiple([{"code": "a"}, {"code": "b"}, {"code": "c"}])

    with database.transaction():
        people.update({"code": "b"}, doc_ids=[1])
        people.remove(doc_ids=[2])
        people.insert({"code": "b"})
        assert [person.doc_id for person in people.search(where("code") == "b")] == [1, 4]
        assert people.search(where("code") == "a") == []
        people.truncate()
        people.insert({"code": "c"})
        assert [person.doc_id for person in people.search(where("code") == "c")] == [5]

    assert [person.doc_id for person in people.search(where("code") == "c")] == [5]


def test_look_ups_and_changes_may_take_turns_in_one_transaction(database: Database) -> None:
    people = database.table("people")
    people.insert({"code": "a"})

    with database.transaction():
        for code in ("a", "b", "b", "c"):
            people.upsert({"code": code}, where("code") == code)
        people.update({"code": "d"}, where("code") == "b")
        people.remove(where("code") == "c")
        with contextlib.suppress(LookupError), database.transaction():
            people.upsert({"code": "e"}, where("code") == "d")
            raise LookupError
        found = [people.count(where("code") == code) for code in "abcde"]

    assert found == [people.count(where("code") == code) for code in "abcde"] == [1, 0, 0, 1, 0]


def test_a_transaction_that_fails_leaves_the_index_as_it_was(database: Database) -> None:
    people = database.table("people")
    people.insert({"code": "a"})

    with contextlib.suppress(LookupError), database.transaction():
        people.update({"code": "b"})
        raise LookupError

    assert (people.count(where("code") == "a"), people.count(where("code") == "b")) == (1, 0)


def test_an_index_may_be_made_when_there_are_documents_already(database: Database) -> None:
    people = database.table("people")
    people.insert_multiple([{"name": "Ada"}, {"name": ["Ada"]}, {}])

    assert people.index("name").count(where("name") == "Ada") == 1


def seen_at_each_moment(
    monkeypatch: pytest.MonkeyPatch, look: Callable[[], object], change: Callable[[], object]
) -> list[object]:
    """What another thread sees before and after each step of an index while a change is carried out."""
    seen: list[object] = []
    with ThreadPoolExecutor(1) as other, monkeypatch.context() as patch:

        def watched(step: Callable[..., None]) -> Callable[..., None]:
            def watching(*args: Any) -> None:
                seen.append(other.submit(look).result())
                step(*args)
                seen.append(other.submit(look).result())

            return watching

        for name in ("add", "discard"):
            patch.setattr(HashIndex, name, watched(getattr(HashIndex, name)))
        change()
    return seen


def test_who_looks_from_another_thread_while_a_document_changes_finds_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = database.table("people")
    people.insert({"code": "a", "badges": ["x", "y"]})

    seen = seen_at_each_moment(
        monkeypatch,
        lambda: (people.count(where("code") == "a"), people.count(where("badges").any(["y"]))),
        lambda: people.update({"badges": ["y", "z"]}),
    )

    assert seen == [(1, 1)] * 8


def test_who_looks_from_another_thread_while_a_table_is_replaced_finds_it_whole(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = database.table("people")
    people.insert_multiple({"code": code} for code in "abc")

    def replace() -> None:
        with database.transaction():
            people.truncate()
            people.insert_multiple({"code": code} for code in "cbad")

    seen = seen_at_each_moment(monkeypatch, lambda: (len(people), people.count(where("code") == "b")), replace)

    assert set(seen) == {(3, 1)}
    assert len(people) == 4
