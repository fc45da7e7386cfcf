"""What a decoding library finds in a picture, and the interface by which each library is asked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

Point = tuple[float, float]
"""x to the right and y down, in pixels."""

FORMAT = "QRCode"
"""The only format that is looked for: what is usually meant by a QR code (Model 2), and neither Micro QR nor rMQR."""

CLEARLY_NEARER = 2.0
"""Of several codes, one is meant when all others are at least so many times as far from the middle of the picture."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One QR code (Model 2) in a picture.

    Attributes:
        payload: The bytes in it, as they are. The standard allows at most 7,089 digits or 2,953 other bytes. None of a
            code that was made out and could not be read.
        corners: Its outline, in pixels of the picture that was searched.
    """

    payload: bytes | None
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


def each_content_once(symbols: Iterable[Symbol], middle: Point) -> list[Symbol]:
    """Return the codes that were read, those nearest to `middle` first, and of those with equal contents the first.

    A code and its reflection, or the same poster twice, leave no question which is meant.
    """
    nearest: dict[bytes, Symbol] = {}
    for symbol in sorted(symbols, key=lambda symbol: math.dist(symbol.centre, middle)):
        if symbol.payload:
            nearest.setdefault(symbol.payload, symbol)
    return list(nearest.values())


def clearly_meant(nearest_first: Sequence[Symbol], middle: Point) -> bool:
    """Whether the first of some codes is the one held up, because it is alone or `CLEARLY_NEARER` to the middle."""
    if len(nearest_first) < 2:
        return bool(nearest_first)
    first, second = (math.dist(symbol.centre, middle) for symbol in nearest_first[:2])
    return first * CLEARLY_NEARER <= second
