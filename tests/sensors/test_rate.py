from __future__ import annotations

import pytest

from kiosk.sensors.rate import FrameRate
from tests.sensors.clock import HandClock


def counted(clock: HandClock, frames: int, spacing: float) -> FrameRate:
    rate = FrameRate(clock)
    for _ in range(frames):
        clock.advance(spacing)
        rate.count()
    return rate


@pytest.mark.parametrize("per_second", [5, 8, 30, 60])
def test_a_steady_camera_is_told_at_its_rate(clock: HandClock, per_second: int) -> None:
    assert counted(clock, 300, 1 / per_second).per_second() == pytest.approx(per_second)


def test_a_camera_that_stalls_sinks_and_is_at_nothing_after_two_seconds(clock: HandClock) -> None:
    rate = counted(clock, 60, 1 / 30)
    seen = []
    for _ in range(5):
        seen.append(rate.per_second())
        clock.advance(0.5)
    assert seen == sorted(seen, reverse=True)
    assert seen[0] == pytest.approx(30)
    assert rate.per_second() == 0


@pytest.mark.parametrize("frames", [0, 1])
def test_one_picture_is_no_rate(clock: HandClock, frames: int) -> None:
    assert counted(clock, frames, 0.1).per_second() == 0
