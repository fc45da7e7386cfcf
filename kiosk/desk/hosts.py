"""Hosts: the members and companies whom a visitor may name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.desk.people import PersonId

MOST_HOSTS = 8
"""Hosts that are offered at once; who is not among them is found by typing more of the name."""

FEWEST_LETTERS = 2
"""Fewer typed letters would list the house."""


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who can be visited.

    Attributes:
        id: The coworker record, of a member or of a company.
        name: Clean text for the screen.
        company: Whom they work for, clean; empty for a company itself and for who names none.
    """

    id: PersonId
    name: str
    company: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.company})" if self.company else self.name


def matching(hosts: Iterable[Host], typed: str) -> Sequence[Host]:
    """The hosts meant by `typed`, by name, at most `MOST_HOSTS`.

    Each typed word must begin a word of the host's name or company, in any order, without regard to case and accents.
    Somebody of exactly the typed name is meant alone.
    """
    wanted = _words(typed)
    if sum(len(word) for word in wanted) < FEWEST_LETTERS:
        return []
    found = [host for host in hosts if _is_meant(host, wanted)]
    exact = [host for host in found if sorted(_words(host.name)) == sorted(wanted)]
    return sorted(exact or found, key=lambda host: (_plain(host.name), host.id.number))[:MOST_HOSTS]


def _is_meant(host: Host, wanted: Sequence[str]) -> bool:
    words = _words(f"{host.name} {host.company}")
    return all(any(word.startswith(one) for word in words) for one in wanted)


def _words(text: str) -> list[str]:
    return _plain(text).split()


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
