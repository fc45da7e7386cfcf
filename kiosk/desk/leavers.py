"""Visitors who leave without a code: found by name among those who are in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kiosk.desk.folding import fold, is_wordlike
from kiosk.desk.hosts import FEWEST_LETTERS, PAGE_SIZE
from kiosk.desk.people import PersonId


@dataclass(frozen=True, slots=True)
class Leaver:
    """A visitor who is in.

    Attributes:
        person: Who.
        name: Their whole name. Not to be shown: others may look on.
    """

    person: PersonId
    name: str = field(repr=False)

    @property
    def shown(self) -> str:
        """First name and initial, `Grace H.`: enough for themselves to know, and little for others."""
        words = self.name.split()
        return f"{words[0]} {words[-1][0]}." if len(words) > 1 else self.name


def leaving(present: Iterable[Leaver], typed: str) -> Sequence[Leaver]:
    """Who is meant by what was typed: every word of it begins a word of the name. At most `PAGE_SIZE`, in the order of
    what is shown, and nobody before the third letter; one character will do in scripts where it is a word."""
    wanted = fold(typed)
    if not wanted or (sum(map(len, wanted)) < FEWEST_LETTERS and not is_wordlike(typed)):
        return []
    found = [one for one in present if _is_meant(one.name, wanted)]
    return sorted(found, key=lambda one: (fold(one.shown), one.person.number))[:PAGE_SIZE]


def _is_meant(name: str, wanted: Sequence[str]) -> bool:
    words = fold(name)
    return all(any(word.startswith(one) or (is_wordlike(one) and one in word) for word in words) for one in wanted)
