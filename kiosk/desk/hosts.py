"""Hosts: the members and companies whom a visitor may name, and how far the kiosk shows who belongs to the house."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.desk.folding import fold, joined
from kiosk.desk.people import PersonId

PAGE_SIZE = 5
"""Hosts that are offered at once: as many large rows as fit on the smallest screen."""

FEWEST_LETTERS = 3
"""Fewer typed letters would list the house. One is enough in scripts where a character is a word."""

MOST_FOUND = 25
"""Hosts that a search shows on all its pages; who is not among them is found by typing more of the name."""


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


class HostChoice(StrEnum):
    """How much of the house a stranger at the kiosk may see."""

    SEARCH = "search"
    """Whoever is found by some letters of the name or company."""
    FULL_NAME = "full-name"
    """Nobody, until a whole name or company has been typed."""
    LIST = "list"
    """Everybody, page by page, also before anything is typed."""


@dataclass(frozen=True, slots=True)
class HostRules:
    """Who can be visited, and how they are found.

    Attributes:
        choice: How much is shown.
        allowed: Names of members and companies; if there are any, nobody else is offered. A company stands for all who
            work there.
        denied: Names of members and companies that are never offered; they go before `allowed`.
    """

    choice: HostChoice = HostChoice.SEARCH
    allowed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()

    def sieve(self) -> Callable[[str, str], bool]:
        """Whether somebody may be offered whose name and company are these, folded."""
        allowed, denied = _folded(self.allowed), _folded(self.denied)

        def admits(name: str, company: str) -> bool:
            if name in denied or company in denied:
                return False
            return not allowed or name in allowed or company in allowed

        return admits


class HostHint(StrEnum):
    """What somebody who looks for a host can do next."""

    CHOOSE = "choose"
    TYPE_ON = "type-on"
    """Too little was typed to show anybody, or there are more than are shown."""
    NOBODY = "nobody"
    """Nobody who can be visited is meant by that."""


@dataclass(frozen=True, slots=True)
class HostPage:
    """Some of the hosts that are meant by what was typed, the best match first.

    Attributes:
        hosts: At most `PAGE_SIZE`.
        page: Which page this is, from 0.
        pages: How many there are; 0 where nobody is shown.
        hint: What to do next.
        meant: The one who is meant, where there can be no doubt: the only one whose words begin so, or of that name.
    """

    hosts: tuple[Host, ...] = ()
    page: int = 0
    pages: int = 0
    hint: HostHint = HostHint.NOBODY
    meant: Host | None = None


def _folded(names: Sequence[str]) -> set[str]:
    """Folded names, without those of which nothing is left: they would stand for whoever has no company."""
    return {joined(fold(name)) for name in names} - {""}


def names_of(hosts: Sequence[Host]) -> str:
    """Hosts in one line."""
    return "; ".join(map(str, hosts))
