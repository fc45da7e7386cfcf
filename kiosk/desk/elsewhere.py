"""Who has come or gone by another way than this kiosk while somebody stands before it: by an automation tile, say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kiosk.desk.events import Stay
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import PersonId, PersonKind


@dataclass(frozen=True, slots=True)
class Tiles:
    """The location's automation tiles: scanned with a phone, Passport opens and Nexudus checks its member in or out.

    Attributes:
        check_in: The address behind the tile that checks in; empty where there is none.
        check_out: The same of the one that checks out.
        watch_seconds: How long it is looked for whoever has used one.
    """

    check_in: str = ""
    check_out: str = ""
    watch_seconds: float = 40.0

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self.check_in or self.check_out)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One look at the members.

    Attributes:
        inside: Who is in.
        outcomes: What to say to those who came or went since the look before.
    """

    inside: frozenset[PersonId]
    outcomes: tuple[Outcome, ...] = ()


def seen_elsewhere(
    before: Elsewhere | None,
    stays: Iterable[Stay],
    name_of: Callable[[PersonId], str],
    left_here: Callable[[PersonId], bool],
) -> Elsewhere:
    """Compare who is in now with a look before; without one there is nothing to say.

    Args:
        before: The look before.
        stays: Who is in now.
        name_of: A member's name; empty where it is not known here, and then they are not greeted.
        left_here: Whether somebody's last word at this kiosk was that they leave.
    """
    here = {stay.person: stay for stay in stays if stay.person.kind is PersonKind.MEMBER}
    inside = frozenset(here)
    if before is None:
        return Elsewhere(inside)
    confirmed = Word(Standing.CONFIRMED)
    came = [person for person in inside - before.inside if here[person].event is None]
    went = [person for person in before.inside - inside if not left_here(person)]
    told = [(OutcomeKind.WELCOME, person) for person in sorted(came, key=str)]
    told += [(OutcomeKind.GOODBYE, person) for person in sorted(went, key=str)]
    outcomes = [
        Outcome(kind, name=name, person=PersonKind.MEMBER, word=confirmed)
        for kind, person in told
        if (name := name_of(person))
    ]
    return Elsewhere(inside, tuple(outcomes))
