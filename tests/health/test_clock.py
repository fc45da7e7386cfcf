"""What is said of this device's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.desk.clock import Anchor, ClockQuality, Moment
from kiosk.health.clock import judge_clock
from kiosk.health.findings import Verdict

TRUE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANCHOR = Anchor("boot", 100.0, TRUE, 0.6)


def moment(off: timedelta, quality: ClockQuality = ClockQuality.SET) -> Moment:
    """Five seconds after the anchor, by a clock that is off so much."""
    return Moment(TRUE + timedelta(seconds=5) + off, 105.0, "boot", quality)


def verdicts(now: Moment, true: Anchor | None = ANCHOR) -> list[Verdict]:
    return [finding.verdict for finding in judge_clock(now, true)]


@pytest.mark.parametrize("seconds", [-9, 0, 9])
def test_a_clock_that_is_nearly_right_is_well(seconds: int) -> None:
    assert verdicts(moment(timedelta(seconds=seconds))) == [Verdict.WELL, Verdict.WELL]


@pytest.mark.parametrize(
    ("off", "said"),
    [
        (timedelta(seconds=45), "45 seconds ahead of Nexudus"),
        (timedelta(minutes=-1), "1 minute behind Nexudus"),
        (timedelta(hours=2, minutes=5), "2 hours ahead of Nexudus"),
        (timedelta(days=-56 * 365), "20440 days behind Nexudus"),
    ],
)
def test_a_clock_that_was_set_wrongly_is_wrong_and_says_by_how_much(off: timedelta, said: str) -> None:
    _, difference = judge_clock(moment(off), ANCHOR)

    assert difference.verdict is Verdict.WRONG
    assert said in difference.said
    assert "timedatectl" in difference.cure


def test_a_clock_that_nobody_has_set_is_no_fault_while_nexudus_tells_the_time() -> None:
    assert verdicts(moment(timedelta(days=-30), ClockQuality.UNSET)) == [Verdict.NOTE, Verdict.NOTE]


def test_a_clock_that_nobody_has_set_is_wrong_while_nexudus_tells_nothing() -> None:
    assert verdicts(moment(timedelta(0), ClockQuality.UNSET), None) == [Verdict.WRONG, Verdict.UNVERIFIED]
