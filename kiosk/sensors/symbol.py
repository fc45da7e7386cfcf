"""What a decoding library finds in a picture, and the interface by which each library is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Point = tuple[float, float]
"""x to the right and y down, in pixels."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One QR code (Model 2) in a picture.

    Attributes:
        payload: The bytes in it, as they are. The standard allows at most 7,089 digits or 2,953 other bytes.
        corners: Its outline, in pixels of the picture that was searched.
    """

    payload: bytes
    corners: tuple[Point, ...]

    @property
    def centre(self) -> Point:
        """The middle of the outline."""
        count = len(self.corners) or 1
        return sum(x for x, _ in self.corners) / count, sum(y for _, y in self.corners) / count


class SymbolFinder(Protocol):
    """A decoding library."""

    @property
    def name(self) -> str:
        """What it is called on the status page and in results."""
        ...

    def find(self, grey: bytes, width: int, height: int) -> Sequence[Symbol]:
        """Return the QR codes in a grey picture of `width * height` bytes.

        Raises:
            Exception: Whatever the library raises on a picture it cannot cope with.
        """
        ...
