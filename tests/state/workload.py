"""What a kiosk might ask of its store, drawn from a seed and carried out on a plain dict as well."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tinydb import where
from tinydb.table import Document

from kiosk.state.database import Database
from kiosk.state.snapshot import Doc
from tests.state.promise import Promise, Tables, copy_of

TABLES = ("events", "people", "stays")
TAGS = ("a", "b", "c")
_MANY = 12
"""Documents in a table beyond which more are removed than come."""


@dataclass(slots=True)
class Workload:
    """Draws transactions. `serial` is in every document that was ever put: no two are alike."""

    draws: Random
    huge_bytes: int
    serial: int = 0

    def doc(self) -> Doc:
        """A document like no other."""
        self.serial += 1
        size = self.huge_bytes if self.draws.random() < 0.04 else self.draws.choice((0, 20, 200))
        return {"n": self.serial, "tag": self.draws.choice(TAGS), "pad": "x" * size}

    def transact(self, database: Database, promise: Promise) -> Tables:
        """A few calls inside a transaction that is open already. Answers what there is if it succeeds."""
        after = copy_of(promise.shown)
        for _ in range(self.draws.choice((1, 1, 1, 2, 3))):
            self._call(database, promise, after)
        return {name: docs for name, docs in sorted(after.items()) if docs}

    def _call(self, database: Database, promise: Promise, after: Tables) -> None:
        name = self.draws.choice(TABLES)
        table, docs = database.table(name), after.setdefault(name, {})
        kinds = ("remove", "remove", "remove", "truncate", "update") if len(docs) > _MANY else ("insert",) * 4
        kind = self.draws.choice((*kinds, "update", "upsert", "replace", "remove"))
        tag = self.draws.choice(TAGS)
        some = self.draws.sample(sorted(docs), min(len(docs), 3))
        if kind == "insert":
            new = [self.doc() for _ in range(self.draws.choice((1, 1, 3)))]
            numbers = table.insert_multiple(new)
            assert min(numbers) > promise.highest.get(name, 0), f"{name} gives a number again: {numbers}"
            docs.update(zip(numbers, new, strict=True))
        elif kind == "update":
            change = {"seen": self.doc()["n"]}
            table.update(change, where("tag") == tag)
            docs.update({number: {**doc, **change} for number, doc in docs.items() if doc["tag"] == tag})
        elif kind == "upsert":
            new_doc = self.doc()
            for number in table.upsert(new_doc, where("n") == (docs[some[0]]["n"] if some else 0)):
                docs[number] = {**docs.get(number, {}), **new_doc}
        elif kind == "replace" and some:
            new_doc = self.doc()
            table.upsert(Document(new_doc, doc_id=some[0]))
            docs[some[0]] = {**docs[some[0]], **new_doc}
        elif kind == "remove":
            table.remove(doc_ids=some)
            for number in some:
                del docs[number]
        elif kind == "truncate":
            table.truncate()
            docs.clear()
