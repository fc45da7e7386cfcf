"""Choices that look random and are the same in every run."""

from __future__ import annotations

import hashlib

_SEED = "harbour works 1"
_SHORT_DIGITS = 5
_SHORT_PINS = 60
_CROWD_DIGITS = 6
_VISITOR_DIGITS = 6


def draw(what: str, choices: int) -> int:
    """A number from 0 to `choices` - 1 that depends on `what` alone."""
    digest = hashlib.blake2b(f"{_SEED}/{what}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % choices


def pin(number: int, members: int) -> str:
    """The PIN of member `number` of `members`: no two are alike, and some begin with zeros.

    The first sixty have five digits, and the crowd six, or as many as it takes: no length has so many members that
    more than one guess in a thousand is right, since the kiosk would then ask everybody for a letter.
    """
    return _code(number, _SHORT_DIGITS if number < _SHORT_PINS else _crowd_digits(members))


def _crowd_digits(members: int) -> int:
    digits = _CROWD_DIGITS
    while members * 1000 > 10**digits:
        digits += 1
    return digits


def visitor_code(number: int, members: int) -> str:
    """The code of visitor `number`: six digits that are no other visitor's and no member's PIN."""
    return _code(members + number, _VISITOR_DIGITS)


def _code(number: int, digits: int) -> str:
    """The `number`th of all codes, in an order that jumps about.

    The step shares no factor with ten, so every code comes once before any comes again.
    """
    step = int(0.6180339 * 10**digits) // 10 * 10 + 3
    return f"{(number * step + 4271) % 10**digits:0{digits}d}"
