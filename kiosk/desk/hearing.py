"""What people hear at a kiosk: the port through which screens sound, and the plain-text desk speaks."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Cue(StrEnum):
    """One short sound. It never says more than the glass does: who cannot hear misses nothing."""

    READ = "read"
    """A code was read; the answer follows."""
    IN = "in"
    """Somebody is checked in."""
    OUT = "out"
    """Somebody is checked out, or has taken back what they did."""
    ATTENTION = "attention"
    """Something is asked, or time runs out."""
    ERROR = "error"
    """It was not possible; the glass says what to do."""


class Chimes(Protocol):
    """Plays cues. Never blocks, and never raises: a kiosk without a loudspeaker is a whole kiosk."""

    def play(self, cue: Cue) -> None:
        """Play it soon; one that comes while others still sound may be left out."""
        ...

    def stop(self) -> None:
        """Fall silent for good, once what is playing has ended."""
        ...


class Silence:
    """Fulfils `Chimes` where nothing is to be heard."""

    def play(self, cue: Cue) -> None:
        """Nothing."""

    def stop(self) -> None:
        """Nothing."""


class Voice(Protocol):
    """Speaks sentences, one after the other. Never blocks, and never raises."""

    def speak(self, sentence: str) -> None:
        """Speak it after what is still to be said."""
        ...

    def hush(self) -> None:
        """Fall silent, and forget what was still to be said: somebody has answered already."""
        ...
