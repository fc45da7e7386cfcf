"""The alarm: when a signal is one, and the ports through which it comes and the roll call goes out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Signal(StrEnum):
    """What an alarm input says at one moment."""

    QUIET = "quiet"
    ALARM = "alarm"
    UNKNOWN = "unknown"
    """It cannot be read just now."""


class Verdict(StrEnum):
    """What a signal means by now."""

    NOTHING_NEW = "nothing new"
    ALARM = "alarm"
    """An alarm has begun."""
    OVER = "over"
    """It is over: the next one counts again."""


class AlarmInput(Protocol):
    """Where the alarm comes in, real or replayed."""

    @property
    def name(self) -> str:
        """What it is, for the log."""
        ...

    def read(self) -> Signal:
        """What it says now. It does not wait, and raises nothing: what cannot be read is UNKNOWN."""
        ...

    def close(self) -> None:
        """Give it back."""
        ...


class NotPrinted(Exception):
    """The paper did not come out. The message says why and what to do, for staff."""


class Printer(Protocol):
    """What puts a page on paper, real or replayed."""

    @property
    def name(self) -> str:
        """What it is, for staff."""
        ...

    def print(self, text: str, title: str) -> None:
        """Hand a text over to be printed. Blocks, for seconds. Raises NotPrinted."""
        ...


@dataclass(slots=True)
class AlarmRule:
    """Tells an alarm from a contact that bounces: a signal counts once it has lasted.

    Attributes:
        seconds: How long an alarm, and its end, have to last until they count.
        standing: Whether an alarm stands, such as one that had begun before the kiosk was started.
    """

    seconds: float
    standing: bool = False
    _since: float | None = None

    def hear(self, signal: Signal, at: float) -> Verdict:
        """Take what the input says at `at`, in seconds that never jump."""
        if signal is Signal.UNKNOWN or (signal is Signal.ALARM) == self.standing:
            self._since = None  # an input that cannot be read neither begins an alarm nor ends one
            return Verdict.NOTHING_NEW
        if self._since is None:
            self._since = at
        if at - self._since < self.seconds:
            return Verdict.NOTHING_NEW
        self._since, self.standing = None, not self.standing
        return Verdict.ALARM if self.standing else Verdict.OVER
