"""The journalled database against plain dicts: any writes, any refusals of the disk, any ends, in any order."""

from __future__ import annotations

import contextlib
import itertools
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tinydb import where
from tinydb.queries import QueryInstance

from kiosk.state.database import Database, open_database, read_database
from kiosk.state.errors import StateDamaged, StateNotWritten
from kiosk.state.journal_storage import JournalStorage
from kiosk.state.sealing import Sealer
from tests.state.model import (
    Bring,
    Fail,
    Insert,
    Model,
    Remove,
    Replace,
    Together,
    Truncate,
    Update,
    Upsert,
    Write,
    contents,
)
from tests.state.refusing import CALLS, RefusingDisk

KEY = Sealer(b"k" * 32)
INDEXES = {"plain": (), "one": ("v",), "two": ("v", "n")}
"""The tables, each with the fields that are indexed."""

LARGE, HUGE = 40_000, 1_100_000
"""Letters that take many pages of a journal, and so many that they go into a snapshot at once."""


def doc_of(fields: dict[str, Any], mark: int, letters: int) -> dict[str, Any]:
    """A document with a mark by which what is left of it in a file can be told."""
    return {**fields, "mark": f"mark-{mark};", "text": "x" * letters}


tables = st.sampled_from(sorted(INDEXES))
values = st.sampled_from([None, True, 0, 1, 1.0, 2, "", "a", "ab", [], ["a"], ["a", 1], [["a"]], {"a": 1}])
fields = st.fixed_dictionaries({}, optional={"v": values, "n": st.integers(0, 3)})
marks = st.integers(0, 1 << 40)
letters = st.sampled_from([0] * 20 + [5000, LARGE, LARGE, LARGE, HUGE])
docs = st.builds(doc_of, fields, marks, letters)
numbers = st.lists(st.integers(1, 12), max_size=3, unique=True)
conditions: st.SearchStrategy[QueryInstance] = st.one_of(
    values.map(lambda value: where("v") == value),
    values.map(lambda value: where("v").any([value, "a"])),
    st.integers(0, 3).map(lambda number: where("n") == number),
    st.integers(0, 3).map(lambda number: where("n").exists() & (where("n") > number)),
)
calls: st.SearchStrategy[Write] = st.one_of(
    st.builds(Insert, tables, st.lists(docs, max_size=3)),
    st.builds(Bring, tables, st.integers(1, 30), docs),
    st.builds(Update, tables, docs, conditions | numbers),
    st.builds(Upsert, tables, docs, conditions),
    st.builds(Replace, tables, st.integers(1, 30), docs),
    st.builds(Remove, tables, conditions | numbers),
    st.builds(Truncate, tables),
    st.builds(Fail, tables, docs),
)


def together(inside: st.SearchStrategy[Write]) -> st.SearchStrategy[Write]:
    """Some writes in a transaction, one in three of which undoes itself."""
    return st.builds(Together, st.lists(inside, max_size=4), st.sampled_from([False, False, True]))


writes = calls | together(calls | together(calls))
refused = st.sampled_from(CALLS)


class DatabaseMachine(RuleBasedStateMachine):
    """One store in the course of its life."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.model = Model()
        self.sealer: Sealer | None = None
        self.disk = RefusingDisk()
        self.database: Database | None = None

    def teardown(self) -> None:
        self.end()
        shutil.rmtree(self.folder)

    @property
    def present(self) -> Database:
        """The database of the process that runs."""
        assert self.database is not None
        return self.database

    # Processes.

    @initialize(sealed=st.booleans())
    def begin(self, sealed: bool) -> None:
        self.sealer = KEY if sealed else None
        self.start()

    def start(self) -> None:
        """A process begins."""
        self.database = open_database(self.folder, self.disk, KEY, self.sealer)
        assert self.database.damage == ()
        for table, indexed in INDEXES.items():
            self.database.table(table).index(*indexed)
        self.settle()

    def end(self) -> None:
        """The process is killed: the files stay as they are."""
        self.disk.end()
        if self.database is not None:
            self.database.close()  # which changes nothing any more
        self.database, self.disk = None, RefusingDisk()

    def settle(self) -> None:
        """Wait for a snapshot that is being written beside, so that each run of the test is like the next."""
        storage = self.present.storage
        assert isinstance(storage, JournalStorage)
        if storage._engine is not None:
            storage._engine.wait()

    @rule(killed=st.booleans())
    def restart(self, killed: bool) -> None:
        before = [self.present.table(name).all() for name in INDEXES]
        if not killed:
            self.present.close()
        self.end()
        self.start()
        assert [self.present.table(name).all() for name in INDEXES] == before

    @rule()
    def restart_with_the_seal_set_or_taken_off(self) -> None:
        self.end()
        self.sealer = None if self.sealer else KEY
        self.start()
        assert self.marks_on_disk() == self.marks_that_may_be_read()

    @rule(call=refused, after=st.integers(0, 8))
    def restart_while_one_call_is_refused(self, call: str, after: int) -> None:
        self.end()
        self.disk.refuse(call, after=after, times=1)
        try:
            self.start()
        except (StateNotWritten, StateDamaged):
            self.start()
        self.disk.recover()

    # Writes.

    @rule(write=writes)
    def write(self, write: Write) -> None:
        write.run(self.present, self.model)
        self.settle()

    @rule(write=writes, call=refused, after=st.integers(0, 3))
    def write_while_one_call_is_refused(self, write: Write, call: str, after: int) -> None:
        self.disk.refuse(call, after=after, times=1)
        self.attempt(write)
        self.disk.recover()

    @rule(first=writes, second=writes, call=refused, after=st.integers(0, 3))
    def write_while_a_kind_of_call_is_refused(self, first: Write, second: Write, call: str, after: int) -> None:
        self.disk.refuse(call, after=after, times=None)
        self.attempt(first)
        self.attempt(second)
        self.disk.recover()

    @rule(call=refused, after=st.integers(0, 8))
    def fill_a_journal_while_one_call_is_refused(self, call: str, after: int) -> None:
        """So that a snapshot becomes due, and is refused if none of the writes is."""
        self.disk.refuse(call, after=after, times=1)
        for _ in range(6):
            self.attempt(Replace("plain", 50, {"text": "x" * LARGE}))
        self.attempt(Remove("plain", [50]))
        self.disk.recover()

    def attempt(self, write: Write) -> None:
        """A write that may be refused."""
        with contextlib.suppress(StateNotWritten):
            write.run(self.present, self.model)
        self.settle()

    # Snapshots.

    @rule(erase=st.booleans())
    def compact(self, erase: bool) -> None:
        self.present.compact(erase=erase)
        if erase:
            assert self.marks_on_disk() == self.marks_that_may_be_read()

    @rule(erase=st.booleans(), call=refused, after=st.integers(0, 5), times=st.sampled_from([1, None]))
    def compact_while_the_disk_refuses(self, erase: bool, call: str, after: int, times: int | None) -> None:
        self.disk.refuse(call, after=after, times=times)
        try:
            self.present.compact(erase=erase)
        except StateNotWritten:
            return
        finally:
            self.disk.recover()
        if erase:
            assert self.marks_on_disk() == self.marks_that_may_be_read()

    def marks_on_disk(self) -> set[str]:
        """The marks of documents that anybody can read in the files."""
        found = (re.findall(rb"mark-[0-9]+;", file.read_bytes()) for file in self.folder.iterdir())
        return {mark.decode() for mark in itertools.chain.from_iterable(found)}

    def marks_that_may_be_read(self) -> set[str]:
        """The marks of what is kept; none if that is sealed."""
        if self.sealer is not None:
            return set()
        return {doc["mark"] for docs in self.model.tables.values() for doc in docs.values() if "mark" in doc}

    # What holds at every moment.

    @rule()
    def read_beside(self) -> None:
        with read_database(self.folder, KEY) as beside:
            assert (beside.damage, contents(beside)) == ((), self.model.contents())

    @rule(table=tables, condition=conditions)
    def look_up(self, table: str, condition: QueryInstance) -> None:
        found = sorted(document.doc_id for document in self.present.table(table).search(condition))
        assert found == sorted(self.model.matching(table, condition))

    @invariant()
    def all_that_was_acknowledged_is_there_and_nothing_else(self) -> None:
        if self.database is not None:
            assert contents(self.database) == self.model.contents()


def test_the_database_holds_what_the_model_holds(request: pytest.FixtureRequest) -> None:
    examples: int = request.config.getoption("--model-examples")
    run_state_machine_as_test(DatabaseMachine, settings=settings(max_examples=examples, stateful_step_count=40))
