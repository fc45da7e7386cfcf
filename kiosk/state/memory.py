"""The tables in memory, with their hash indexes. A document is never changed, only replaced, so whoever holds one, a
snapshot that is being written or another thread, holds it as it was."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.state.changes import TableChange
from kiosk.state.hash_index import HashIndex
from kiosk.state.snapshot import Doc


class TableData:
    """One table."""

    def __init__(self, docs: dict[int, Doc], fields: Iterable[str] = ()) -> None:
        self.docs = docs
        self.indexes: dict[str, HashIndex] = {}
        for field in fields:
            self.index(field)

    def index(self, field: str) -> None:
        """Index a field from now on."""
        if field not in self.indexes:
            made = HashIndex(field)
            made.fill(self.docs)
            self.indexes[field] = made

    def after(self, change: TableChange) -> TableData:
        """The table after a change that is on the disk already. It must not fail, and does nothing that could.

        Another thread may be reading meanwhile, with no lock: a table that is cleared is replaced as a whole, and a
        document that changes is found at every moment, as it was or as it is.
        """
        table = TableData({}, self.indexes) if change.cleared else self
        for number, doc in change.docs.items():
            table._set(number, doc)
        return table

    def _set(self, number: int, doc: Doc | None) -> None:
        old = self.docs.get(number)
        if doc is not None:
            for index in self.indexes.values():
                index.add(number, doc)
            self.docs[number] = doc
        elif old is not None:
            del self.docs[number]
        if old is not None:
            for index in self.indexes.values():
                index.discard(number, old, doc)
