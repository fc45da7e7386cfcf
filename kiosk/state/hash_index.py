"""Hash indexes of documents' fields: what makes a look-up cost the same among ten and among a hundred thousand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.state.snapshot import Doc


@dataclass(frozen=True, slots=True)
class Wanted:
    """A look-up: documents whose field has one of these values, or, `among_items`, has it in its list."""

    field: str
    values: Collection[object]
    among_items: bool


class HashIndex:
    """Which documents have a value in a field; for a list, which have it among its items.

    Documents whose value is neither plain nor a list of plain values are candidates for every look-up, so that a
    look-up may find too many and never too few: the caller checks.
    """

    def __init__(self, field: str) -> None:
        self.field = field
        self._found: dict[object, int | set[int]] = {}
        self._odd: set[int] = set()
        self._strings = 0

    def candidates(self, wanted: Wanted) -> list[int] | None:
        """The documents that may be meant, by number; None where this index cannot tell."""
        if wanted.among_items and self._strings:
            return None  # TinyDB then looks among the letters of a text
        found = set(self._odd)
        for value in wanted.values:
            held = self._found.get(value)
            if isinstance(held, int):
                found.add(held)
            elif held is not None:
                found |= held
        return sorted(found)

    def fill(self, docs: Mapping[int, Doc]) -> None:
        """Take many documents in. A start waits for it, so texts that no other document has, as nearly all are, take a
        short way."""
        field, found = self.field, self._found
        for number, doc in docs.items():
            value = doc.get(field)
            if isinstance(value, str) and found.setdefault(value, number) == number:
                self._strings += 1
            else:
                self.add(number, doc)

    def add(self, number: int, doc: Doc) -> None:
        """Take a document in."""
        values = self._values(doc)
        self._strings += isinstance(doc.get(self.field), str)
        if values is None:
            self._odd.add(number)
            return
        for value in values:
            held = self._found.get(value)
            if held is None:
                self._found[value] = number
            elif isinstance(held, int):
                if held != number:
                    self._found[value] = {held, number}
            else:
                held.add(number)

    def discard(self, number: int, old: Doc, new: Doc | None) -> None:
        """Take out what a document had and what took its place, already added, has not. What both have stays findable
        all the while."""
        before, after = self._values(old), self._values(new) if new is not None else []
        self._strings -= isinstance(old.get(self.field), str)
        if before is None:
            if after is not None:
                self._odd.discard(number)
            return
        for value in before:
            if after is None or value not in after:
                self._take_out(number, value)

    def _take_out(self, number: int, value: object) -> None:
        held = self._found.get(value)
        if isinstance(held, set):
            held.discard(number)
            if not held:
                del self._found[value]
        elif held == number:
            del self._found[value]

    def _values(self, doc: Doc) -> list[Any] | None:
        if self.field not in doc:
            return []
        value = doc[self.field]
        if isinstance(value, list):
            return None if any(isinstance(one, dict | list) for one in value) else value
        return None if isinstance(value, dict) else [value]
