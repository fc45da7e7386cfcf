"""The figures of the desk: right and wrong PINs in turn, and what of an answer is not the flush."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bench.answers import measure_answers
from kiosk.bench.desk import Bench, measure_desk
from kiosk.bench.disks import TimingDisk
from kiosk.bench.figures import BenchFailed
from kiosk.bench.state import opened
from kiosk.desk.lockout import FREE_TRIES


def test_many_wrong_pins_are_answered_and_none_closes_the_keypad(tmp_path: Path) -> None:
    figures = measure_desk(tmp_path, members=FREE_TRIES + 3, rounds=FREE_TRIES + 3)

    assert {figure.rounds for figure in figures.by_name().values()} == {FREE_TRIES + 3}


def test_each_answer_has_waited_for_a_flush(tmp_path: Path) -> None:
    answers = measure_desk(tmp_path, members=4, rounds=4).answers

    assert answers.right_beyond.worst < answers.right.worst
    assert answers.wrong_beyond.worst < answers.wrong.worst


def test_the_difference_is_that_of_wrong_to_right(tmp_path: Path) -> None:
    answers = measure_desk(tmp_path, members=4, rounds=4).answers

    assert answers.differences()["p50"] == pytest.approx(answers.wrong.p50 - answers.right.p50, abs=0.001)


async def test_a_pin_that_is_answered_otherwise_gives_no_figure(tmp_path: Path) -> None:
    disk = TimingDisk()
    with opened(tmp_path, disk) as state:
        Bench(state, members=2, rounds=2)
        with pytest.raises(BenchFailed, match="unknown, not welcome"):
            await measure_answers(state, disk, tmp_path, ["000000001"], ["000000002"])
