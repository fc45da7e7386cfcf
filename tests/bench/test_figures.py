"""Figures: what they say of timings, and when a goal counts as met."""

from __future__ import annotations

import pytest

from kiosk.bench.figures import Figure, Goal, Side


def test_a_figure_gives_median_slow_end_and_worst_in_milliseconds() -> None:
    figure = Figure.of([number / 1000 for number in range(200, 0, -1)])

    assert (figure.p50, figure.p99, figure.worst, figure.rounds) == (101, 199, 200, 200)


def test_the_figure_of_one_timing_is_that_timing() -> None:
    assert Figure.of([0.0000125]) == Figure(0.0125, 0.0125, 0.0125, 1)


@pytest.mark.parametrize(
    ("value", "side", "met"),
    [
        (1.0, Side.AT_MOST, True),
        (1.01, Side.AT_MOST, False),
        (1.0, Side.AT_LEAST, True),
        (0.99, Side.AT_LEAST, False),
    ],
)
def test_a_goal_is_met_up_to_its_limit_and_not_beyond(value: float, side: Side, met: bool) -> None:
    assert Goal(value, side, 1.0).met is met
