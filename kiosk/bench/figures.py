"""Figures out of many timings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


class BenchFailed(Exception):
    """A measurement did not do what it measures: a figure of it would be a lie."""


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
            milliseconds(ordered[len(ordered) // 2]),
            milliseconds(ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]),
            milliseconds(ordered[-1]),
            len(ordered),
        )

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return asdict(self)


class Side(StrEnum):
    """Which side of a limit is wanted."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure beside what is wanted of it, both in the unit that its name ends with; a ratio has none."""

    value: float
    side: Side
    limit: float

    @property
    def met(self) -> bool:
        """Whether it is as wanted."""
        return self.value <= self.limit if self.side is Side.AT_MOST else self.value >= self.limit

    def as_dict(self) -> dict[str, float | str | bool]:
        """For JSON."""
        return {"value": round(self.value, 3), "wanted": f"{self.side.value} {self.limit:g}", "met": self.met}


def milliseconds(seconds: float) -> float:
    """Seconds in milliseconds, to the tenth of a microsecond."""
    return round(seconds * 1000, 4)
