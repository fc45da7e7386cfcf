"""The true times of events that a wrong clock recorded."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.clock import EARLIEST, Anchor, ClockQuality, Moment
from kiosk.desk.correction import corrected, corrections
from kiosk.desk.credentials import Via
from kiosk.desk.events import Correction, Event, EventKind, Intent, Stay, TimeBasis
from kiosk.desk.queue import Entry, UploadState
from tests.desk.samples import LOST, NINE, lost, member, moment

ADA = member()
NOW = Anchor("now", 600.0, NINE, 0.6)
STARTED = NINE - timedelta(seconds=600)
"""When the present boot began."""
YESTERDAY = NINE - timedelta(days=1)


def queue(*moments: Moment) -> list[Entry]:
    """Check-ins that wait, in this order."""
    return [
        Entry(Event(UUID(int=number), number, Intent(EventKind.CHECK_IN, ADA.id, Via.KEYPAD), at), PENDING, 0, at)
        for number, at in enumerate(moments, 1)
    ]


PENDING = UploadState.PENDING


def times(entries: list[Entry], anchor: Anchor = NOW) -> list[datetime]:
    """When each happened, after the correction."""
    found = corrections(entries, anchor)
    return [corrected(entry, found).event.time for entry in entries]


def bases(entries: list[Entry], anchor: Anchor = NOW) -> list[TimeBasis]:
    found = corrections(entries, anchor)
    return [corrected(entry, found).event.basis for entry in entries]


def test_an_event_of_this_boot_is_counted_from_the_anchor_and_keeps_what_the_clock_showed() -> None:
    (entry,) = queue(lost(300.0, "now"))

    event = corrected(entry, corrections([entry], NOW)).event

    assert event.at == lost(300.0, "now")
    assert event.time == NINE - timedelta(minutes=5)
    assert event.correction == Correction(event.time, TimeBasis.ANCHORED, 0.6)


def test_an_event_whose_clock_was_right_is_left_as_it_is() -> None:
    entries = queue(moment(), moment(boot="now"), replace(moment(boot="now"), quality=ClockQuality.SERVER))

    assert corrections(entries, NOW) == {}
    assert bases(entries) == [TimeBasis.CLOCK] * 3


def test_an_event_of_an_earlier_boot_whose_clock_was_set_later_is_counted_from_there() -> None:
    set_later = moment(YESTERDAY, 500.0, "before")
    entries = queue(lost(100.0, "before"), set_later)

    assert times(entries) == [YESTERDAY - timedelta(seconds=400), YESTERDAY]
    assert bases(entries)[0] is TimeBasis.ANCHORED


def test_what_happened_to_an_event_later_in_its_boot_makes_the_time_known_as_well() -> None:
    (entry,) = queue(lost(100.0, "before"))
    postponed = replace(entry, changed=moment(YESTERDAY, 500.0, "before"))

    assert times([postponed]) == [YESTERDAY - timedelta(seconds=400)]


def test_an_event_that_was_corrected_anchors_the_others_of_its_boot() -> None:
    first, second = queue(lost(100.0, "before"), lost(160.0, "before"))
    known = Correction(YESTERDAY, TimeBasis.ANCHORED, 0.6)
    first = replace(first, event=replace(first.event, correction=known))

    assert corrections([first, second], NOW) == {
        second.event.id: Correction(YESTERDAY + timedelta(seconds=60), TimeBasis.ANCHORED, 0.6)
    }


def test_a_boot_that_nobody_can_date_is_taken_to_follow_the_last_true_time() -> None:
    entries = queue(moment(YESTERDAY, 900.0, "before"), lost(120.0, "dark"), lost(300.0, "dark"))

    found = corrections(entries, NOW)

    assert times(entries)[1:] == [YESTERDAY + timedelta(seconds=120), YESTERDAY + timedelta(seconds=300)]
    assert found[UUID(int=2)].basis is TimeBasis.ESTIMATED
    assert found[UUID(int=2)].within == (STARTED - times(entries)[1]).total_seconds()


def test_a_wrong_clock_that_may_be_right_is_believed_as_far_as_the_bounds_allow() -> None:
    plausible = YESTERDAY + timedelta(hours=3)
    too_late = NINE + timedelta(days=3)
    before = moment(YESTERDAY, 900.0, "before")

    assert times(queue(before, lost(120.0, "dark", plausible)))[1] == plausible + timedelta(seconds=120)
    assert times(queue(before, lost(120.0, "dark", too_late)))[1] == STARTED


def test_with_nothing_known_before_it_a_boot_is_placed_as_late_as_can_be_and_nothing_is_promised() -> None:
    entries = queue(lost(120.0, "dark"), lost(300.0, "dark"))

    assert times(entries) == [STARTED - timedelta(seconds=180), STARTED]
    assert corrections(entries, NOW)[UUID(int=1)].within is None


def test_boots_in_the_dark_follow_each_other() -> None:
    entries = queue(moment(YESTERDAY, 900.0, "before"), lost(7200.0, "dark-1"), lost(60.0, "dark-2"))

    assert times(entries)[1:] == [YESTERDAY + timedelta(seconds=7200), YESTERDAY + timedelta(seconds=7260)]


def test_a_dark_boot_lies_before_the_next_boot_that_has_a_true_time() -> None:
    next_one = moment(YESTERDAY, 900.0, "next")
    entries = queue(lost(120.0, "dark"), next_one)

    assert times(entries)[0] == YESTERDAY - timedelta(seconds=900)


def test_boots_that_ran_longer_than_there_is_room_for_keep_their_order() -> None:
    entries = queue(moment(STARTED - timedelta(seconds=10), 1.0, "before"), lost(15.0, "dark-1"), lost(5.0, "dark-2"))

    assert times(entries) == [STARTED - timedelta(seconds=10), STARTED - timedelta(seconds=2.5), STARTED]


@pytest.mark.parametrize("state", [state for state in UploadState if state is not UploadState.PENDING])
def test_what_was_sent_or_has_come_to_its_end_keeps_its_time(state: UploadState) -> None:
    sent = [replace(entry, state=state) for entry in queue(lost(300.0, "now"), lost(5.0, "dark"))]

    assert corrections(sent, NOW) == {}


def test_an_estimate_is_made_once_and_gives_way_to_an_anchor() -> None:
    (entry,) = queue(lost(300.0, "now"))
    entry = replace(entry, event=replace(entry.event, correction=Correction(YESTERDAY, TimeBasis.ESTIMATED)))
    other = Anchor("later", 5.0, NINE + timedelta(days=1))

    assert corrections([entry], other) == {}
    assert times([entry]) == [NINE - timedelta(minutes=5)]


def test_the_stay_that_a_check_out_ended_begins_at_the_corrected_time() -> None:
    came, left = queue(lost(100.0, "now"), lost(500.0, "now"))
    left = replace(left, ended=Stay(ADA.id, came.event.time, came.event.id))
    found = corrections([came, left], NOW)

    ended = corrected(left, found).ended
    assert ended == Stay(ADA.id, NINE - timedelta(seconds=500), came.event.id)
    sent = replace(left, state=UploadState.INFLIGHT)
    assert corrected(sent, found) is sent


def test_an_event_after_the_last_true_time_waits() -> None:
    entries = queue(moment(boot="now"), lost(boot="dark"))

    assert bases(entries) == [TimeBasis.CLOCK, TimeBasis.DOUBTED]


UPTIMES = st.lists(st.floats(0, 200_000), min_size=1, max_size=5).map(sorted)
SHOWN = st.one_of(
    st.just(LOST),
    st.datetimes(datetime(2018, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=NINE.tzinfo)),
)


@given(boots=st.lists(st.tuples(UPTIMES, SHOWN), max_size=4), before=st.none() | st.floats(0, 400_000))
def test_estimates_keep_the_order_of_all_that_happened_and_lie_within_their_bounds(
    boots: list[tuple[list[float], datetime]], before: float | None
) -> None:
    lower = None if before is None else STARTED - timedelta(seconds=before)
    known = [] if lower is None else [moment(lower, 50.0, "before")]
    dark = [lost(at, f"dark-{n}", shown) for n, (uptimes, shown) in enumerate(boots) for at in uptimes]
    entries = queue(*known, *dark, lost(0.0, "now"), lost(600.0, "now"))

    told = times(entries)

    assert TimeBasis.DOUBTED not in bases(entries)
    assert all(earlier <= later for earlier, later in itertools.pairwise(told))
    assert told[-2:] == [STARTED, NINE]
    assert lower is None or told[0] == lower
    estimates = [one for one in corrections(entries, NOW).values() if one.basis is TimeBasis.ESTIMATED]
    assert len(estimates) == len(dark)
    for one in estimates:
        assert one.time <= STARTED
        assert (one.within is None) == (lower is None)


@given(uptimes=UPTIMES, anchored_at=st.floats(0, 200_000))
def test_corrected_times_of_a_boot_keep_its_monotonic_order_and_distances(
    uptimes: list[float], anchored_at: float
) -> None:
    told = times(queue(*(lost(at, "now") for at in uptimes)), Anchor("now", anchored_at, NINE, 0.6))

    for (at, time), (later_at, later_time) in itertools.pairwise(zip(uptimes, told, strict=True)):
        assert time <= later_time
        assert (later_time - time).total_seconds() == pytest.approx(later_at - at, abs=1e-5)


def test_no_true_time_lies_before_the_kiosk_was_made() -> None:
    assert LOST < EARLIEST < NINE
