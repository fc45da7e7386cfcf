"""The people a kiosk knows: members of the space, and visitors with an invitation."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PersonKind(StrEnum):
    """Which of the two lists of Nexudus a person stands in, if they stand in one yet."""

    MEMBER = "member"
    VISITOR = "visitor"
    WALK_IN = "walk-in"
    """A visitor who registered here and of whom Nexudus has no record yet. The number is that of the event."""

    @property
    def listed(self) -> PersonKind:
        """Whose list in Nexudus tells whether such a person is in."""
        return PersonKind.VISITOR if self is PersonKind.WALK_IN else self


@dataclass(frozen=True, slots=True)
class PersonId:
    """Names one person: the list and the number Nexudus gave. Ids may be logged; names may not."""

    kind: PersonKind
    number: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.number}"

    @classmethod
    def parse(cls, text: str) -> PersonId:
        """The inverse of `str()`. Raises ValueError for anything else."""
        kind, _, number = text.partition(":")
        return cls(PersonKind(kind), int(number))


class Approval(StrEnum):
    """What the host has said to a visit (contract 3.2, `HostApprovalStatus`)."""

    NOT_REQUIRED = "not-required"
    REQUESTED = "requested"
    """The host has been asked and has not answered."""
    REJECTED = "rejected"
    HOLD = "hold"
    """Accepted; the host comes and collects the visitor."""
    GRANT = "grant"
    """Accepted; the visitor goes to the host."""


class Consent(StrEnum):
    """Whether a visitor has agreed to the location's terms."""

    PENDING = "pending"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the space. `name` is clean text for the screen."""

    id: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """One visit somebody was invited to: in Nexudus every invitation is a visitor record of its own.

    Attributes:
        id: The visitor record.
        name: Clean text for the screen.
        host: Whom they visit, clean; empty when nobody is named.
        expected: When, in UTC; None if no time was given.
        approval: What the host has said.
        departed: When this visit ended, in UTC; None while it has not.
        consent: Whether the visitor has agreed to the terms.
        where: Where the host is to be found, clean; empty where that is not known.
        elsewhere: The name of the location if the visit is at another one; empty for a visit here.
    """

    id: PersonId
    name: str
    host: str = ""
    expected: datetime | None = None
    approval: Approval = Approval.NOT_REQUIRED
    departed: datetime | None = None
    consent: Consent = Consent.PENDING
    where: str = ""
    elsewhere: str = ""


OTHER_INITIAL = "#"
"""The key for a surname that begins with no letter from A to Z."""

_BASES = {"Đ": "D", "Ð": "D", "Ħ": "H", "Ø": "O", "Ł": "L", "Ŧ": "T", "Æ": "A", "Œ": "O", "Þ": "T", "ẞ": "S"}


def initials(name: str) -> tuple[str, ...]:
    """The first letters of the words of a name, as a keyboard from A to Z has them, the last word first.

    Accents are dropped (É is E, Đ is D), and what has no Latin base letter becomes `OTHER_INITIAL`. The surname is the
    last word for most people here and the first for many elsewhere, so a caller tries the first item, then the rest.
    """
    found = []
    for word in reversed(name.split()):
        letters = [char for char in word if char.isalpha()]
        if letters:
            base = unicodedata.normalize("NFKD", letters[0])[0].upper()
            base = _BASES.get(base, base)
            found.append(base if "A" <= base <= "Z" and len(base) == 1 else OTHER_INITIAL)
    return tuple(found) or (OTHER_INITIAL,)
