"""What one transaction changes, in memory and as the payload of a frame."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from operator import index
from typing import Any

from kiosk.state.hash_index import HashIndex, Wanted
from kiosk.state.snapshot import ENCODER, Doc, Tables

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]')
DEEPEST = 100
"""Levels of lists and objects in a document. What reads and copies one goes a few calls deeper with each, and Python
ends that at a thousand: a document must not be acknowledged here and be too deep for whoever reads it there."""


@dataclass(slots=True)
class TableChange:
    """The changes of one table: first everything goes if it is `cleared`, then each document is put, or removed
    (None). `texts` holds the JSON of those that are put; `highest` is the highest number among all that were put or
    removed, whether or not they have been cleared since. `indexes` are those that a look-up within the transaction has
    asked for."""

    cleared: bool = False
    docs: dict[int, Doc | None] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    highest: int = 0
    indexes: dict[str, HashIndex] = field(default_factory=dict)

    def put(self, number: int, doc: Mapping[str, Any]) -> None:
        """Put a document. What is kept is what a file would give back. Raises TypeError or ValueError for what no JSON
        file can hold, or nobody could read again; then nothing has changed."""
        number = int(index(number))  # True is a number too, and would be written as such
        given = dict(doc)
        text = ENCODER.encode(given)
        text.encode()  # a lone surrogate has no UTF-8
        if _is_flat(given):
            kept = given
        elif text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
            raise ValueError(f"Document is nested more than {DEEPEST} levels deep")
        else:
            kept = json.loads(text)
        self._set(number, {sys.intern(key): value for key, value in kept.items()})
        self.texts[number] = text
        self.highest = max(self.highest, number)

    def remove(self, number: int) -> None:
        """Remove a document."""
        number = int(index(number))
        self._set(number, None)
        self.texts.pop(number, None)
        self.highest = max(self.highest, number)

    def clear(self) -> None:
        """Remove every document. The highest number of those that came and go within this change stays on record."""
        self.cleared = True
        self.docs = {self.highest: None} if self.highest else {}
        self.texts = {}
        self.indexes = {}

    def copy(self) -> TableChange:
        """The same changes, to go back to."""
        return TableChange(self.cleared, dict(self.docs), dict(self.texts), self.highest)

    def follow(self, later: TableChange) -> None:
        """Take in what was changed after this."""
        if later.cleared:
            self.clear()
        for number, doc in later.docs.items():
            self._set(number, doc)
            self.texts.pop(number, None)
        self.texts.update(later.texts)
        self.highest = max(self.highest, later.highest)

    def candidates(self, wanted: Wanted) -> Collection[int]:
        """The documents among the changed ones that a look-up may mean, by number. Not all of them: a transaction that
        looks up before each of a thousand changes would look at a million."""
        known = self.indexes.get(wanted.field)
        if known is None:
            known = self.indexes[wanted.field] = HashIndex(wanted.field)
            known.fill({number: doc for number, doc in self.docs.items() if doc is not None})
        found = known.candidates(wanted)
        return self.docs if found is None else found

    def _set(self, number: int, doc: Doc | None) -> None:
        old = self.docs.get(number)
        for known in self.indexes.values():
            if doc is not None:
                known.add(number, doc)
            if old is not None:
                known.discard(number, old, doc)
        self.docs[number] = doc


def _depth(text: str) -> int:
    """How deep valid JSON is nested."""
    deepest = depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(bracket, 0)
        deepest = max(deepest, depth)
    return deepest


Changes = dict[str, TableChange]

_PLAIN = frozenset({str, int, float, bool, type(None)})


def _is_flat(doc: Mapping[str, Any]) -> bool:
    """Whether a file would give back exactly this, so that it need not be asked. A file knows no enum and no key but a
    text, so these very types are meant and none derived from them."""
    return _PLAIN.issuperset(map(type, doc.values())) and all(type(key) is str for key in doc)


def payload_of(changes: Changes) -> bytes:
    """The changes as a JSON list of `[table, id, document or null]`; `[table, null, null]` clears the table."""
    parts = []
    for name, change in changes.items():
        table = ENCODER.encode(name)
        if change.cleared:
            parts.append(f"[{table},null,null]")
        parts += [f"[{table},{number},{change.texts.get(number, 'null')}]" for number in change.docs]
    return f"[{','.join(parts)}]".encode()


NOTHING = payload_of({})
"""The payload of a transaction that changes nothing."""


def replay(payload: bytes, tables: Tables, last_ids: dict[str, int]) -> None:
    """Carry out a payload that was read back. Raises ValueError, KeyError or TypeError for one that is none."""
    for name, number, doc in json.loads(payload):
        docs = tables.setdefault(name, {})
        if number is None:
            docs.clear()
            continue
        last_ids[name] = max(last_ids.get(name, 0), number)
        if doc is None:
            docs.pop(number, None)
        else:
            docs[number] = doc
