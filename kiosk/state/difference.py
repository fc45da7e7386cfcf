"""What makes one list out of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tinydb.table import Document


@dataclass(frozen=True, slots=True)
class Difference:
    """What makes one list out of another: a sync of thousands of people mostly changes a few.

    Attributes:
        gone: Who is no longer listed, and what has changed as it was.
        come: Who is new, and what has changed as it is.
    """

    gone: Sequence[Document]
    come: Sequence[Document]

    @classmethod
    def to(cls, known: Mapping[int, Document], listed: Iterable[Document], *, whole: bool) -> Difference:
        """From what is known to what was listed. Who is not listed has gone if that is the whole list."""
        wanted = {doc.doc_id: doc for doc in listed}
        come = [doc for number, doc in wanted.items() if known.get(number) != doc]
        gone = [known[doc.doc_id] for doc in come if doc.doc_id in known]
        if whole:
            gone += [doc for number, doc in known.items() if number not in wanted]
        return cls(gone, come)
