"""When the members are read whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.directory import Marks
from kiosk.sync.timetable import CATCH_UP_SPAN, QUIET_SPAN, Pass, Timetable, share_of

ZONE = ZoneInfo("Europe/Madrid")
HERE = 7
MIDDAY = datetime(2026, 3, 2, 12, 0, tzinfo=ZONE)
LAST_WEEK = MIDDAY - timedelta(days=7)
TIMETABLE = Timetable(quiet_hour=3, share=0.5)
"""Its night is at four o'clock: half of the way through two hours from three on."""

READ = Marks(HERE, MIDDAY, MIDDAY, MIDDAY)


def due(marks: Marks, now: datetime, *, timetable: Timetable = TIMETABLE, started: datetime = LAST_WEEK) -> Pass:
    return timetable.due(marks, HERE, now, ZONE, started)


def test_between_two_nights_changes_are_asked_for() -> None:
    assert due(READ, MIDDAY + timedelta(hours=15, minutes=59)) is Pass.CHANGES


def test_at_night_everybody_is_read() -> None:
    assert due(READ, MIDDAY + timedelta(hours=16)) is Pass.WHOLE


def test_once_everybody_was_read_the_night_is_over() -> None:
    at_night = MIDDAY + timedelta(hours=16)

    assert due(replace(READ, whole=at_night), at_night + timedelta(minutes=15)) is Pass.CHANGES


@pytest.mark.parametrize(
    "marks",
    [
        Marks(),
        replace(READ, whole=None),
        replace(READ, changes_until=None),
        replace(READ, location=8),
        replace(READ, whole=MIDDAY + timedelta(days=400)),
    ],
    ids=["never read", "never whole", "nobody knows up to when", "another location's", "by a clock that was ahead"],
)
def test_where_changes_would_not_do_everybody_is_read_at_once(marks: Marks) -> None:
    assert due(marks, MIDDAY + timedelta(minutes=15), started=MIDDAY) is Pass.WHOLE


def test_where_changes_are_not_to_be_trusted_everybody_is_read_each_time() -> None:
    assert due(READ, MIDDAY, timetable=replace(TIMETABLE, changes=False)) is Pass.WHOLE


def test_a_kiosk_that_was_off_at_night_makes_up_for_it_within_the_hour_and_not_with_all_others_at_once() -> None:
    morning = MIDDAY + timedelta(hours=21)
    its_turn = morning + 0.5 * CATCH_UP_SPAN

    assert due(READ, morning, started=morning) is Pass.CHANGES
    assert due(READ, its_turn - timedelta(minutes=1), started=morning) is Pass.CHANGES
    assert due(READ, its_turn, started=morning) is Pass.WHOLE


def test_the_night_is_that_of_the_location() -> None:
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)

    assert TIMETABLE.last_night(now, ZONE).astimezone(UTC) == datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
    assert TIMETABLE.last_night(now, ZoneInfo("Asia/Tokyo")).astimezone(UTC) == datetime(2026, 6, 30, 19, 0, tzinfo=UTC)


def test_before_tonights_moment_the_last_night_is_yesterdays() -> None:
    just_before = datetime(2026, 3, 2, 3, 59, tzinfo=ZONE)

    assert TIMETABLE.last_night(just_before, ZONE) == datetime(2026, 3, 1, 4, 0, tzinfo=ZONE)


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=ZONE), datetime(2026, 10, 25, tzinfo=ZONE)])
def test_there_is_one_night_also_when_the_clocks_change(day: datetime) -> None:
    hours = [day.astimezone(UTC) + timedelta(hours=hour) for hour in range(6, 22)]

    assert len({TIMETABLE.last_night(hour, ZONE) for hour in hours}) == 1


def test_kiosks_spread_their_nights_over_two_hours() -> None:
    shares = [share_of(f"kiosk-{number}") for number in range(20)]
    nights = sorted(replace(TIMETABLE, share=share).last_night(MIDDAY, ZONE) for share in shares)

    assert all(0 <= share < 1 for share in shares)
    assert nights[-1] - nights[0] > QUIET_SPAN / 2
    assert len({night.replace(second=0, microsecond=0) for night in nights}) > 15


def test_a_kiosk_has_the_same_night_after_a_restart() -> None:
    assert share_of("kiosk-1") == share_of("kiosk-1")
