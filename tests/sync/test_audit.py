"""In the night the day before is compared with Nexudus; what differs is a dead letter, and nothing is put right in
silence."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.audit import Finding
from kiosk.desk.outcomes import Outcome
from kiosk.desk.queue import Entry, UploadState
from kiosk.sandbox.entities import CHECKINS, VISITORS
from kiosk.sandbox.schema import Record, Value
from kiosk.sandbox.seed import SIGN_IN
from kiosk.state.ledger import AUDIT
from kiosk.state.staff import StaffBook
from kiosk.sync.audit import DOUBLED, MISSING, NOT_ARRIVED, STANDS, STILL_OPEN, WALK_IN_MISSING
from tests.road import Road
from tests.sync.test_delivery import ZOE, came, left
from tests.sync.test_elsewhere import ELSEWHERE, add_checkin, poll
from tests.sync.visiting import TOMAS, entry_of, registered, walk_ins


async def zoe_was_in(road: Road) -> tuple[Outcome, Record]:
    """A stay of an hour that Nexudus has."""
    arrival = await came(road, ZOE)
    await road.courier.deliver_due()
    road.clock.advance(hours=1)
    await left(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    return arrival, row


async def next_day(road: Road) -> None:
    road.clock.advance(days=1)
    await poll(road)


def letters(road: Road) -> list[tuple[int, str]]:
    return [(e.event.sequence, e.note) for e in road.state.ledger.entries() if e.state is UploadState.REFUSED]


def lines(road: Road) -> list[tuple[str, str]]:
    with road.state.store.precious.reading():
        return [(line["what"], line["event"]) for line in road.state.store.precious.table(AUDIT).all()]


async def retried(road: Road) -> Sequence[Entry]:
    StaffBook(road.state.ledger).retry([number for number, _ in letters(road)], road.clock.now())
    await road.courier.deliver_due()
    return road.state.ledger.entries()


def copy_of(road: Road, row: Record, **changed: Value) -> int:
    kept = ("CoworkerId", "BusinessId", "FromTime", "ToTime", "SystemId")
    values: dict[str, Value] = {name: row[name] for name in kept}
    return road.world.add(CHECKINS, ELSEWHERE, {**values, **changed}).id


async def test_a_day_on_which_all_agrees_leaves_no_trace(road: Road) -> None:
    await zoe_was_in(road)
    await came(road, TOMAS)
    await registered(road)
    await road.courier.deliver_due()
    await next_day(road)
    assert (letters(road), lines(road)) == ([], [])


async def test_a_check_in_that_nexudus_does_not_have_becomes_a_dead_letter(road: Road) -> None:
    arrival, row = await zoe_was_in(road)
    road.world.remove(CHECKINS, row.id)
    await next_day(road)
    assert letters(road) == [(1, MISSING)]
    assert lines(road) == [(Finding.MISSING, str(arrival.event))]


async def test_one_that_staff_retry_is_in_nexudus_again_with_its_times(road: Road) -> None:
    arrival, row = await zoe_was_in(road)
    road.world.remove(CHECKINS, row.id)
    await next_day(road)
    await retried(road)
    (again,) = [row for row in road.world.rows(CHECKINS) if row.text("SystemId") == str(arrival.event)]
    assert (again.moment("FromTime"), again.moment("ToTime")) == (row.moment("FromTime"), row.moment("ToTime"))
    assert letters(road) == []


async def test_a_second_record_of_one_event_of_this_kiosk_is_removed_with_a_line_in_the_audit(road: Road) -> None:
    arrival, row = await zoe_was_in(road)
    second = copy_of(road, row)
    await next_day(road)
    assert road.world.find(CHECKINS, second) is None
    assert road.world.find(CHECKINS, row.id) is not None
    assert (letters(road), lines(road)) == ([], [(Finding.REMOVED, str(arrival.event))])


async def test_where_the_account_may_not_delete_staff_are_asked_to(road: Road) -> None:
    _, row = await zoe_was_in(road)
    second = copy_of(road, row)
    road.world.deny(SIGN_IN.email, "Checkin-Delete")
    await next_day(road)
    assert road.world.find(CHECKINS, second) is not None
    assert letters(road) == [(1, DOUBLED.format(second))]


async def test_a_record_by_others_at_the_same_time_is_left_to_staff(road: Road) -> None:
    _, row = await zoe_was_in(road)
    theirs = copy_of(road, row, SystemId=None)
    await next_day(road)
    assert road.world.find(CHECKINS, theirs) is not None
    assert letters(road) == [(1, DOUBLED.format(theirs))]


async def test_a_second_visit_on_the_same_day_is_no_double(road: Road) -> None:
    await zoe_was_in(road)
    road.clock.advance(hours=1)
    add_checkin(road, road.clock.wall, road.clock.wall.replace(hour=12))
    await next_day(road)
    assert letters(road) == []


async def test_who_left_and_is_in_there_all_the_same_is_told_to_staff_and_closed_by_a_retry(road: Road) -> None:
    _, row = await zoe_was_in(road)
    road.world.edit(CHECKINS, row.id, ELSEWHERE, {"ToTime": None})
    await next_day(road)
    assert letters(road) == [(2, STILL_OPEN)]
    await retried(road)
    assert road.world.get(CHECKINS, row.id).moment("ToTime") == row.moment("ToTime")


async def test_what_was_taken_back_and_stands_there_is_told_to_staff(road: Road) -> None:
    arrival = await came(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    assert arrival.event is not None
    await road.desk.undo(arrival.event)
    await road.courier.deliver_due()
    late = copy_of(road, row)
    await next_day(road)
    assert letters(road) == [(1, STANDS.format(late))]


async def test_a_walk_in_whose_record_is_gone_is_told_to_staff(road: Road) -> None:
    await registered(road)
    await road.courier.deliver_due()
    road.world.remove(VISITORS, walk_ins(road)[0].id)
    await next_day(road)
    assert letters(road) == [(1, WALK_IN_MISSING)]


async def test_a_visitor_who_has_not_arrived_according_to_nexudus_is_told_to_staff(road: Road) -> None:
    await came(road, TOMAS)
    await road.courier.deliver_due()
    road.world.edit(VISITORS, road.visit(TOMAS).id, ELSEWHERE, {"Arrived": False, "ArrivalDate": None})
    await next_day(road)
    assert letters(road) == [(1, NOT_ARRIVED)]


async def test_what_staff_have_dismissed_is_not_told_again(road: Road) -> None:
    _, row = await zoe_was_in(road)
    road.world.remove(CHECKINS, row.id)
    await next_day(road)
    StaffBook(road.state.ledger).dismiss([1], road.clock.now())
    await poll(road)
    assert letters(road) == []


async def test_the_audit_waits_for_what_is_still_in_the_queue_but_not_for_ever(road: Road) -> None:
    _, row = await zoe_was_in(road)
    road.world.remove(CHECKINS, row.id)
    road.world.deny(SIGN_IN.email, "Visitor-Create")
    stuck = await registered(road)
    await road.courier.deliver_due()
    await next_day(road)
    assert (entry_of(road, stuck).state, letters(road)) == (UploadState.PENDING, [])
    road.clock.advance(hours=12)
    await poll(road)
    assert letters(road) == [(1, MISSING)]


async def test_the_present_day_is_compared_when_it_is_over(road: Road) -> None:
    _, row = await zoe_was_in(road)
    road.world.remove(CHECKINS, row.id)
    await poll(road)
    assert letters(road) == []
