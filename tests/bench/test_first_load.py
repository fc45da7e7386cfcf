"""The figures of the first load: in a process of its own, with a pass over those who have changed after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bench.figures import BenchFailed
from kiosk.bench.first_load import CHANGED, measure_first_load


def test_members_are_loaded_and_the_changed_ones_after_them(tmp_path: Path) -> None:
    figures = measure_first_load(tmp_path, members=300)

    assert figures.members > 270
    assert figures.changed == CHANGED
    assert figures.kept_mib <= figures.peak_mib
    assert figures.first_load_cpu_seconds > 0


def test_a_process_that_cannot_load_gives_no_figure(tmp_path: Path) -> None:
    (tmp_path / "load").write_text("no folder")

    with pytest.raises(BenchFailed, match="could not be loaded"):
        measure_first_load(tmp_path, members=60)
