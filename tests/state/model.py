"""What a database must hold, as plain dicts, and the writes that change it: each is carried out on the database first
and then, if it was acknowledged, on the dicts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pytest
from tinydb.queries import QueryInstance
from tinydb.table import Document

from kiosk.state.database import Database
from kiosk.state.errors import StateNotWritten

Doc = dict[str, Any]
Contents = dict[str, dict[int, str]]
"""The documents by table and number, as JSON text, in which True is not 1."""


class Undone(Exception):
    """Raised by a transaction to undo itself."""


@dataclass
class Model:
    """Everything that was acknowledged.

    Attributes:
        tables: The documents by table and number.
        given: The numbers that documents of a table have, or have had.
    """

    tables: dict[str, dict[int, Doc]] = field(default_factory=dict)
    given: dict[str, set[int]] = field(default_factory=dict)

    def copy(self) -> Model:
        """The same once more; documents are never changed, only replaced."""
        return Model(
            {name: dict(docs) for name, docs in self.tables.items()},
            {name: set(numbers) for name, numbers in self.given.items()},
        )

    def restore(self, before: Model) -> None:
        """Be what it was."""
        self.tables, self.given = before.tables, before.given

    def docs(self, table: str) -> dict[int, Doc]:
        """The documents of a table."""
        return self.tables.setdefault(table, {})

    def ever(self, table: str) -> set[int]:
        """The numbers that documents of a table have, or have had."""
        return self.given.setdefault(table, set())

    def put(self, table: str, number: int, doc: Mapping[str, Any]) -> None:
        """Put a document, as JSON gives it back."""
        self.docs(table)[number] = json.loads(json.dumps(dict(doc)))
        self.ever(table).add(number)

    def matching(self, table: str, condition: QueryInstance) -> list[int]:
        """The numbers of those that match."""
        return [number for number, doc in self.docs(table).items() if condition(doc)]

    def contents(self) -> Contents:
        """All that a database must hold."""
        return {name: _as_texts(docs) for name, docs in self.tables.items() if docs}


def contents(database: Database) -> Contents:
    """All that a database holds."""
    return {name: _as_texts({doc.doc_id: doc for doc in database.table(name)}) for name in database.tables()}


def _as_texts(docs: Mapping[int, Mapping[str, Any]]) -> dict[int, str]:
    return {number: json.dumps(doc, sort_keys=True) for number, doc in docs.items()}


class Write(Protocol):
    """One write."""

    def run(self, database: Database, model: Model) -> None:
        """Carry it out on both. Raises StateNotWritten; then the model is as it was."""
        ...


@dataclass(frozen=True)
class Insert:
    """New documents get numbers that none has ever had."""

    table: str
    docs: Sequence[Doc]

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        numbers = database.table(self.table).insert_multiple(self.docs)
        assert numbers == sorted(set(numbers))
        assert model.ever(self.table).isdisjoint(numbers)
        for number, doc in zip(numbers, self.docs, strict=True):
            model.put(self.table, number, doc)


@dataclass(frozen=True)
class Bring:
    """A document that brings its number, which may be in use, in a batch that is added whole or not at all."""

    table: str
    number: int
    doc: Doc

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        table = database.table(self.table)
        in_use = self.number in model.docs(self.table)
        try:
            first, brought = table.insert_multiple([{}, Document(self.doc, self.number)])
        except ValueError:  # in use, or what the first one of the batch has just got
            assert in_use or self.number not in model.ever(self.table)
            return
        assert not in_use
        assert brought == self.number
        assert first not in model.ever(self.table) | {brought}
        model.put(self.table, first, {})
        model.put(self.table, brought, self.doc)


@dataclass(frozen=True)
class Update:
    """New values for what matches, or for certain numbers."""

    table: str
    fields: Doc
    which: QueryInstance | Sequence[int]

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        numbers = _meant(model, self.table, self.which)
        assert sorted(database.table(self.table).update(self.fields, **_which(self.which))) == sorted(numbers)
        for number in numbers:
            model.put(self.table, number, {**model.docs(self.table)[number], **self.fields})


@dataclass(frozen=True)
class Upsert:
    """New values for what matches, or a new document with them."""

    table: str
    fields: Doc
    condition: QueryInstance

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        known = model.matching(self.table, self.condition)
        numbers = database.table(self.table).upsert(self.fields, self.condition)
        if known:
            assert sorted(numbers) == sorted(known)
        else:
            assert model.ever(self.table).isdisjoint(numbers)
        for number in numbers:
            model.put(self.table, number, {**model.docs(self.table).get(number, {}), **self.fields})


@dataclass(frozen=True)
class Replace:
    """New values for the document with this number, or a new one with it."""

    table: str
    number: int
    fields: Doc

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        assert database.table(self.table).upsert(Document(self.fields, self.number)) == [self.number]
        model.put(self.table, self.number, {**model.docs(self.table).get(self.number, {}), **self.fields})


@dataclass(frozen=True)
class Remove:
    """What matches goes, or certain numbers."""

    table: str
    which: QueryInstance | Sequence[int]

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        numbers = _meant(model, self.table, self.which)
        assert sorted(database.table(self.table).remove(**_which(self.which))) == sorted(numbers)
        for number in numbers:
            del model.docs(self.table)[number]


@dataclass(frozen=True)
class Truncate:
    """Everything in a table goes."""

    table: str

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        database.table(self.table).truncate()
        model.docs(self.table).clear()


@dataclass(frozen=True)
class Fail:
    """A call that fails on its second document and must not leave the first behind."""

    table: str
    doc: Doc

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        wrong: Any = "no mapping"
        with pytest.raises(ValueError, match="not a Mapping"):
            database.table(self.table).insert_multiple([self.doc, wrong])


@dataclass(frozen=True)
class Together:
    """A transaction, or, inside another, a part of one. What it has changed so far is seen inside."""

    writes: Sequence[Write]
    undone: bool

    def run(self, database: Database, model: Model) -> None:
        """See `Write`."""
        before = model.copy()
        try:
            with database.transaction():
                for write in self.writes:
                    write.run(database, model)
                assert contents(database) == model.contents()
                if self.undone:
                    raise Undone
        except Undone:
            model.restore(before)
        except StateNotWritten:
            model.restore(before)
            raise


def _meant(model: Model, table: str, which: QueryInstance | Sequence[int]) -> list[int]:
    if isinstance(which, QueryInstance):
        return model.matching(table, which)
    return [number for number in which if number in model.docs(table)]


def _which(which: QueryInstance | Sequence[int]) -> dict[str, Any]:
    return {"cond": which} if isinstance(which, QueryInstance) else {"doc_ids": which}
