"""Visitors whom nobody announced, from the form to the record in Nexudus."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.assembly import errands_for, open_state
from kiosk.desk.credentials import Via, read_code
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.people import Approval, Consent, PersonId, PersonKind
from kiosk.desk.queue import UploadState
from kiosk.desk.walk_in import Newsletter, read_walk_in
from kiosk.i18n.sentences import words_for
from kiosk.i18n.speech import Speech
from kiosk.line.desk import LineDesk
from kiosk.nexudus.assumptions import WANTS_NEWS
from kiosk.sandbox.entities import CHECKINS, COWORKERS, VISITORS
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.world import HostNotice
from kiosk.settings import NexudusSettings
from kiosk.sync.delivery import ALREADY_CHARGED
from kiosk.sync.link import LinkWatch
from kiosk.sync.visits import ELSEWHERE, HOST_TOLD
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

ZOE = "Zoë Lindqvist"


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
    assert companies.hosts[0].name == "Lighthouse Analytics"
    assert companies.meant == companies.hosts[0]
    gone = [row for row in road.world.rows(COWORKERS) if row.flag("Archived") or not row.flag("Active")]
    assert gone
    for row in gone:
        assert row.id not in {host.id.number for host in (await road.desk.hosts(row.text("FullName"))).hosts}


# The whole form, from a line to the record and the host.


EVERYTHING = (
    "agree register email=ana@prueba.test; first-name=Ana; last-name=Prueba; company=Prueba S.L.; "
    "phone=600 123 456; host=zoë lindqvist; reason=Interview\n"
)


async def test_a_form_in_one_line_makes_one_visitor_with_everything_filled_in_and_tells_one_host(road: Road) -> None:
    lines = await typed_at(road, EVERYTHING)
    await road.courier.deliver_due()
    await road.courier.deliver_due()

    assert lines[0].startswith("welcome Ana Prueba: You are checked in. Your host: Zoë Lindqvist.")
    assert lines[0].endswith("Recorded here. Zoë Lindqvist is told when the line is back. [queued]"), "not told yet"
    (row,) = walk_ins(road)
    assert (row.text("Email"), row.text("CompanyName"), row.text("VisitReason")) == (EMAIL, "Prueba S.L.", "Interview")
    assert (row.text("PhoneNumber"), row.number("CoworkerId")) == ("+34 600 12 34 56", COWORKERS.first_id)
    assert row.flag("Arrived")
    assert row.flag("HasAgreedTerms")
    assert road.world.host_notices == [HostNotice(row.id, COWORKERS.first_id)]


async def test_what_nexudus_has_is_said_with_the_name_of_the_host_it_tells(road: Road) -> None:
    outcome = await registered(road, await a_host(road))
    await road.courier.deliver_due()

    words = words_for(await road.desk.word_on(outcome), road.desk.house(), Speech())

    assert words.standing == "Nexudus has your visit and tells Zoë Lindqvist."


async def test_whoever_is_invited_today_and_registers_instead_makes_no_second_record(road: Road) -> None:
    before = len(road.world.rows(VISITORS))
    address = road.visit(TOMAS).text("Email").upper()

    outcome = await road.desk.register(read_walk_in("Tom Rey", address), Consent.GIVEN, Via.LINE)
    await road.courier.deliver_due()

    assert (outcome.kind, outcome.name) == (OutcomeKind.WELCOME, "Tom Rey")
    assert road.visit(TOMAS).flag("Arrived")
    assert len(road.world.rows(VISITORS)) == before


async def test_a_walk_in_whose_host_has_been_told_is_taken_back_and_becomes_a_dead_letter(road: Road) -> None:
    outcome = await registered(road, await a_host(road))
    await road.courier.deliver_due()
    assert outcome.event is not None

    undone = await road.desk.undo(outcome.event)
    await road.courier.deliver_due()

    (row,) = walk_ins(road)
    assert not row.flag("Arrived"), "it is taken back in Nexudus all the same"
    assert entry_of(road, outcome).state is UploadState.UNDONE
    assert entry_of(road, undone).state is UploadState.REFUSED
    assert entry_of(road, undone).note.startswith(HOST_TOLD)
    told = words_for(await road.desk.word_on(undone), road.desk.house(), Speech())
    assert told.title == "Undone here"
    assert told.detail.startswith("Please tell reception: the host has been told of the arrival already")
    assert not [stay for stay in road.state.ledger.stays() if stay.person.kind is not PersonKind.MEMBER and stay.event]


async def test_a_waiting_walk_in_comes_in_once_the_host_has_approved_in_nexudus(tmp_path: Path) -> None:
    async with open_road(tmp_path, HandClock(), nexudus=NexudusSettings(approve_walk_ins=True)) as road:
        outcome = await registered(road, await a_host(road))
        await road.courier.deliver_due()
        (row,) = walk_ins(road)
        assert road.world.host_notices == [HostNotice(row.id, COWORKERS.first_id)], "the host is asked"
        assert (await road.desk.visit_now(outcome)).kind is OutcomeKind.WAITING
        road.world.edit(VISITORS, row.id, "zoe", {"HostApprovalStatus": 5})
        await errands_for(road.nexudus, road.settings, road.state, road.clock, LinkWatch()).read_visitors()

        now = await road.desk.visit_now(outcome)
        await road.courier.deliver_due()

        assert (now.kind, now.approval) == (OutcomeKind.WELCOME, Approval.GRANT)
        (row,) = walk_ins(road)
        assert row.flag("Arrived")


async def test_the_newsletter_is_noted_for_staff(road: Road) -> None:
    form = replace(read_walk_in("Ana Prueba", EMAIL), newsletter=Newsletter.WANTED)

    await road.desk.register(form, Consent.GIVEN, Via.LINE)
    await road.courier.deliver_due()

    assert [row.text("Notes") for row in walk_ins(road)] == [WANTS_NEWS]


async def test_a_check_in_that_was_charged_is_taken_back_and_staff_are_told(road: Road) -> None:
    outcome = await came(road, ZOE)
    await road.courier.deliver_due()
    (row,) = road.checkins(ZOE)
    road.world.edit(CHECKINS, row.id, "system", {"CoworkerTimePassGuid": "8f2e"})
    assert outcome.event is not None

    undone = await road.desk.undo(outcome.event)
    await road.courier.deliver_due()

    assert road.checkins(ZOE) == []
    assert (entry_of(road, undone).state, entry_of(road, undone).note) == (UploadState.REFUSED, ALREADY_CHARGED)


async def test_an_undo_that_nexudus_refuses_is_said_and_becomes_a_dead_letter(road: Road) -> None:
    outcome = await registered(road)
    await road.courier.deliver_due()
    (row,) = walk_ins(road)
    road.world.edit(VISITORS, row.id, "system", {"Email": "ana@example.com"})  # no change of the record is taken now
    assert outcome.event is not None

    undone = await road.desk.undo(outcome.event)
    await road.courier.deliver_due()

    assert entry_of(road, undone).state is UploadState.REFUSED
    assert road.desk.status().refused == 1
    words = words_for(await road.desk.word_on(undone), road.desk.house(), Speech())
    assert (words.title, words.detail) == ("Undone here", "Please tell reception: Email: Invalid Email Address")


async def test_a_person_at_a_terminal_registers_question_by_question_and_leaves_by_name(road: Road) -> None:
    answers = (
        "7", EMAIL, "Ana", "Prueba", "Prueba S.L.", "600 123 456", "zoë l", "Interview", "1", "2",
        "8", "prueba", "1", "6",
    )  # fmt: skip

    lines = await typed_at(road, "\n".join(answers), prompts=True)
    await road.courier.deliver_due()
    await road.courier.deliver_due()

    assert [line.split(",")[0] for line in lines if line.startswith(("Welcome", "Goodbye"))] == ["Welcome", "Goodbye"]
    (row,) = walk_ins(road)
    assert (row.text("PhoneNumber"), row.text("VisitReason")) == ("+34 600 12 34 56", "Interview")
    assert row.moment("DepartureDate") is not None


async def test_whoever_comes_a_second_time_types_their_address_and_little_more(road: Road) -> None:
    first = ("7", EMAIL, "Ana", "Prueba", "Prueba S.L.", "600 123 456", "zoë l", "Interview", "1", "2", "6")
    await typed_at(road, "\n".join(first), prompts=True)
    await road.courier.deliver_due()
    road.clock.advance(days=1)

    lines = await typed_at(road, "\n".join(("7", EMAIL, "1", "zoë l", "-", "1", "2", "6")), prompts=True)
    await road.courier.deliver_due()

    assert any("You have been here before: A*** P***a, P***a S***, *** 56." in line for line in lines)
    assert [row.text("CompanyName") for row in walk_ins(road)] == ["Prueba S.L."] * 2


async def typed_at(road: Road, text: str, *, prompts: bool = False) -> list[str]:
    """What `kiosk line` answers to a pipe, without the bye."""
    out = io.StringIO()
    desk = LineDesk(road.desk, Speech(), io.BytesIO(text.encode()), out, prompts=prompts, upload_seconds=0)
    assert await desk.run() == 0
    return out.getvalue().splitlines()[:-1]
