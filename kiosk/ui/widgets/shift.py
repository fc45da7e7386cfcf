"""Capitals: which letters a keyboard makes large by itself, and what its shift key does to that."""

from __future__ import annotations

from enum import StrEnum


class Capitals(StrEnum):
    """Which letters of an answer are large unless somebody says otherwise."""

    NAMES = "names"
    """The first of every part of a name: Jean-Luc, O'Brien, J. R."""
    SENTENCE = "sentence"
    """The very first."""
    NONE = "none"
    """None, as in an e-mail address."""


class Shift(StrEnum):
    """What the shift key has been told."""

    AUTOMATIC = "automatic"
    """Nothing: capitals come by themselves."""
    SMALL = "small"
    """The next letter is to be small: the "d" of d'Arc."""
    LARGE = "large"
    """The next letter is to be large."""
    LOCKED = "locked"
    """All letters are to be large, until further notice."""


_ENDS_A_PART = frozenset(" \u00a0-‐‑'’ʼ.")
"""What stands before the first letter of a part of a name."""


def is_large(shift: Shift, capitals: Capitals, before: str) -> bool:
    """Return whether the next letter is large, with `before` before the caret."""
    match shift:
        case Shift.SMALL:
            return False
        case Shift.LARGE | Shift.LOCKED:
            return True
        case Shift.AUTOMATIC:
            return _begins(capitals, before)


def after_tap(shift: Shift, capitals: Capitals, before: str) -> Shift:
    """Return what a tap on the shift key makes of it: the other size at first, and all large by a second tap."""
    match shift:
        case Shift.LARGE:
            return Shift.LOCKED
        case Shift.LOCKED:
            return Shift.SMALL if _begins(capitals, before) else Shift.AUTOMATIC
        case _:
            return Shift.SMALL if is_large(shift, capitals, before) else Shift.LARGE


def after_letter(shift: Shift) -> Shift:
    """Return what is left of it when a letter was typed."""
    return shift if shift is Shift.LOCKED else Shift.AUTOMATIC


def enlarged(letter: str) -> str:
    """Return the capital of a letter, or the letter itself where there is no single one."""
    capital = "ẞ" if letter == "ß" else letter.upper()
    return capital if len(capital) == 1 else letter


def _begins(capitals: Capitals, before: str) -> bool:
    match capitals:
        case Capitals.NAMES:
            return not before or before[-1] in _ENDS_A_PART
        case Capitals.SENTENCE:
            return not before.strip()
        case Capitals.NONE:
            return False
