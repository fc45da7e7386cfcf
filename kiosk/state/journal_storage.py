"""The TinyDB storage of the kiosk: tables in memory, transactions over several of them, an engine below that makes
each one durable as a whole."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tinydb import Storage

from kiosk.state.beside import Beside, Threads
from kiosk.state.changes import Changes, TableChange, payload_of
from kiosk.state.disk import Disk
from kiosk.state.engine import Engine, Start
from kiosk.state.errors import StateNotWritten
from kiosk.state.hash_index import Wanted
from kiosk.state.memory import TableData
from kiosk.state.recovery import Recovered
from kiosk.state.sealing import Sealer
from kiosk.state.sizes import Sizes
from kiosk.state.snapshot import Content, Doc


class JournalStorage(Storage):
    """Fulfils TinyDB's `Storage` for any table class; `IndexedTable` uses the finer calls, which cost what a change
    costs.

    Memory changes only after the change is on the disk. Readers take no lock and never wait for a flush; inside a
    transaction its own thread sees what it has changed so far.
    """

    def __init__(self, recovered: Recovered, beside: Beside | None = None) -> None:
        content = recovered.content
        self._tables = {name: TableData(docs) for name, docs in content.tables.items()}
        self._last_ids = dict(content.last_ids)
        self._sequence = content.sequence
        self._beside = beside or Threads()
        self._turn = self._beside.turn()
        self._engine: Engine | None = None
        self._staged: Changes | None = None
        self._owner = 0
        self._depth = 0

    def open_for_writing(
        self, disk: Disk, folder: Path, recovered: Recovered, sealer: Sealer | None, sizes: Sizes, start: Start
    ) -> None:
        """Begin to write. Where the disk refuses, everything can be read, and writing begins when it no longer does.
        Raises StateNotWritten where something is to be erased and is not."""
        engine = Engine(disk, folder, recovered, sealer, self._content, self._turn, self._beside, sizes)
        engine.begin(start)
        self._engine, self._sequence = engine, engine.sequence

    # What TinyDB asks of a storage.

    def read(self) -> dict[str, dict[str, Any]] | None:
        """All tables as a file would hold them, each time anew. O(n): for TinyDB's own use."""
        return {name: {str(number): private(doc) for number, doc in self.docs(name).items()} for name in self.names()}

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Replace everything, in one transaction. Raises StateNotWritten."""
        with self.transaction() as changes:
            for name in dict.fromkeys([*self.names(), *data]):
                change = changes.setdefault(name, TableChange())
                change.clear()
                for number, doc in data.get(name, {}).items():
                    change.put(int(number), doc)

    def close(self) -> None:
        """Let go of the files."""
        with self._turn:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    # What the tables ask.

    def transaction(self) -> Transaction:
        """Everything inside is made durable as one at the end; an exception inside, or a refusal, leaves all as it was.

        One inside another becomes durable with that one; an exception inside takes back its own part alone, should
        somebody between the two catch it. Raises StateNotWritten.
        """
        return Transaction(self)

    def begin(self) -> Changes:
        """Begin a transaction, or a part of the one that this thread is in. `end` must follow."""
        self._turn.acquire()
        if self._staged is None:
            self._staged, self._owner = {}, threading.get_ident()
        self._depth += 1
        return self._staged

    def end(self, failed: BaseException | None) -> None:
        """End what `begin` began. Raises StateNotWritten."""
        try:
            if self._depth == 1 and failed is None and self._staged:
                self._commit(self._staged)
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._staged, self._owner = None, 0
            self._turn.release()

    def names(self) -> list[str]:
        """The tables that hold documents."""
        names = dict.fromkeys([*list(self._tables), *(self._mine() or ())])
        return [name for name in names if self.docs(name)]

    def docs(self, name: str) -> Mapping[int, Doc]:
        """A table's documents by number. Not to be changed; in a transaction a copy."""
        data = self._tables.get(name)
        docs = data.docs if data is not None else {}
        change = (self._mine() or {}).get(name)
        if change is None:
            return docs
        merged = {} if change.cleared else dict(docs)
        for number, doc in change.docs.items():
            if doc is None:
                merged.pop(number, None)
            else:
                merged[number] = doc
        return merged

    def doc(self, name: str, number: int) -> Doc | None:
        """One document, or None."""
        change = (self._mine() or {}).get(name)
        if change is not None:
            if number in change.docs:
                return change.docs[number]
            if change.cleared:
                return None
        data = self._tables.get(name)
        return data.docs.get(number) if data is not None else None

    def candidates(self, name: str, wanted: Wanted) -> list[tuple[int, Doc]] | None:
        """The documents that a look-up may mean, by number; None where no index can tell."""
        data = self._tables.get(name)
        index = data.indexes.get(wanted.field) if data is not None else None
        found = index.candidates(wanted) if index is not None else None
        if data is None or found is None:
            return None
        change = (self._mine() or {}).get(name)
        if change is None:
            return [(number, doc) for number in found if (doc := data.docs.get(number)) is not None]
        staged = sorted({*found, *change.candidates(wanted)})
        return [(number, doc) for number in staged if (doc := self.doc(name, number)) is not None]

    def next_id(self, name: str) -> int:
        """A number that no document of the table has ever had."""
        change = (self._mine() or {}).get(name)
        staged = change.highest if change is not None else 0
        return max(self._last_ids.get(name, 0), staged) + 1

    def index(self, name: str, fields: Iterable[str]) -> None:
        """Keep hash indexes of these fields of a table."""
        with self._turn:
            data = self._tables.setdefault(name, TableData({}))
            for field in fields:
                data.index(field)

    def compact(self, *, erase: bool = False) -> None:
        """Write a snapshot now; with `erase` nothing older is kept. Raises StateNotWritten, and RuntimeError inside a
        transaction, which a snapshot would have to wait for."""
        if self._mine() is not None:
            raise RuntimeError("A snapshot cannot be written inside a transaction.")
        if self._engine is not None:
            self._engine.compact(erase=erase)

    def _mine(self) -> Changes | None:
        return self._staged if self._owner == threading.get_ident() else None

    def _commit(self, changes: Changes) -> None:
        changes = {name: change for name, change in changes.items() if change.cleared or change.docs}
        if not changes:
            return
        if self._engine is None:
            raise StateNotWritten("The state was opened for reading.")
        self._engine.commit(payload_of(changes), lambda: self._content_with(changes))
        self._sequence = self._engine.sequence
        for name, change in changes.items():
            if name not in self._tables:
                self._tables[name] = TableData({})
            self._tables[name] = self._tables[name].after(change)
            self._last_ids[name] = max(self._last_ids.get(name, 0), change.highest)

    def _content(self) -> Content:
        """What a snapshot is made of: the documents are shared, and never change."""
        return Content(
            {name: dict(data.docs) for name, data in self._tables.items()}, dict(self._last_ids), self._sequence
        )

    def _content_with(self, changes: Changes) -> Content:
        content = self._content()
        for name, change in changes.items():
            docs = {} if change.cleared else content.tables.get(name, {})
            for number, doc in change.docs.items():
                if doc is None:
                    docs.pop(number, None)
                else:
                    docs[number] = doc
                content.last_ids[name] = max(content.last_ids.get(name, 0), number)
            content.tables[name] = docs
        return content


class Transaction:
    """The `with` of a transaction."""

    __slots__ = ("_before", "_changes", "_storage")

    def __init__(self, storage: JournalStorage) -> None:
        self._storage = storage

    def __enter__(self) -> Changes:
        self._changes = self._storage.begin()
        self._before = {name: change.copy() for name, change in self._changes.items()}
        return self._changes

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        if error is not None:
            self._changes.clear()
            self._changes.update(self._before)
        self._storage.end(error)


def private(doc: Doc) -> Doc:
    """A copy that its receiver may change: editing what was read must not edit what is kept."""
    return {key: _private(value) if isinstance(value, dict | list) else value for key, value in doc.items()}


def _private(value: Any) -> Any:
    if isinstance(value, dict):
        return private(value)
    return [_private(item) if isinstance(item, dict | list) else item for item in value]
