"""Invited visitors on the whole road: by command and by record, terms, other locations and days, Wi-Fi."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.desk.credentials import Code, Via, read_code
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason
from kiosk.desk.people import Approval
from kiosk.desk.queue import Entry, UploadState
from kiosk.nexudus.errors import Refused
from kiosk.sandbox import seed_visitors
from kiosk.sandbox.entities import ACCESS_TOKENS, COWORKERS, VISITORS
from kiosk.sandbox.names import LAPSED
from kiosk.sandbox.seed import SECOND_LOCATION, SIGN_IN
from kiosk.sandbox.world import PassReason, Unknowns, VisitorCodeFilter, VisitorCommandList
from kiosk.settings import NexudusSettings
from kiosk.sync.commands import CommandList
from kiosk.sync.delivery import UNEXPLAINED_TRIES, Delivery
from kiosk.sync.visits import BY_COMMAND
from tests.road import HandClock, Road, open_road
from tests.sync.visiting import (
    TERMS_NOT_AGREED,
    TOMAS,
    came,
    entry_of,
    look_up,
    offer_commands,
    registered,
    settle,
    walk_ins,
)


async def test_an_archived_or_inactive_members_pin_is_answered_like_any_wrong_one(road: Road) -> None:
    wrong = await road.desk.present(Code("99999999", Via.KEYPAD))
    for flag, value in (("Archived", True), ("Active", False)):
        row = next(row for row in road.world.rows(COWORKERS) if row.flag(flag) is value and row.text("AccessPincode"))
        code = Code(row.text("AccessPincode"), Via.KEYPAD)
        await look_up(road, code)
        assert await road.desk.present(code) == wrong


# Terms.


async def test_the_agreement_to_the_terms_is_sent_with_the_check_in(road: Road) -> None:
    asked = await road.desk.present(road.typed(TERMS_NOT_AGREED))
    assert asked.kind is OutcomeKind.ASK_TERMS
    assert road.desk.status().waiting == 0
    await road.desk.present(road.typed(TERMS_NOT_AGREED).agreeing())
    await road.courier.deliver_due()
    visit = road.visit(TERMS_NOT_AGREED)
    assert (visit.flag("HasAgreedTerms"), visit.flag("Arrived")) == (True, True)


@pytest.mark.parametrize("lost", ["drop_after_commit", "drop_before_commit"])
async def test_the_agreement_is_sent_before_a_command_and_neither_is_lost_or_doubled(road: Road, lost: str) -> None:
    offer_commands(road)
    setattr(road.world.faults, lost, 1)
    outcome = await road.desk.present(road.typed(TERMS_NOT_AGREED).agreeing())
    await settle(road)
    visit = road.visit(TERMS_NOT_AGREED)
    assert (visit.flag("HasAgreedTerms"), visit.flag("Arrived")) == (True, True)
    assert entry_of(road, outcome).state is UploadState.DONE


# Commands.


async def test_a_visitor_is_checked_in_and_out_by_command_where_there_is_one(road: Road) -> None:
    offer_commands(road)
    arrival = await came(road, TOMAS)
    await road.courier.deliver_due()
    assert (road.visit(TOMAS).flag("Arrived"), road.visit(TOMAS).flag("Notified")) == (True, True)
    assert entry_of(road, arrival).note == BY_COMMAND
    road.clock.advance(minutes=5)
    left = await road.desk.present(road.typed(TOMAS).leaving())
    await road.courier.deliver_due()
    assert road.visit(TOMAS).moment("DepartureDate") is not None
    assert entry_of(road, left).note == BY_COMMAND


async def test_a_command_that_does_nothing_is_made_good_by_the_record(road: Road) -> None:
    offer_commands(road, VisitorCommandList.IDLE)
    outcome = await came(road, TOMAS)
    await road.courier.deliver_due()
    assert road.visit(TOMAS).moment("ArrivalDate") == road.clock.wall.replace(microsecond=0)
    assert entry_of(road, outcome).note == ""


async def test_a_command_whose_answer_is_lost_is_read_back(road: Road) -> None:
    offer_commands(road)
    road.world.faults.drop_after_commit = 1
    outcome = await came(road, TOMAS)
    road.clock.advance(seconds=3)
    await settle(road)
    assert (entry_of(road, outcome).state, entry_of(road, outcome).note) == (UploadState.DONE, BY_COMMAND)
    assert road.visit(TOMAS).flag("Arrived")


async def test_what_a_command_did_is_taken_back(road: Road) -> None:
    offer_commands(road)
    outcome = await came(road, TOMAS)
    road.clock.advance(seconds=3)
    await road.courier.deliver_due()
    assert outcome.event is not None
    await road.desk.undo(outcome.event)
    await road.courier.deliver_due()
    assert not road.visit(TOMAS).flag("Arrived")


async def test_what_happened_an_hour_ago_is_written_with_its_time_and_not_by_command(road: Road) -> None:
    offer_commands(road)
    road.server.stop()
    at = road.clock.wall.replace(microsecond=0)
    await came(road, TOMAS)
    road.clock.advance(hours=1)
    road.server.start()
    await road.courier.deliver_due()
    assert road.visit(TOMAS).moment("ArrivalDate") == at


async def test_what_a_command_refuses_is_a_dead_letter_with_its_reason(road: Road) -> None:
    offer_commands(road)
    await came(road, TOMAS)
    road.world.edit(VISITORS, road.visit(TOMAS).id, "office", {"HostApprovalStatus": 3})
    await road.courier.deliver_due()
    assert road.desk.status().refused == 1
    assert not road.visit(TOMAS).flag("Arrived")


async def test_the_commands_are_asked_for_once_a_day(road: Road) -> None:
    await came(road, TOMAS)
    await road.courier.deliver_due()
    offer_commands(road)
    road.clock.advance(minutes=10)
    left = await road.desk.present(road.typed(TOMAS).leaving())
    await road.courier.deliver_due()
    assert entry_of(road, left).note == "", "the list of this morning stands"
    road.clock.advance(days=1)
    other = await registered(road)
    await road.courier.deliver_due()
    code = read_code(walk_ins(road)[0].text("VisitorCode"), Via.LINE)
    assert code is not None
    await look_up(road, code)
    out = await road.desk.present(code.leaving())
    await road.courier.deliver_due()
    assert entry_of(road, other).state is UploadState.DONE
    assert entry_of(road, out).note == BY_COMMAND


async def test_where_the_commands_may_not_be_listed_the_record_is_changed(
    road: Road, caplog: pytest.LogCaptureFixture
) -> None:
    offer_commands(road)
    road.world.deny(SIGN_IN.email, "Visitor-List")
    for name in (TOMAS, seed_visitors.HELD):
        await came(road, name)
        await road.courier.deliver_due()
        assert road.visit(name).flag("Arrived")
    assert [record.getMessage() for record in caplog.records] == [
        "Nexudus does not list the commands for visitors: right missing: Visitor - List"
    ]


async def test_a_kiosk_that_is_told_so_uses_no_command(tmp_path: Path) -> None:
    async with open_road(tmp_path, HandClock(), nexudus=NexudusSettings(visitor_commands=False)) as road:
        offer_commands(road)
        outcome = await came(road, TOMAS)
        await road.courier.deliver_due()
        assert (road.visit(TOMAS).flag("Arrived"), entry_of(road, outcome).note) == (True, "")


# What else keeps a visitor out, or lets them in.


@pytest.mark.parametrize("by_guid", [False, True])
async def test_an_invitation_for_the_other_location_says_which(road: Road, by_guid: bool) -> None:
    row = road.visit(seed_visitors.ELSEWHERE)
    code = read_code(row.text("UniqueId" if by_guid else "VisitorCode"), Via.CAMERA)
    assert code is not None
    await look_up(road, code)
    outcome = await road.desk.present(code)
    assert (outcome.reason, outcome.elsewhere) == (Reason.ELSEWHERE, "Harbour Works Norte")
    assert row.number("BusinessId") == SECOND_LOCATION


@pytest.mark.parametrize(("days", "reason"), [(20, Reason.NOT_YET), (-20, Reason.EXPIRED)])
async def test_an_invitation_for_another_week_says_when(road: Road, days: int, reason: Reason) -> None:
    row = road.visit(TOMAS)
    day = road.clock.wall + timedelta(days=days)
    road.world.edit(VISITORS, row.id, "office", {"ExpectedArrival": day, "VisitorCode": "909090"})
    code = read_code("909090", Via.LINE)
    assert code is not None
    await look_up(road, code)
    assert (await road.desk.present(code)).reason is reason


async def test_where_the_filter_by_code_is_ignored_todays_invitation_is_still_found(road: Road) -> None:
    road.world.unknowns = Unknowns(visitor_code_filter=VisitorCodeFilter.IGNORED)
    row = road.visit(TOMAS)
    road.world.edit(VISITORS, row.id, "office", {"VisitorCode": "909090"})
    code = read_code("909090", Via.LINE)
    assert code is not None
    await look_up(road, code)
    assert (await road.desk.present(code)).kind is OutcomeKind.WELCOME


@pytest.mark.parametrize(
    ("name", "approval"),
    [(seed_visitors.HELD, Approval.HOLD), (seed_visitors.GRANTED, Approval.GRANT)],
)
async def test_a_visitor_hears_whether_the_host_comes_or_where_to_go(road: Road, name: str, approval: Approval) -> None:
    outcome = await came(road, name)
    assert outcome.approval is approval
    if approval is Approval.GRANT:
        assert outcome.where == "Café Cobalto"


async def test_the_guest_of_a_booking_comes_like_any_other(road: Road) -> None:
    outcome = await came(road, seed_visitors.OF_A_BOOKING)
    await road.courier.deliver_due()
    assert road.visit(seed_visitors.OF_A_BOOKING).flag("Arrived")
    assert entry_of(road, outcome).state is UploadState.DONE


async def test_where_doors_are_salto_ks_no_visitor_is_checked_in_and_members_are(tmp_path: Path) -> None:
    async with open_road(tmp_path, HandClock(), nexudus=NexudusSettings(salto_ks=True)) as road:
        assert (await road.desk.present(road.typed(TOMAS))).reason is Reason.RECEPTION
        assert (await registered(road)).reason is Reason.RECEPTION
        assert (await road.desk.present(road.typed("Zoë Lindqvist"))).kind is OutcomeKind.WELCOME
        assert road.desk.status().waiting == 1


# Wi-Fi, and refusals that do not say why.


async def wifi_of(road: Road, outcome: Outcome) -> str:
    """The code that the running courier has for whoever came, once Nexudus has it."""
    assert outcome.event is not None
    running = asyncio.create_task(road.courier.run())
    try:
        await road.courier.word_on(outcome.event, within=60)
        return await road.courier.wifi_code(outcome.event, within=60)
    finally:
        running.cancel()
        await asyncio.wait([running])


async def test_an_invited_visitor_gets_the_wifi_code_that_was_issued(road: Road) -> None:
    assert (await wifi_of(road, await came(road, TOMAS))).startswith("HARBOUR-")


async def test_a_walk_in_gets_one_as_well(road: Road) -> None:
    assert (await wifi_of(road, await registered(road))).startswith("HARBOUR-")


async def test_a_courier_that_does_not_run_has_none_and_holds_up_nobody(road: Road) -> None:
    outcome = await came(road, TOMAS)
    await road.courier.deliver_due()
    assert outcome.event is not None
    assert await road.courier.wifi_code(outcome.event, within=60) == ""


async def test_a_code_that_has_run_out_or_that_cannot_be_read_is_none(road: Road) -> None:
    outcome = await came(road, TOMAS)
    await road.courier.deliver_due()
    road.world.deny(SIGN_IN.email, "AccessToken-List")
    assert await wifi_of(road, outcome) == ""
    road.world.deny(SIGN_IN.email)
    for row in road.world.rows(ACCESS_TOKENS):
        road.world.edit(ACCESS_TOKENS, row.id, "office", {"ValidTo": road.clock.wall - timedelta(seconds=1)})
    assert await wifi_of(road, outcome) == ""


async def test_the_set_up_finds_out_whether_codes_are_issued_and_what_the_terms_are(road: Road) -> None:
    house = road.desk.house()
    assert house.visitor_wifi == "issued"
    assert house.texts.terms.startswith("**Visiting Harbour Works**\n\n")


async def refused_three_times(road: Road, outcome: Outcome) -> Entry:
    """Deliver a check-in until the refusal that says nothing counts."""
    commands = CommandList(road.nexudus, road.clock)
    delivery = Delivery(road.nexudus, road.state.ledger, road.clock, road.desk.house, commands)
    for _ in range(UNEXPLAINED_TRIES):
        with contextlib.suppress(Refused):
            await delivery.deliver(entry_of(road, outcome))
    return entry_of(road, outcome)


async def test_a_refusal_that_does_not_say_why_is_told_by_the_list_of_failed_check_ins(road: Road) -> None:
    road.world.unknowns = Unknowns(pass_reason=PassReason.UNSAID)
    entry = await refused_three_times(road, await came(road, LAPSED))
    assert entry.state is UploadState.REFUSED
    assert entry.note.startswith(f"{LAPSED} does not have a valid time pass")


async def test_where_that_list_may_not_be_read_the_refusal_stands_without_it(road: Road) -> None:
    road.world.unknowns = Unknowns(pass_reason=PassReason.UNSAID)
    road.world.deny(SIGN_IN.email, "FailedCheckin-List")
    entry = await refused_three_times(road, await came(road, LAPSED))
    assert entry.state is UploadState.REFUSED
    assert entry.note.startswith("Ooops!")
