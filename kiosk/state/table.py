"""TinyDB's table with hash indexes, at the cost of what is changed.

TinyDB's own class copies all documents at each write and looks at all of them at each search. This one keeps to its
documented interface: the same calls, the same answers, the same `Query`. Two things differ. A number is never given
twice, also not after a restart; and what an indexed search finds comes in the order of the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, cast

from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from kiosk.state.changes import TableChange
from kiosk.state.hash_index import Wanted
from kiosk.state.journal_storage import JournalStorage, private
from kiosk.state.snapshot import RESERVED, Doc

Fields = Mapping[Any, Any] | Callable[[MutableMapping[Any, Any]], None]


class IndexedTable(Table):
    """A table over a `JournalStorage`. Every write raises StateNotWritten where the disk refuses; then nothing has
    changed."""

    def __init__(self, storage: JournalStorage, name: str, **_: object) -> None:
        if name in RESERVED:
            raise ValueError(f"A table cannot be called {name}: the store keeps its own there")
        super().__init__(storage, name, cache_size=0)
        self._kept = storage

    def index(self, *fields: str) -> IndexedTable:
        """Keep hash indexes of these fields: `where(field) == value` and `where(field).any(values)` then look up
        instead of looking at every document. Answers the table itself."""
        self._kept.index(self.name, fields)
        return self

    # Reading.

    def __len__(self) -> int:
        return len(self._kept.docs(self.name))

    def numbers(self) -> list[int]:
        """The numbers of all documents, without the documents, which would have to be copied."""
        return list(self._kept.docs(self.name))

    def __iter__(self) -> Iterator[Document]:
        return iter([_document(number, doc) for number, doc in list(self._kept.docs(self.name).items())])

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents that match."""
        return [_document(number, doc) for number, doc in self._matching(cond)]

    def get(self, cond: QueryLike | None = None, doc_id: int | None = None, doc_ids: list[int] | None = None) -> Any:
        """One document by condition or number, or None; with `doc_ids` a list of those that are there."""
        if doc_id is not None:
            doc = self._kept.doc(self.name, doc_id)
            return None if doc is None else _document(doc_id, doc)
        if doc_ids is not None:
            meant = set(doc_ids)
            docs = list(self._kept.docs(self.name).items())
            return [_document(number, doc) for number, doc in docs if number in meant]
        if cond is not None:
            found = next(self._matching(cond), None)
            return None if found is None else _document(*found)
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    # Writing.

    def insert(self, document: Mapping[str, Any]) -> int:
        """Add a document; answers its number."""
        return self.insert_multiple([document])[0]

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Add documents, all or none; answers their numbers. Those that bring none get the ones that follow the highest
        number ever given before, leaving out those that others of the batch have brought."""
        numbers = []
        with self._changing() as change:
            following = self._kept.next_id(self.name)
            for document in documents:
                if not isinstance(document, Mapping):
                    raise ValueError("Document is not a Mapping")
                if isinstance(document, Document):
                    number = document.doc_id
                    if number in change.docs or self._kept.doc(self.name, number) is not None:
                        raise ValueError(f"Document with ID {number} already exists")
                else:
                    while following in change.docs:
                        following += 1
                    number = following
                change.put(number, document)
                numbers.append(number)
        return numbers

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Change documents: those of `doc_ids`, else those that match, else all. Answers their numbers."""
        numbers = []
        with self._changing() as change:
            for number, doc in self._chosen(cond, doc_ids):
                before = change.docs.get(number)  # a number that is named twice is changed twice
                change.put(number, _updated(doc if before is None else before, fields))
                numbers.append(number)
        return numbers

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> list[int]:
        """Several updates, one after the other on each document, all or none."""
        pairs = list(updates)
        numbers = []
        with self._changing() as change:
            for number, before in list(self._kept.docs(self.name).items()):
                doc = before
                for fields, cond in pairs:
                    if cond(doc):
                        doc = _updated(doc, fields)
                        numbers.append(number)
                if doc is not before:
                    change.put(number, doc)
        return numbers

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update what matches, or what has the document's number, else insert it."""
        if isinstance(document, Document):
            with self._changing() as change:
                known = self._kept.doc(self.name, document.doc_id)
                change.put(document.doc_id, _updated(known, document) if known is not None else document)
            return [document.doc_id]
        if cond is None:
            raise ValueError(
                "If you don't specify a search query, you must specify a doc_id. Hint: use a table.Document object."
            )
        with self._changing():
            return self.update(document, cond) or [self.insert(document)]

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """Remove documents by number or condition; answers their numbers."""
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        numbers = []
        with self._changing() as change:
            for number, _ in self._chosen(cond, doc_ids):
                if number not in change.docs:
                    change.remove(number)
                    numbers.append(number)
        return numbers

    def truncate(self) -> None:
        """Remove every document."""
        with self._changing() as change:
            change.clear()

    # How.

    def _changing(self) -> _Changing:
        return _Changing(self._kept, self.name)

    def _chosen(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> list[tuple[int, Doc]]:
        if doc_ids is not None:
            found = [(number, self._kept.doc(self.name, number)) for number in doc_ids]
            return [(number, doc) for number, doc in found if doc is not None]
        if cond is not None:
            return list(self._matching(cond))
        return list(self._kept.docs(self.name).items())

    def _matching(self, cond: QueryLike) -> Iterator[tuple[int, Doc]]:
        wanted = _looked_for(cond)
        found = self._kept.candidates(self.name, wanted) if wanted is not None else None
        if found is None:
            found = list(self._kept.docs(self.name).items())
        return ((number, doc) for number, doc in found if cond(doc))

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return {str(number): private(doc) for number, doc in self._kept.docs(self.name).items()}

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        """For what of TinyDB's class is not overridden here; O(n)."""
        with self._changing() as change:
            draft: dict[int, Mapping[str, Any]] = {
                number: private(doc) for number, doc in self._kept.docs(self.name).items()
            }
            updater(draft)
            change.clear()
            for number, doc in draft.items():
                change.put(number, doc)


class _Changing:
    """The changes of one table inside a transaction: one call changes all that it means to, or nothing, also for
    whoever catches its exception and goes on with a transaction around this one."""

    __slots__ = ("_change", "_changes", "_name", "_storage")

    def __init__(self, storage: JournalStorage, name: str) -> None:
        self._storage = storage
        self._name = name

    def __enter__(self) -> TableChange:
        self._changes = self._storage.begin()
        self._change = TableChange()
        return self._change

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        if error is None:
            before = self._changes.setdefault(self._name, self._change)
            if before is not self._change:
                before.follow(self._change)
        self._storage.end(error)


def _document(number: int, doc: Doc) -> Document:
    return Document(private(doc), number)


def _updated(doc: Doc, fields: Fields) -> Doc:
    changed = private(doc)
    if callable(fields):
        fields(changed)
    else:
        changed.update(fields)
    return changed


def _looked_for(cond: QueryLike) -> Wanted | None:
    """What a condition asks for, if an index may know.

    TinyDB describes a condition in what it hashes: `("==", ("field",), value)`. A condition of any other shape is
    simply tried on every document, so this can cost time and never an answer.
    """
    shape = getattr(cond, "_hash", None)
    if not isinstance(shape, tuple) or len(shape) != 3:
        return None
    operator, path, value = cast("tuple[object, object, object]", shape)
    if not isinstance(path, tuple) or len(path) != 1 or not isinstance(path[0], str):
        return None
    if operator == "==" and isinstance(value, str | int | float | None):
        return Wanted(path[0], (value,), among_items=False)
    if operator == "any" and isinstance(value, tuple | frozenset):
        return Wanted(path[0], value, among_items=True)
    return None
