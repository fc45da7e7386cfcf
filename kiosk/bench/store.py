"""All figures of the store: against others, by size, at opening, and by what a check-in costs the card."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.bench.checkins import CheckInCost, count_check_ins
from kiosk.bench.figures import Goal, Side
from kiosk.bench.opening import Opening, measure_opening
from kiosk.bench.race import Costs, Deed, Name, race
from kiosk.bench.sustained import Sustained, sustain

STORED_MEMBERS = 10_000
OPENING_LIMITS_MS = {10_000: 100.0, 100_000: 1500.0}
"""What opening may take by the number of documents."""

_SQLITE_CPU = 1.3
_STOCK_TIMES = 100.0
_GROWTH = 2.0
_FLUSHES, _KIB = 1.0, 8.0


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """What is measured of the store, by the number of documents where that matters."""

    costs: Mapping[int, Costs]
    sustained: Mapping[int, Sustained]
    openings: Mapping[int, Opening]
    check_in: CheckInCost

    def goals(self) -> dict[str, Goal]:
        """What is wanted of these figures, by name."""
        return {**self._against_others(), **self._by_size(), **self._at_opening(), **self._by_check_in()}

    def _against_others(self) -> dict[str, Goal]:
        goals: dict[str, Goal] = {}
        for documents, costs in self.costs.items():
            ours, lite, stock = (costs[Deed.INSERT][name] for name in (Name.OURS, Name.LITE, Name.STOCK))
            goals[f"insert_cpu_to_sqlite_at_{documents}"] = _at_most(ours.cpu_ms / lite.cpu_ms, _SQLITE_CPU)
            whole = self.sustained[documents]
            goals[f"insert_all_cpu_to_sqlite_at_{documents}"] = _at_most(whole.ours_ms / whole.sqlite_ms, _SQLITE_CPU)
            if documents == STORED_MEMBERS:
                goals[f"tinydb_json_insert_to_ours_at_{documents}"] = _at_least(stock.wall.p50 / ours.wall.p50)
                goals[f"tinydb_json_insert_cpu_to_ours_at_{documents}"] = _at_least(stock.cpu_ms / ours.cpu_ms)
        return goals

    def _by_size(self) -> dict[str, Goal]:
        small, large = min(self.costs), max(self.costs)
        if small == large:
            return {}
        return {
            f"{deed.value}_cpu_at_{large}_to_{small}": _at_most(
                self.costs[large][deed][Name.OURS].cpu_ms / self.costs[small][deed][Name.OURS].cpu_ms, _GROWTH
            )
            for deed in Deed
        }

    def _at_opening(self) -> dict[str, Goal]:
        return {
            f"open_{documents}_indexed_ms": _at_most(self.openings[documents].indexed_ms, limit)
            for documents, limit in OPENING_LIMITS_MS.items()
            if documents in self.openings
        }

    def _by_check_in(self) -> dict[str, Goal]:
        return {
            "flushes_awaited_per_check_in": _at_most(self.check_in.flushes, _FLUSHES),
            "kib_with_snapshots_per_check_in": _at_most(self.check_in.with_snapshots_kib, _KIB),
        }


def measure_store(folder: Path, sizes: Sequence[int], rounds: int, check_ins: int) -> StoreFigures:
    """Measure with each number of documents, in folders below `folder` that are gone afterwards. Raises BenchFailed and
    StateError."""
    costs, sustained, openings = {}, {}, {}
    for documents in sorted(set(sizes)):
        with tempfile.TemporaryDirectory(dir=folder) as own:
            costs[documents] = race(Path(own), documents, rounds)
            openings[documents] = measure_opening(Path(own) / "ours")
        with tempfile.TemporaryDirectory(dir=folder) as own:
            sustained[documents] = sustain(Path(own), documents)
    with tempfile.TemporaryDirectory(dir=folder) as own:
        return StoreFigures(costs, sustained, openings, count_check_ins(Path(own), STORED_MEMBERS, check_ins))


def _at_most(value: float, limit: float) -> Goal:
    return Goal(value, Side.AT_MOST, limit)


def _at_least(value: float) -> Goal:
    return Goal(value, Side.AT_LEAST, _STOCK_TIMES)
