"""What is drawn on the glass is measured at a real terminal, in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bench import glass
from kiosk.bench.figures import BenchFailed
from kiosk.bench.glass import GlassFigures, measure_glass


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> GlassFigures:
    """Two visitors, and a second of picture."""
    return measure_glass(tmp_path_factory.mktemp("glass"), rounds=2, seconds=1.0)


def test_each_visitor_is_seen_from_the_frame_to_the_outcome(figures: GlassFigures) -> None:
    assert figures.outcome.rounds == figures.outcome_cpu.rounds == 2
    assert 0 < figures.outcome.p50 <= figures.outcome_p95_ms <= figures.outcome.worst


def test_what_is_spent_for_an_outcome_is_not_all_that_the_kiosk_ever_spent(figures: GlassFigures) -> None:
    assert 0 < figures.outcome_cpu.p50 < 2 * figures.outcome.worst, "a camera's thread may run beside the screen's"


def test_the_picture_is_drawn_and_costs_something(figures: GlassFigures) -> None:
    assert figures.pictures_a_second > 1
    assert 0 < figures.picture_percent < 100


def test_a_glass_on_which_the_outcome_never_comes_gives_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glass, "_HOME", b"what no kiosk says")
    monkeypatch.setattr(glass, "_PATIENCE_SECONDS", 1.0)
    with pytest.raises(BenchFailed, match="what no kiosk says"):
        measure_glass(tmp_path, rounds=1)
