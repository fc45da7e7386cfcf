from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.nexudus.times import format_utc, parse_utc, whole_second

NINE = datetime(2022, 5, 13, 9, 12, 44, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        ("2022-05-13T09:12:44Z", 0),
        ("2022-05-13T09:12:44", 0),
        ("2022-05-13 09:12:44", 0),
        ("2022-05-13T09:12:44.5Z", 500_000),
        ("2022-05-13T09:12:44.5515198Z", 551_519),
        ("2022-05-13T09:12:44.551519812345", 551_519),
        ("2022-05-13T11:12:44+02:00", 0),
        ("2022-05-13T04:42:44-0430", 0),
        ("/Date(1652433164000)/", 0),
        ("/Date(1652433164000+0200)/", 0),
    ],
)
def test_every_form_of_a_time_names_the_same_moment(text: str, microsecond: int) -> None:
    assert parse_utc(text) == NINE.replace(microsecond=microsecond)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<string>",
        "2022-13-01T00:00:00Z",
        "2022-05-13T25:00:00Z",
        "٢٠٢٢-05-13T09:12:44Z",
        "0001-01-01T00:00:00+10:00",
        "/Date(99999999999999999)/",
        "2022-05-13T09:12:44Z; DROP",
    ],
)
def test_what_is_no_time_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_utc(text)


@given(
    st.datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)),
    st.integers(-14 * 60, 14 * 60),
)
def test_a_time_that_was_sent_is_the_same_when_it_is_read_back(naive: datetime, offset: int) -> None:
    sent = whole_second(naive.replace(tzinfo=timezone(timedelta(minutes=offset))))

    assert parse_utc(format_utc(sent)) == sent
    assert len(format_utc(sent)) == len("2022-05-13T09:12:44Z")


def test_a_time_without_a_zone_is_not_sent() -> None:
    with pytest.raises(ValueError, match="zone"):
        format_utc(NINE.replace(tzinfo=None))
