"""A database that is TinyDB's own or the journalled one, for tests of what holds for both."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from kiosk.state.database import open_database

PEOPLE = "people"
INDEXED = ("name", "age", "tags", "home")


class Kind(StrEnum):
    """Which database, and whether the fields that the tests ask for are indexed."""

    TINYDB = "TinyDB"
    JOURNALLED = "journalled"
    WITH_INDEXES = "journalled, with indexes"


@contextlib.contextmanager
def opened(kind: Kind, folder: Path) -> Iterator[TinyDB]:
    """An empty database. At the end the journalled one must hold after a restart what it held before."""
    if kind is Kind.TINYDB:
        with TinyDB(folder / "stock.json") as stock:
            yield stock
        return
    with open_database(folder / "journalled") as ours:
        if kind is Kind.WITH_INDEXES:
            ours.table(PEOPLE).index(*INDEXED)
        yield ours
        before = everything(ours)
    with open_database(folder / "journalled") as again:
        assert (again.damage, everything(again)) == ((), before)


def everything(database: TinyDB) -> dict[str, list[tuple[int, Mapping[str, Any]]]]:
    """All tables that hold documents."""
    return {name: numbered(database.table(name)) for name in sorted(database.tables())}


def numbered(documents: Table | list[Document]) -> list[tuple[int, Mapping[str, Any]]]:
    """Documents with their numbers, which their equality leaves out."""
    return [(document.doc_id, document) for document in documents]
