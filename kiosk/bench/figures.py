"""Figures out of many timings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """How long something took, in milliseconds: the median, the slowest of a hundred, the slowest, and how often it was
    done."""

    p50: float
    p99: float
    worst: float
    rounds: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Figure:
        """The figure of some timings in seconds, of which there must be one at least."""
        ordered = sorted(seconds)
        return cls(
            _milliseconds(ordered[len(ordered) // 2]),
            _milliseconds(ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]),
            _milliseconds(ordered[-1]),
            len(ordered),
        )

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return asdict(self)


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 3)
