"""Members come and go at other kiosks too, at the front desk and at doors; what they did is one stay in Nexudus."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.assembly import errands_for, open_state
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.queue import UploadState
from kiosk.sandbox.entities import CHECKINS, COWORKERS
from kiosk.sandbox.schema import Value
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sync.link import LinkWatch
from tests.road import Road, settings_for
from tests.sync.test_delivery import ZOE, came, left, state_of

ELSEWHERE = "front desk"


@pytest.fixture
async def other(road: Road, tmp_path: Path) -> AsyncIterator[Road]:
    """A second kiosk in the same lobby, with the same account."""
    settings = settings_for(tmp_path / "other", road.server.url)
    with open_state(settings, road.clock, road.clock.around) as state:
        other = Road(road.clock, road.world, road.server, settings, state)
        await other.set_up()
        yield other
        await other.nexudus.client.aclose()


def zoe(road: Road) -> PersonId:
    number = next(row.id for row in road.world.rows(COWORKERS) if row.text("FullName") == ZOE)
    return PersonId(PersonKind.MEMBER, number)


async def poll(*roads: Road) -> None:
    """The next poll of who is in, a minute later."""
    for road in roads:
        road.clock.advance(seconds=61)
        errands = errands_for(
            road.nexudus, road.settings, road.state, road.clock, LinkWatch(), around=road.clock.around
        )
        await errands.read_presence()


def add_checkin(road: Road, came: datetime, went: datetime | None = None) -> int:
    values: dict[str, Value] = {
        "CoworkerId": zoe(road).number,
        "BusinessId": road.desk.house().id,
        "FromTime": came,
        "ToTime": went,
    }
    return road.world.add(CHECKINS, ELSEWHERE, values).id


async def both_at_once(road: Road, other: Road) -> None:
    """Zoë shows her code at two kiosks; each has read Nexudus before the other writes."""
    await came(road, ZOE)
    await came(other, ZOE)
    await asyncio.gather(road.courier.deliver_due(), other.courier.deliver_due())
    if len(road.checkins(ZOE)) == 1:  # one was quicker than that, so the other's is made by hand
        row = road.checkins(ZOE)[0]
        late = other if row.text("SystemId") == str(road.state.ledger.entries()[-1].event.id) else road
        entry = late.state.ledger.entries()[-1]
        double = add_checkin(late, entry.event.time.replace(microsecond=0))
        road.world.edit(CHECKINS, double, ELSEWHERE, {"SystemId": str(entry.event.id)})
        late.state.ledger.delivered(entry.event.id, double, late.clock.now())
    assert len(road.checkins(ZOE)) == 2


async def test_who_came_in_at_one_kiosk_leaves_at_another_after_one_poll(road: Road, other: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    await poll(other)
    assert (await other.desk.present(other.typed(ZOE))).kind is OutcomeKind.ALREADY_IN
    await left(other, ZOE)
    await other.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    assert row.moment("ToTime") == road.clock.wall.replace(microsecond=0)


async def test_the_first_kiosk_knows_after_one_poll_that_they_left_at_the_other(road: Road, other: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    await poll(other)
    await left(other, ZOE)
    await other.courier.deliver_due()
    await poll(road)
    assert not road.is_in(zoe(road))


async def test_two_kiosks_at_once_end_with_one_check_in(road: Road, other: Road) -> None:
    await both_at_once(road, other)
    first = road.checkins(ZOE)[0].id
    await poll(road, other)
    assert [row.id for row in road.checkins(ZOE)] == [first]
    for kiosk in (road, other):
        assert (stay := kiosk.state.ledger.stay_of(zoe(road))) is not None
        assert stay.remote_id == first


async def test_whoever_was_second_leaves_by_the_record_that_stayed(road: Road, other: Road) -> None:
    await both_at_once(road, other)
    await poll(road, other)
    road.clock.advance(hours=1)
    await left(other, ZOE)
    await other.courier.deliver_due()
    await left(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    assert row.moment("ToTime") == road.clock.wall.replace(microsecond=0)
    assert (road.courier.status().refused, other.courier.status().refused) == (0, 0)


async def test_a_second_check_in_by_staff_is_not_overruled(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    add_checkin(road, road.clock.wall)
    await poll(road)
    assert len(road.checkins(ZOE)) == 2


async def test_a_double_that_may_not_be_deleted_leaves_presence_working(road: Road, other: Road) -> None:
    await both_at_once(road, other)
    road.world.deny(SIGN_IN.email, "Checkin-Delete")
    await poll(road, other)
    assert len(road.checkins(ZOE)) == 2
    assert road.is_in(zoe(road))


async def test_a_check_out_finds_another_open_record_where_its_own_was_deleted(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    road.world.remove(CHECKINS, road.checkins(ZOE)[0].id)
    again = add_checkin(road, road.clock.wall)
    road.clock.advance(hours=1)
    out = await left(road, ZOE)
    await road.courier.deliver_due()
    assert state_of(road, out.event) is UploadState.DONE
    assert road.world.get(CHECKINS, again).moment("ToTime") is not None


async def test_a_check_out_whose_record_was_deleted_is_no_dead_letter(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    road.world.remove(CHECKINS, road.checkins(ZOE)[0].id)
    road.clock.advance(hours=1)
    out = await left(road, ZOE)
    await road.courier.deliver_due()
    assert state_of(road, out.event) is UploadState.DONE


async def test_a_stay_of_yesterday_that_staff_recorded_is_not_recorded_twice(road: Road) -> None:
    road.server.stop()
    await came(road, ZOE)
    add_checkin(road, road.clock.wall.replace(hour=8), road.clock.wall.replace(hour=18))
    road.clock.advance(days=1)
    road.server.start()
    await road.courier.deliver_due()
    mine = [row for row in road.world.rows(CHECKINS) if row.text("SystemId")]
    assert mine == []
    assert road.courier.status().waiting == 0


async def test_who_never_checked_out_is_closed_the_next_day_at_the_cut_off_and_marked(road: Road) -> None:
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    road.clock.advance(days=1)
    await poll(road)
    assert road.world.get(CHECKINS, row.id).moment("ToTime") == datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    assert outcome.event is not None
    assert (entry := road.state.ledger.entry(outcome.event)) is not None
    assert entry.note == "end assumed"


async def test_what_staff_left_open_yesterday_stays_as_they_left_it(road: Road) -> None:
    row = add_checkin(road, road.clock.wall)
    road.clock.advance(days=1)
    await poll(road)
    assert road.world.get(CHECKINS, row).moment("ToTime") is None


async def test_an_end_that_nexudus_set_by_itself_is_kept(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    cut_off = road.clock.wall.replace(hour=20, microsecond=0)
    road.world.edit(CHECKINS, row.id, ELSEWHERE, {"ToTime": cut_off})
    road.clock.advance(days=1)
    await poll(road)
    assert road.world.get(CHECKINS, row.id).moment("ToTime") == cut_off


async def test_who_leaves_after_midnight_leaves_when_they_did(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    road.clock.advance(hours=14)
    out = await left(road, ZOE)
    went = road.clock.wall.replace(microsecond=0)
    entry = road.state.ledger.entries()[0]
    road.world.edit(CHECKINS, row.id, ELSEWHERE, {"ToTime": datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)})
    road.state.ledger.delivered(entry.event.id, row.id, road.clock.now(), "end assumed")
    await road.courier.deliver_due()
    assert state_of(road, out.event) is UploadState.DONE
    assert road.world.get(CHECKINS, row.id).moment("ToTime") == went
