"""All figures of the store, at small sizes: that they are there and what is wanted of them, never what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bench.checkins import CheckInCost
from kiosk.bench.figures import Figure
from kiosk.bench.opening import Opening
from kiosk.bench.race import Cost, Costs, Deed, Name
from kiosk.bench.store import StoreFigures, measure_store
from kiosk.bench.sustained import Sustained
from kiosk.commands.bench import store_lines


def costs(ours: float, stock: float, lite: float) -> Costs:
    """Milliseconds of every deed of each."""
    by_name = {Name.OURS: ours, Name.STOCK: stock, Name.LITE: lite}
    return {deed: {name: Cost(Figure(ms, ms, ms, 1), ms) for name, ms in by_name.items()} for deed in Deed}


@pytest.fixture
def figures() -> StoreFigures:
    return StoreFigures(
        costs={10_000: costs(1, 120, 0.5), 100_000: costs(1.5, 1200, 1.5)},
        sustained={10_000: Sustained(500, 1.2, 1.0), 100_000: Sustained(5000, 2.0, 1.0)},
        openings={10_000: Opening(50, 90, 80, 10_000, 600), 100_000: Opening(1400, 1600, 1500, 100_000, 600)},
        check_in=CheckInCost(2000, 10_000, 1.0, 4.0, 1.02, 8.5),
    )


def test_what_is_wanted_is_judged_by_the_figures_it_is_wanted_of(figures: StoreFigures) -> None:
    assert {name: (round(goal.value, 3), goal.met) for name, goal in figures.goals().items()} == {
        "insert_cpu_to_sqlite_at_10000": (2.0, False),
        "insert_all_cpu_to_sqlite_at_10000": (1.2, True),
        "tinydb_json_insert_to_ours_at_10000": (120, True),
        "tinydb_json_insert_cpu_to_ours_at_10000": (120, True),
        "insert_cpu_to_sqlite_at_100000": (1.0, True),
        "insert_all_cpu_to_sqlite_at_100000": (2.0, False),
        "insert_cpu_at_100000_to_10000": (1.5, True),
        "update_cpu_at_100000_to_10000": (1.5, True),
        "look_up_cpu_at_100000_to_10000": (1.5, True),
        "open_10000_indexed_ms": (90, True),
        "open_100000_indexed_ms": (1600, False),
        "flushes_awaited_per_check_in": (1.0, True),
        "kib_with_snapshots_per_check_in": (8.5, False),
    }


def test_the_contenders_are_named_to_people(figures: StoreFigures) -> None:
    told = "\n".join(store_lines(figures))
    for name in ("this store", "TinyDB, JSON file", "SQLite, WAL, FULL", "resident bytes per document"):
        assert name in told


def test_every_size_is_measured_once_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("store.STORED_MEMBERS", 20), ("race.WARM_UP", 1), ("opening.TIMES", 1)):
        monkeypatch.setattr(f"kiosk.bench.{name}", value)

    found = measure_store(tmp_path, [40, 20, 40], rounds=2, check_ins=5)

    assert list(found.costs) == list(found.sustained) == list(found.openings) == [20, 40]
    assert found.check_in.members == 20
    assert list(tmp_path.iterdir()) == []
