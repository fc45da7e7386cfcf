"""Visitors whom nobody announced, from the form to the record in Nexudus."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.assembly import open_state
from kiosk.desk.credentials import Via, read_code
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.queue import UploadState
from kiosk.sandbox.entities import COWORKERS, VISITORS
from kiosk.sandbox.seed import SIGN_IN
from kiosk.settings import NexudusSettings
from kiosk.sync.visits import ELSEWHERE
from tests.road import HandClock, Road, open_road
from tests.sync.visiting import (
    EMAIL,
    TOMAS,
    a_host,
    came,
    entry_of,
    look_up,
    registered,
    settle,
    walk_ins,
)


async def test_a_walk_in_is_registered_and_checked_in_once_with_all_they_gave(road: Road) -> None:
    outcome = await registered(road, await a_host(road))
    assert await road.courier.deliver_due() is None
    await road.courier.deliver_due()
    (row,) = walk_ins(road)
    assert (row.text("Email"), row.text("CompanyName"), row.text("VisitReason")) == (EMAIL, "Prueba S.L.", "Interview")
    assert (row.number("VisitorSource"), row.number("HostApprovalStatus"), row.flag("Arrived")) == (2, 1, True)
    assert (row.number("CoworkerId"), row.flag("HasAgreedTerms")) == (COWORKERS.first_id, True)
    assert row.text("SystemId") == str(outcome.event)
    assert row.moment("ExpectedArrival") == road.clock.wall.replace(microsecond=0)
    assert entry_of(road, outcome).remote_id == row.id


async def test_a_walk_in_can_leave_with_the_code_that_nexudus_made(road: Road) -> None:
    await registered(road)
    await road.courier.deliver_due()
    code = read_code(walk_ins(road)[0].text("VisitorCode"), Via.LINE)
    assert code is not None
    await look_up(road, code)
    road.clock.advance(hours=1)
    assert (await road.desk.present(code)).kind is OutcomeKind.ALREADY_IN
    assert (await road.desk.present(code.leaving())).kind is OutcomeKind.GOODBYE
    await road.courier.deliver_due()
    (row,) = walk_ins(road)
    assert row.moment("DepartureDate") == road.clock.wall.replace(microsecond=0)
    assert not road.is_in(PersonId(PersonKind.VISITOR, row.id))


@pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before_commit"])
@pytest.mark.parametrize("marker", ["kept", "lost"])
async def test_a_walk_in_whose_answer_or_request_is_lost_is_registered_once(
    road: Road, fault: str, marker: str
) -> None:
    setattr(road.world.faults, fault, 1)
    outcome = await registered(road)
    await road.courier.deliver_due()
    assert entry_of(road, outcome).state is UploadState.UNKNOWN
    if marker == "lost":
        for row in walk_ins(road):
            road.world.edit(VISITORS, row.id, "office", {"SystemId": None})
    road.clock.advance(seconds=71)
    await road.courier.deliver_due()
    assert entry_of(road, outcome).state is UploadState.DONE
    assert len(walk_ins(road)) == 1


async def test_a_kiosk_that_died_while_a_walk_in_was_on_the_way_registers_them_once(road: Road) -> None:
    outcome = await registered(road)
    assert outcome.event is not None
    road.world.faults.drop_after_commit = 1
    await road.courier.deliver_due()
    road.state.store.close()
    road.clock.reboot()
    with open_state(road.settings) as state:
        restarted = road.restart(state)
        road.clock.advance(seconds=71)
        await restarted.courier.deliver_due()
        await restarted.nexudus.client.aclose()
        assert entry_of(restarted, outcome).state is UploadState.DONE
    assert len(walk_ins(road)) == 1


async def test_two_kiosks_that_register_the_same_person_end_with_one_visitor(road: Road) -> None:
    await registered(road)
    await road.courier.deliver_due()
    (row,) = walk_ins(road)
    road.world.edit(VISITORS, row.id, "another kiosk", {"SystemId": "its own event"})
    road.clock.advance(seconds=61)
    outcome = await registered(road)
    await road.courier.deliver_due()
    assert len(walk_ins(road)) == 1
    assert entry_of(road, outcome).note == ELSEWHERE


async def test_a_walk_in_of_an_hour_ago_has_arrived_an_hour_ago(road: Road) -> None:
    road.server.stop()
    at = road.clock.wall.replace(microsecond=0)
    await registered(road)
    road.clock.advance(hours=1)
    road.server.start()
    await road.courier.deliver_due()
    (row,) = walk_ins(road)
    assert (row.flag("Arrived"), row.moment("ArrivalDate"), row.text("CheckedInAt")) == (True, at, "Harbour Works")


async def test_a_walk_in_who_waits_for_the_host_has_not_arrived(tmp_path: Path) -> None:
    async with open_road(tmp_path, HandClock(), nexudus=NexudusSettings(approve_walk_ins=True)) as road:
        outcome = await registered(road, await a_host(road))
        assert outcome.kind is OutcomeKind.WAITING
        await settle(road)
        (row,) = walk_ins(road)
        assert (row.number("HostApprovalStatus"), row.flag("Arrived")) == (2, False)
        assert entry_of(road, outcome).state is UploadState.DONE


async def test_a_walk_in_that_is_taken_back_before_it_is_sent_is_never_sent(road: Road) -> None:
    outcome = await registered(road)
    assert outcome.undoable is not None
    await road.desk.undo(outcome.undoable)
    await road.courier.deliver_due()
    assert walk_ins(road) == []
    assert entry_of(road, outcome).state is UploadState.UNDONE


async def test_a_walk_in_that_was_sent_has_not_arrived_once_it_is_taken_back(road: Road) -> None:
    outcome = await registered(road)
    await road.courier.deliver_due()
    assert outcome.undoable is not None
    await road.desk.undo(outcome.undoable)
    await road.courier.deliver_due()
    (row,) = walk_ins(road)
    assert (row.flag("Arrived"), row.moment("ArrivalDate")) == (False, None)
    assert entry_of(road, outcome).state is UploadState.UNDONE
    await registered(road)
    await road.courier.deliver_due()
    assert [one.flag("Arrived") for one in walk_ins(road)] == [False, True], "somebody who comes after all is new"


@pytest.mark.parametrize("marker", ["kept", "lost"])
async def test_who_takes_it_back_and_registers_again_at_once_has_arrived_in_the_end(road: Road, marker: str) -> None:
    first = await registered(road)
    await road.courier.deliver_due()
    if marker == "lost":
        road.world.edit(VISITORS, walk_ins(road)[0].id, "office", {"SystemId": None})
    assert first.undoable is not None
    await road.desk.undo(first.undoable)
    road.clock.advance(seconds=3)
    second = await registered(road)
    road.world.faults.drop_before_commit = 1  # so the second comes up while the first has yet to be taken back
    await settle(road)
    assert [row.flag("Arrived") for row in walk_ins(road)] == [False, True]
    assert entry_of(road, second).note == ""


async def test_the_right_to_register_is_told_by_its_name_and_holds_up_nobody_else(road: Road) -> None:
    road.world.deny(SIGN_IN.email, "Visitor-Create")
    outcome = await registered(road)
    other = await came(road, TOMAS)
    await road.courier.deliver_due()
    assert entry_of(road, outcome).state is UploadState.PENDING
    assert entry_of(road, other).state is UploadState.DONE


async def test_a_host_is_found_by_company_and_nobody_who_has_left_is(road: Road) -> None:
    companies = await road.desk.hosts("lighthouse analytics")
    assert [host.name for host in companies] == ["Lighthouse Analytics"]
    gone = [row for row in road.world.rows(COWORKERS) if row.flag("Archived") or not row.flag("Active")]
    assert gone
    for row in gone:
        assert row.id not in {host.id.number for host in await road.desk.hosts(row.text("FullName"))}
