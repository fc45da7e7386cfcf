"""How large the files of a store grow before something is done about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Limits in bytes, but for the last one.

    A store in use keeps to these. One that is tested is given small ones, so that what happens once a month on a
    kiosk happens every few transactions.

    Attributes:
        first: The journal that a start begins with.
        step: By how much a journal grows when the next one is not ready in time.
        least: A journal that a snapshot is followed by is at least this long ...
        most: ... and at most this long.
        huge: A transaction beyond this is written as a snapshot rather than as a frame and soon again as a snapshot.
        chain: So many journals one behind the other make a snapshot due whatever is in them.
    """

    first: int = 256 * 1024
    step: int = 256 * 1024
    least: int = 5 << 19
    most: int = 64 << 20
    huge: int = 1 << 20
    chain: int = 8
