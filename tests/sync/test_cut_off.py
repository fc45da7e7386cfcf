"""The location's daily cut-off out of its settings."""

from __future__ import annotations

import pytest

from kiosk.sync.translate import cut_off_from

SETTING = "Checkin.DailyCutOffTime"


@pytest.mark.parametrize(
    ("text", "read"), [("20:00", "20:00"), (" 8:05 ", "08:05"), ("23:59:00", "23:59"), ("00:00", "00:00")]
)
def test_a_time_of_day_is_read(text: str, read: str) -> None:
    assert cut_off_from({SETTING: text}) == read


@pytest.mark.parametrize("text", ["", "24:00", "eight", "20", "20:00+01:00", "20:00\n[/x]", "\ud800"])
def test_what_is_no_time_of_day_is_no_cut_off(text: str) -> None:
    assert cut_off_from({SETTING: text}) == ""


def test_a_location_that_has_set_none_has_none() -> None:
    assert cut_off_from({}) == ""
