"""What one transaction changes, in memory and as the payload of a frame."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.state.snapshot import ENCODER, Doc, Tables


@dataclass(slots=True)
class TableChange:
    """The changes of one table: first everything goes if it is `cleared`, then each document is put, or removed
    (None). `texts` holds the JSON of those that are put."""

    cleared: bool = False
    docs: dict[int, Doc | None] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def put(self, number: int, doc: Mapping[str, Any]) -> None:
        """Put a document. What is kept is what a file would give back. Raises TypeError or ValueError for what no JSON
        file can hold; then nothing has changed."""
        text = ENCODER.encode(dict(doc))
        text.encode()  # a lone surrogate has no UTF-8
        self.docs[number] = {sys.intern(key): value for key, value in json.loads(text).items()}
        self.texts[number] = text

    def remove(self, number: int) -> None:
        """Remove a document."""
        self.docs[number] = None
        self.texts.pop(number, None)

    def copy(self) -> TableChange:
        """The same changes, to go back to."""
        return TableChange(self.cleared, dict(self.docs), dict(self.texts))

    def clear(self) -> None:
        """Remove every document."""
        self.cleared = True
        self.docs.clear()
        self.texts.clear()


Changes = dict[str, TableChange]


def payload_of(changes: Changes) -> bytes:
    """The changes as a JSON list of `[table, id, document or null]`; `[table, null, null]` clears the table."""
    parts = []
    for name, change in changes.items():
        table = ENCODER.encode(name)
        if change.cleared:
            parts.append(f"[{table},null,null]")
        parts += [f"[{table},{number},{change.texts.get(number, 'null')}]" for number in change.docs]
    return f"[{','.join(parts)}]".encode()


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
