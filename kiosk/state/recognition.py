"""People as the directory keeps them in memory: found by the hash of what they show, whoever is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
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

    def __init__(self, hashes: Callable[[Document], Collection[str]], person: Callable[[Document], P]) -> None:
        self._hashes = hashes
        self._person = person
        self._found: dict[str, tuple[P, ...]] = {}

    def __call__(self, hashed: str) -> Sequence[P]:
        """Everybody who is found by this hash."""
        return self._found.get(hashed, ())

    def change(self, gone: Iterable[Document], come: Iterable[Document]) -> None:
        """Take in documents, and take out those that have gone or that they replace."""
        old, new = list(gone), list(come)
        for doc in new:
            person = self._person(doc)
            for hashed in self._hashes(doc):
                known = self._found.get(hashed)
                self._found[hashed] = (person,) if known is None else (*_without(known, person), person)
        replaced = {doc.doc_id for doc in old}
        still = {doc.doc_id: self._hashes(doc) for doc in new if doc.doc_id in replaced}
        for doc in old:
            for hashed in self._hashes(doc):
                if hashed not in still.get(doc.doc_id, ()):
                    self._take_out(hashed, self._person(doc))

    def _take_out(self, hashed: str, person: P) -> None:
        if others := _without(self._found.get(hashed, ()), person):
            self._found[hashed] = others
        else:
            self._found.pop(hashed, None)


def _without(people: tuple[P, ...], person: P) -> tuple[P, ...]:
    return tuple(one for one in people if one.id != person.id)
