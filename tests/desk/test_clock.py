"""Anchors: points of a boot whose true time is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.clock import Anchor, ClockQuality, anchor_from_date, anchor_of, true_time
from tests.desk.samples import NINE, lost, moment


@pytest.mark.parametrize("quality", [ClockQuality.SET, ClockQuality.SERVER])
def test_a_moment_that_is_believed_is_an_anchor_of_its_boot(quality: ClockQuality) -> None:
    assert anchor_of(replace(moment(), quality=quality)) == Anchor("boot-1", 1000.0, NINE)
    assert anchor_of(lost()) is None


def test_the_true_time_of_a_moment_is_counted_from_the_anchor_of_its_boot() -> None:
    anchor = Anchor("boot-1", 1000.0, NINE)

    assert true_time(lost(400.0), anchor) == NINE - timedelta(minutes=10)
    assert true_time(lost(4600.0), anchor) == NINE + timedelta(hours=1)
    assert anchor.started == NINE - timedelta(seconds=1000)


def test_an_anchor_tells_nothing_of_another_boot() -> None:
    with pytest.raises(ValueError, match="another boot"):
        true_time(lost(boot="boot-2"), Anchor("boot-1", 1000.0, NINE))


@given(
    written=st.floats(0, 86_400),
    there=st.floats(0, 20),
    back=st.floats(0, 20),
)
def test_the_true_time_is_never_further_from_a_servers_date_than_the_anchor_says(
    written: float, there: float, back: float
) -> None:
    date = NINE + timedelta(seconds=int(written))
    arrived = NINE + timedelta(seconds=written + back)

    anchor = anchor_from_date(date, there + back, lost())

    assert (anchor.boot, anchor.since_boot) == ("boot-1", 1000.0)
    assert abs((arrived - anchor.true).total_seconds()) <= anchor.uncertainty + 1e-5
    assert anchor.uncertainty == pytest.approx((1 + there + back) / 2)
