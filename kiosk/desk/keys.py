"""The port through which a screen's keys pass, so that what a scanner types is told from what a person types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from kiosk.desk.payloads import Shown


@dataclass(frozen=True, slots=True)
class Keystroke:
    """A key was pressed.

    Attributes:
        key: Its name, such as `a`, `enter` or `f1`.
        character: What it types, if it types anything.
        at: When, in seconds of `time.monotonic()`.
    """

    key: str = field(repr=False)
    character: str | None = field(repr=False)
    at: float


class News(StrEnum):
    """Whether a scan tells anything."""

    NEW = "new"
    AGAIN = "again"
    """The same as a moment ago: a card that was left on its reader is typed over and over."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanner or reader typed a payload.

    Attributes:
        shown: What it is.
        news: Whether it was not just here.
        keys: All its keys, the last one too, for where everything is meant as it was typed.
    """

    shown: Shown
    news: News
    keys: tuple[Keystroke, ...] = field(repr=False)


class KeyReader(Protocol):
    """Holds keys back for as long as they may be a scanner's. It loses none: what is no scan is given back as typed."""

    def take(self, key: Keystroke) -> Sequence[Keystroke | Scan]:
        """Take the next key; answers what is certain now, in order."""
        ...

    def settle(self, now: float) -> Sequence[Keystroke]:
        """Time has passed; answers the keys that turn out to be a person's."""
        ...

    def holds_until(self) -> float | None:
        """When `settle` is due, in seconds of `time.monotonic()`; None while no key is held back."""
        ...


class EveryKeyAsTyped:
    """Fulfils `KeyReader` where no scanner types."""

    def take(self, key: Keystroke) -> Sequence[Keystroke | Scan]:
        """The key itself."""
        return (key,)

    def settle(self, now: float) -> Sequence[Keystroke]:
        """Nothing."""
        return ()

    def holds_until(self) -> float | None:
        """Never."""
        return None
