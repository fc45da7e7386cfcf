"""Visitors who are still in at the location's cut-off are checked out at that time, and marked as assumed."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.assembly import errands_for
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason
from kiosk.desk.people import PersonId, PersonKind
from kiosk.nexudus.errors import NexudusError
from kiosk.sandbox.entities import CHECKINS, VISITORS
from kiosk.sandbox.schema import Record, Value
from kiosk.sandbox.seed import SIGN_IN
from kiosk.settings import NexudusSettings
from kiosk.sync.errands import Errands
from kiosk.sync.link import LinkWatch
from tests.road import HandClock, Road, open_road
from tests.sync.test_delivery import ZOE
from tests.sync.test_elsewhere import ELSEWHERE
from tests.sync.visiting import TOMAS, a_host, came, entry_of, offer_commands, registered, settle, walk_ins

EIGHT = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
"""The cut-off of the day in UTC."""


@pytest.fixture(autouse=True)
def closes_at_eight(road: Road) -> None:
    """The location has set 20:00 by its own clock."""
    close_at(road, "20:00")


def close_at(road: Road, cut_off: str) -> None:
    sites = road.state.sites
    sites.keep_location(replace(sites.location, cut_off=cut_off))


def errands(road: Road) -> Errands:
    """The courier's readings, as after a start: nothing is remembered but what is on disk."""
    return errands_for(road.nexudus, road.settings, road.state, road.clock, LinkWatch(), around=road.clock.around)


async def look(road: Road, at: datetime, running: Errands | None = None) -> None:
    """The courier's round at a time."""
    road.clock.advance(seconds=(at - road.clock.wall).total_seconds())
    await (running or errands(road)).read_presence()


def tomas(road: Road) -> PersonId:
    return PersonId(PersonKind.VISITOR, road.visit(TOMAS).id)


async def in_at_the_desk(road: Road) -> Outcome:
    outcome = await came(road, TOMAS)
    await road.courier.deliver_due()
    return outcome


def left_at(visit: Record) -> datetime | None:
    return visit.moment("DepartureDate")


async def test_an_invited_visitor_who_stays_is_checked_out_at_the_cut_off_and_marked(road: Road) -> None:
    outcome = await in_at_the_desk(road)
    await look(road, EIGHT.replace(minute=6))
    assert left_at(road.visit(TOMAS)) == EIGHT
    assert entry_of(road, outcome).note == "end assumed"


async def test_so_is_a_walk_in(road: Road) -> None:
    outcome = await registered(road)
    await road.courier.deliver_due()
    await look(road, EIGHT.replace(minute=6))
    (visit,) = walk_ins(road)
    assert left_at(visit) == EIGHT
    assert entry_of(road, outcome).note == "end assumed"
    assert not road.is_in(PersonId(PersonKind.VISITOR, visit.id))


async def test_so_is_one_whom_a_command_checked_in(road: Road) -> None:
    offer_commands(road)
    await in_at_the_desk(road)
    await look(road, EIGHT.replace(minute=6))
    assert left_at(road.visit(TOMAS)) == EIGHT


async def test_the_roll_call_lists_them_no_more_and_no_list_brings_them_back(road: Road) -> None:
    await in_at_the_desk(road)
    assert road.is_in(tomas(road))
    await look(road, EIGHT.replace(minute=6))
    assert not road.is_in(tomas(road))
    await errands(road).read_visitors()
    assert not road.is_in(tomas(road))


async def test_a_list_that_was_read_meanwhile_does_not_keep_them_in(road: Road) -> None:
    await in_at_the_desk(road)
    road.clock.advance(minutes=5)
    await errands(road).read_visitors()
    await look(road, EIGHT.replace(minute=6))
    assert not road.is_in(tomas(road))


async def test_nobody_is_checked_out_before_the_cut_off_is_past(road: Road) -> None:
    await in_at_the_desk(road)
    await look(road, EIGHT.replace(hour=18, minute=59))
    await look(road, EIGHT.replace(minute=4))
    assert left_at(road.visit(TOMAS)) is None
    assert road.is_in(tomas(road))


async def test_who_comes_after_the_cut_off_is_checked_out_when_the_day_is_over(road: Road) -> None:
    road.clock.advance(hours=11)
    outcome = await registered(road)
    await road.courier.deliver_due()
    await look(road, datetime(2026, 3, 2, 22, 58, tzinfo=UTC))
    assert entry_of(road, outcome).note == ""
    await look(road, datetime(2026, 3, 2, 23, 6, tzinfo=UTC))
    assert left_at(walk_ins(road)[0]) == datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)


async def test_without_a_cut_off_they_stay_until_the_day_is_over(road: Road) -> None:
    close_at(road, "")
    await in_at_the_desk(road)
    await look(road, EIGHT.replace(minute=6))
    assert left_at(road.visit(TOMAS)) is None
    await look(road, datetime(2026, 3, 2, 23, 6, tzinfo=UTC))
    assert left_at(road.visit(TOMAS)) == datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)


async def test_a_kiosk_that_was_off_does_it_when_it_is_on_again(road: Road) -> None:
    outcome = await in_at_the_desk(road)
    await look(road, datetime(2026, 3, 4, 8, 0, tzinfo=UTC))
    assert left_at(road.visit(TOMAS)) == EIGHT
    assert entry_of(road, outcome).note == "end assumed"


async def test_it_is_done_once_and_what_staff_take_back_stays_taken_back(road: Road) -> None:
    await in_at_the_desk(road)
    await look(road, EIGHT.replace(minute=6))
    road.world.edit(VISITORS, road.visit(TOMAS).id, ELSEWHERE, {"DepartureDate": None})
    await look(road, EIGHT.replace(minute=30))
    assert left_at(road.visit(TOMAS)) is None


async def test_who_left_here_keeps_the_time_at_which_they_left(road: Road) -> None:
    outcome = await in_at_the_desk(road)
    road.clock.advance(hours=1)
    out = await road.desk.present(road.typed(TOMAS).leaving())
    assert out.kind is OutcomeKind.GOODBYE
    await road.courier.deliver_due()
    went = road.clock.wall.replace(microsecond=0)
    await look(road, EIGHT.replace(minute=6))
    assert left_at(road.visit(TOMAS)) == went
    assert entry_of(road, outcome).note == ""


async def test_who_left_while_the_line_was_down_is_not_checked_out_for_them(road: Road) -> None:
    await in_at_the_desk(road)
    road.clock.advance(minutes=5)
    await errands(road).read_visitors()
    road.clock.advance(hours=1)
    await road.desk.present(road.typed(TOMAS).leaving())
    await look(road, EIGHT.replace(minute=6))
    assert left_at(road.visit(TOMAS)) is None


async def test_who_was_checked_out_elsewhere_keeps_that_end_and_it_is_noted(road: Road) -> None:
    outcome = await in_at_the_desk(road)
    lunch = EIGHT.replace(hour=12)
    road.world.edit(VISITORS, road.visit(TOMAS).id, ELSEWHERE, {"DepartureDate": lunch})
    await look(road, EIGHT.replace(minute=6))
    assert left_at(road.visit(TOMAS)) == lunch
    assert entry_of(road, outcome).note == "ended in Nexudus"
    assert not road.is_in(tomas(road))


async def test_an_end_whose_answer_was_lost_is_known_as_assumed(road: Road) -> None:
    outcome = await in_at_the_desk(road)
    road.world.edit(VISITORS, road.visit(TOMAS).id, ELSEWHERE, {"DepartureDate": EIGHT})
    await look(road, EIGHT.replace(minute=6))
    assert entry_of(road, outcome).note == "end assumed"


async def test_whom_somebody_else_checked_in_is_left_to_them(road: Road) -> None:
    visit = road.visit(TOMAS)
    came_at = road.clock.wall.replace(microsecond=0)
    road.world.edit(VISITORS, visit.id, ELSEWHERE, {"Arrived": True, "ArrivalDate": came_at})
    await errands(road).read_visitors()
    await look(road, EIGHT.replace(minute=6))
    assert left_at(road.visit(TOMAS)) is None


async def test_a_visit_that_was_deleted_is_noted_and_holds_nobody_up(road: Road) -> None:
    outcome = await in_at_the_desk(road)
    await registered(road)
    await road.courier.deliver_due()
    road.world.remove(VISITORS, road.visit(TOMAS).id)
    await look(road, EIGHT.replace(minute=6))
    assert entry_of(road, outcome).note == "gone from Nexudus"
    assert left_at(walk_ins(road)[0]) == EIGHT


async def test_while_the_line_is_down_nothing_is_noted_and_it_is_done_later(road: Road) -> None:
    outcome = await in_at_the_desk(road)
    road.clock.advance(hours=10)
    road.server.stop()
    with pytest.raises(NexudusError):
        await look(road, EIGHT.replace(minute=16))
    assert entry_of(road, outcome).note == ""
    road.server.start()
    await look(road, EIGHT.replace(minute=46))
    assert left_at(road.visit(TOMAS)) == EIGHT


async def test_the_code_is_used_up_at_once(road: Road) -> None:
    await in_at_the_desk(road)
    await look(road, EIGHT.replace(minute=6))
    outcome = await road.desk.present(road.typed(TOMAS))
    assert (outcome.kind, outcome.reason) == (OutcomeKind.REFUSED, Reason.USED)


async def test_who_says_later_that_they_leave_has_left_then(road: Road) -> None:
    await in_at_the_desk(road)
    await look(road, EIGHT.replace(minute=6))
    road.clock.advance(minutes=30)
    out = await road.desk.present(road.typed(TOMAS).leaving())
    assert out.kind is OutcomeKind.GOODBYE
    await road.courier.deliver_due()
    assert left_at(road.visit(TOMAS)) == road.clock.wall.replace(microsecond=0)


async def test_without_the_right_it_is_said_once_a_day_and_done_when_the_right_is_there(
    road: Road, caplog: pytest.LogCaptureFixture
) -> None:
    await in_at_the_desk(road)
    road.world.deny(SIGN_IN.email, "Visitor-Edit")
    running = errands(road)
    for minute in (6, 7, 8):
        await look(road, EIGHT.replace(minute=minute), running)
    assert caplog.text.count("the visitor cannot be checked out") == 1
    assert road.is_in(tomas(road))
    road.world.deny(SIGN_IN.email)
    await look(road, EIGHT.replace(day=3, minute=9), running)
    assert left_at(road.visit(TOMAS)) == EIGHT


async def test_nobody_is_named_in_the_log(road: Road, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await in_at_the_desk(road)
    road.world.deny(SIGN_IN.email, "Visitor-Edit")
    await look(road, EIGHT.replace(minute=6))
    assert "cannot be checked out" in caplog.text
    assert TOMAS not in caplog.text


async def test_who_waits_for_the_host_until_the_day_is_over_never_came(tmp_path: Path) -> None:
    settings = NexudusSettings(approve_walk_ins=True)
    async with open_road(tmp_path / "strict", HandClock(), nexudus=settings) as strict:
        close_at(strict, "20:00")
        outcome = await registered(strict, await a_host(strict))
        await settle(strict)
        await look(strict, EIGHT.replace(minute=6))
        assert entry_of(strict, outcome).note == ""
        await look(strict, datetime(2026, 3, 2, 23, 6, tzinfo=UTC))
        assert entry_of(strict, outcome).note == "never arrived"
        assert left_at(walk_ins(strict)[0]) is None


async def test_whom_the_host_lets_in_after_the_cut_off_stays_until_the_day_is_over(tmp_path: Path) -> None:
    settings = NexudusSettings(approve_walk_ins=True)
    async with open_road(tmp_path / "strict", HandClock(), nexudus=settings) as strict:
        close_at(strict, "20:00")
        await registered(strict, await a_host(strict))
        await settle(strict)
        let_in: dict[str, Value] = {"Arrived": True, "ArrivalDate": EIGHT.replace(minute=3)}
        strict.world.edit(VISITORS, walk_ins(strict)[0].id, ELSEWHERE, let_in)
        await look(strict, EIGHT.replace(minute=6))
        assert left_at(walk_ins(strict)[0]) is None
        await look(strict, datetime(2026, 3, 2, 23, 6, tzinfo=UTC))
        assert left_at(walk_ins(strict)[0]) == datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)


async def test_members_may_stay_on_and_get_the_cut_off_once_the_day_is_over(road: Road) -> None:
    await came(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    await look(road, EIGHT.replace(minute=6))
    assert road.world.get(CHECKINS, row.id).moment("ToTime") is None
    await look(road, datetime(2026, 3, 2, 23, 6, tzinfo=UTC))
    assert road.world.get(CHECKINS, row.id).moment("ToTime") == EIGHT
