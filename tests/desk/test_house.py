"""When a stay without a recorded end is taken to have ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.house import House

MADRID = House(7, "The Yard", ZoneInfo("Europe/Madrid"))
UNTIL_EIGHT = replace(MADRID, cut_off=time(20))
MORNING = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)


def test_without_a_cut_off_a_stay_ends_with_its_day_at_the_location() -> None:
    assert MADRID.assumed_end(MORNING) == datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)


def test_a_stay_ends_at_the_cut_off_by_the_clock_of_the_location() -> None:
    assert UNTIL_EIGHT.assumed_end(MORNING) == datetime(2026, 3, 2, 19, tzinfo=UTC)


@pytest.mark.parametrize("minute", [0, 1])
def test_who_comes_at_the_cut_off_or_later_stays_until_the_day_ends(minute: int) -> None:
    late = datetime(2026, 3, 2, 19, minute, tzinfo=UTC)
    assert UNTIL_EIGHT.assumed_end(late) == datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)


def test_a_cut_off_in_the_small_hours_ends_no_stay_before_it_began() -> None:
    after_midnight = replace(MADRID, cut_off=time(2))
    assert after_midnight.assumed_end(MORNING) == datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)


def test_on_the_day_the_clocks_change_the_cut_off_is_as_the_wall_shows_it() -> None:
    sunday = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert UNTIL_EIGHT.assumed_end(sunday) == datetime(2026, 3, 29, 18, tzinfo=UTC)
