"""How often a guess is right. A PIN alone both names and proves a person, so where many have short ones, nearly every
guesser gets in: there the kiosk asks for one letter more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.desk.credentials import Code, Via

PinLengths = Mapping[int, int]
"""How many members have a PIN of so many digits, by that number."""

NO_PINS: PinLengths = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Crowd:
    """The members whose PINs have one length, where they are too many for it."""

    digits: int
    members: int

    @property
    def one_in(self) -> int:
        """One guess in so many hits somebody."""
        return max(1, int(10**self.digits // self.members))


def digits_of(code: str) -> int:
    """How many digits a code has that is made of nothing else; 0 for any other."""
    return len(code) if code.isascii() and code.isdigit() else 0


def crowds(lengths: PinLengths, limit: float) -> tuple[Crowd, ...]:
    """The lengths of which a random guess hits somebody more often than `limit`, shortest first."""
    return tuple(Crowd(digits, lengths[digits]) for digits in sorted(lengths) if _crowded(digits, lengths, limit))


def asks_initial(code: Code, lengths: PinLengths, limit: float) -> bool:
    """Whether the first letter of the surname is asked for besides this code.

    It depends on the form of the code alone, not on whether anybody has it: the question must tell a guesser nothing.
    A picture or a badge is never a member's PIN, and a GUID is not guessed.
    """
    if code.via in (Via.CAMERA, Via.BADGE) or code.unique_id is not None:
        return False
    return _crowded(digits_of(code.text), lengths, limit)


def warning(lengths: PinLengths, limit: float) -> str | None:
    """What staff should know about the PINs, in sentences; None where they are long enough."""
    found = crowds(lengths, limit)
    if not found:
        return None
    facts = "; ".join(_fact(crowd) for crowd in found)
    asked = " or ".join(str(crowd.digits) for crowd in found)
    enough = _enough(sum(lengths.values()), limit)
    return (
        f"PINs are easily guessed here: {facts}. After every typed code of {asked} digits the kiosk therefore asks for "
        f"the first letter of the surname as well. Give members PINs of {enough} or more digits in Nexudus, and it "
        f"stops asking."
    )


def _crowded(digits: int, lengths: PinLengths, limit: float) -> bool:
    return digits > 0 and lengths.get(digits, 0) / 10**digits > limit


def _fact(crowd: Crowd) -> str:
    have = "1 member has a PIN" if crowd.members == 1 else f"{crowd.members} members have PINs"
    return f"{have} of {crowd.digits} digits, where one guess in {crowd.one_in} hits somebody"


def _enough(members: int, limit: float) -> int:
    """The fewest digits that would do if everybody had so many."""
    digits = 1
    while members / 10**digits > limit:
        digits += 1
    return digits
