from __future__ import annotations

from datetime import time

import pytest

from kiosk.desk.hours import NEVER, read_hours


@pytest.mark.parametrize(
    ("hours", "within", "without"),
    [
        ("20:00-07:00", ["20:00", "23:59", "00:00", "06:59"], ["07:00", "12:00", "19:59"]),
        ("12:00-14:30", ["12:00", "14:29"], ["11:59", "14:30", "00:00"]),
    ],
)
def test_hours_hold_their_begin_and_not_their_end_over_midnight_too(
    hours: str, within: list[str], without: list[str]
) -> None:
    read = read_hours(hours)
    assert all(read.include(time.fromisoformat(moment)) for moment in within)
    assert not any(read.include(time.fromisoformat(moment)) for moment in without)


@pytest.mark.parametrize("hours", ["", "08:00-08:00"])
def test_no_hours_are_never(hours: str) -> None:
    assert not any(read_hours(hours).include(time(hour)) for hour in range(24))
    assert not NEVER.include(time(0))


@pytest.mark.parametrize("text", ["22", "22:00", "22:00-", "late-early", "25:00-07:00", "22:00-07:00-08:00"])
def test_what_is_no_hours_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match='like "22:00-07:00"'):
        read_hours(text)
