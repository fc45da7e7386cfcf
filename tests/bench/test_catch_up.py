"""The figures of the catch-up: at a scaled pace, and of events that have arrived once."""

from __future__ import annotations

from pathlib import Path

from kiosk.bench.catch_up import SPEED, measure_catch_up


def test_events_go_up_and_none_is_turned_away_by_the_limits(tmp_path: Path) -> None:
    figures = measure_catch_up(tmp_path, events=12)

    assert (figures.events, figures.speed, figures.turned_away) == (12, SPEED, 0)
    assert figures.seconds > 0
