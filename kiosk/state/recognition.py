"""People as the directory keeps them in memory: found by the hash of what they show, whoever is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from tinydb.table import Document

from kiosk.desk.people import Member, Visitor

P = TypeVar("P", bound=Member | Visitor)


class Recognition(Generic[P]):
    """People by hash. Changed by one thread at a time and read from any: what a reader gets is never changed
    afterwards, and somebody who stays is found at every moment.

    Args:
        hashes: What a person of the file is found by.
        person: The person of a document of the file.
    """

    def __init__(self, hashes: Callable[[Document], Iterable[str]], person: Callable[[Document], P]) -> None:
        self._hashes = hashes
        self._person = person
        self._found: dict[str, tuple[P, ...]] = {}

    def __call__(self, hashed: str) -> Sequence[P]:
        """Everybody who is found by this hash."""
        return self._found.get(hashed, ())

    def change(self, gone: Iterable[Document], come: Iterable[Document]) -> None:
        """Take in documents, and take out those that have gone or that they replace."""
        old, new = list(map(self._entry, gone)), list(map(self._entry, come))
        for hashes, person in new:
            for hashed in hashes:
                others = self._others(hashed, person)
                self._found[hashed] = (*others, person)
        fresh = {person.id: hashes for hashes, person in new}
        for hashes, person in old:
            for hashed in hashes - fresh.get(person.id, frozenset()):
                if others := self._others(hashed, person):
                    self._found[hashed] = others
                else:
                    self._found.pop(hashed, None)

    def _entry(self, doc: Document) -> tuple[frozenset[str], P]:
        return frozenset(self._hashes(doc)), self._person(doc)

    def _others(self, hashed: str, person: P) -> tuple[P, ...]:
        return tuple(one for one in self._found.get(hashed, ()) if one.id != person.id)
