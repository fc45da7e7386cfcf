"""The rule of nearness among simulated people."""

from __future__ import annotations

import pytest

from kiosk.bench.nearness import NearnessFigures, measure_nearness


def test_a_badge_that_is_held_acts_and_nobody_elses_does() -> None:
    figures = measure_nearness(held=60, passers=60, queue=8, neighbours=20)

    assert len(figures.answers) >= 57
    assert figures.median < 1.1
    wrong = [figures.wrong[name][0] for name in ("passers_by", "next_in_the_queue", "neighbours_of_a_pin")]
    assert wrong == [0, 0, 0]


def test_the_same_people_come_every_time() -> None:
    small = {"held": 5, "passers": 3, "queue": 1, "neighbours": 2}

    assert measure_nearness(**small).as_dict() == measure_nearness(**small).as_dict()


@pytest.mark.parametrize(("acted", "met"), [(0, True), (1, False)])
def test_one_wrong_badge_in_a_thousand_is_one_too_many(acted: int, met: bool) -> None:
    wrong = {"passers_by": (acted, 1000), "next_in_the_queue": (2, 100), "neighbours_of_a_pin": (0, 1000)}
    goals = NearnessFigures(100, [0.9] * 98, wrong).goals()

    assert goals["passers_by_share"].met is met
    assert goals["next_in_the_queue_share"].met
    assert goals["badge_held_acts_share"].met


def test_without_an_answer_no_goal_of_time_is_met() -> None:
    wrong = {"passers_by": (0, 1), "next_in_the_queue": (0, 1), "neighbours_of_a_pin": (0, 1)}

    assert not NearnessFigures(100, [], wrong).goals()["badge_held_median_s"].met
