"""Three ways to keep the same members durably, behind one face."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from tinydb import TinyDB, where
from tinydb.storages import JSONStorage
from tinydb.table import Table

from kiosk.bench.disks import let_snapshots_end
from kiosk.state.database import open_database
from kiosk.state.disk import Disk

Document = dict[str, Any]

MEMBERS = "members"


def member(number: int) -> Document:
    """A member as the directory keeps one: about 155 bytes of JSON."""
    hashed = hashlib.sha256(str(number).encode()).hexdigest()
    return {"id": number, "name": f"Member {number} of the Coworking Cooperative", "hash": hashed, "digits": 6}


class Contender(Protocol):
    """Keeps documents. Each write is one transaction and durable when it returns."""

    def fill(self, documents: Iterable[Document]) -> None:
        """Put the first documents, numbered from 1, in one write."""
        ...

    def insert(self, document: Document) -> None:
        """Add a document."""
        ...

    def update(self, number: int, name: str) -> None:
        """Give the document with this number another name."""
        ...

    def find(self, hashed: str) -> Sequence[Document]:
        """The documents with this hash."""
        ...

    def settle(self) -> None:
        """Wait for what is done in the background, so that it is counted here."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...


class _OverTinyDB:
    """What both stores below TinyDB's interface have in common."""

    def __init__(self, database: TinyDB, table: Table) -> None:
        self._database = database
        self._table = table

    def fill(self, documents: Iterable[Document]) -> None:
        """See `Contender`."""
        self._table.insert_multiple(documents)
        self.settle()

    def insert(self, document: Document) -> None:
        """See `Contender`."""
        self._table.insert(document)

    def update(self, number: int, name: str) -> None:
        """See `Contender`."""
        self._table.update({"name": name}, doc_ids=[number])

    def find(self, hashed: str) -> Sequence[Document]:
        """See `Contender`."""
        return self._table.search(where("hash") == hashed)

    def settle(self) -> None:
        """See `Contender`."""
        let_snapshots_end()

    def close(self) -> None:
        """See `Contender`."""
        self._database.close()


class Ours(_OverTinyDB):
    """The kiosk's own store."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        database = open_database(folder / "ours", disk)
        super().__init__(database, database.table(MEMBERS).index("hash"))


class Stock(_OverTinyDB):
    """TinyDB as it comes. It flushes each write, yet a power cut in the middle of one costs the whole file."""

    def __init__(self, folder: Path) -> None:
        database = TinyDB(folder / "stock.json", storage=JSONStorage)
        super().__init__(database, database.table(MEMBERS))

    def settle(self) -> None:
        """Nothing is done in the background."""


class Lite:
    """SQLite with a write-ahead log that is flushed at each commit: JSON documents, and an index on their hash."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "lite.db", isolation_level=None)  # each statement commits itself
        for statement in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE members (number INTEGER PRIMARY KEY, hash TEXT, document TEXT)",
            "CREATE INDEX members_hash ON members (hash)",
        ):
            self._connection.execute(statement)

    def fill(self, documents: Iterable[Document]) -> None:
        """See `Contender`."""
        self._connection.execute("BEGIN")
        self._connection.executemany(
            "INSERT INTO members (hash, document) VALUES (?, ?)", ((doc["hash"], json.dumps(doc)) for doc in documents)
        )
        self._connection.execute("COMMIT")

    def insert(self, document: Document) -> None:
        """See `Contender`."""
        self._connection.execute(
            "INSERT INTO members (hash, document) VALUES (?, ?)", (document["hash"], json.dumps(document))
        )

    def update(self, number: int, name: str) -> None:
        """See `Contender`."""
        self._connection.execute(
            "UPDATE members SET document = json_set(document, '$.name', ?) WHERE number = ?", (name, number)
        )

    def find(self, hashed: str) -> Sequence[Document]:
        """See `Contender`."""
        found = self._connection.execute("SELECT document FROM members WHERE hash = ?", (hashed,))
        return [json.loads(document) for (document,) in found]

    def settle(self) -> None:
        """Nothing is done in the background: SQLite empties its log in the write that finds it full."""

    def close(self) -> None:
        """See `Contender`."""
        self._connection.close()
