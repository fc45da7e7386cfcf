"""The reception with the real ledger and directory on a real disk; only the one who talks to Nexudus is scripted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import MemberListing
from kiosk.desk.events import Stay
from kiosk.desk.lockout import FREE_TRIES, PAUSES, Attempts, Channel
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.ports import LineStatus, Link
from kiosk.desk.queue import UploadState
from tests.conftest import Disk
from tests.desk.samples import NINE, member
from tests.reception_lobby import ADA, BOB, HOUSE, INVITATION, PIN, WRONG, Lobby


@pytest_asyncio.fixture
async def lobby(tmp_path: Path) -> AsyncIterator[Lobby]:
    lobby = Lobby(tmp_path / "state")
    yield lobby
    lobby.store.close()


async def test_the_event_is_on_disk_before_the_answer_is_given(lobby: Lobby) -> None:
    outcome = await lobby.reception.present(PIN)

    assert outcome.kind is OutcomeKind.WELCOME
    assert [(event["id"], event["person"]) for event in lobby.events_on_disk()] == [(str(outcome.event), "member:1")]
    assert lobby.courier.woken == 1


async def test_a_day_at_the_door(lobby: Lobby) -> None:
    welcome = await lobby.reception.present(PIN)
    lobby.clock.advance(30)
    greeted = await lobby.reception.present(PIN)
    lobby.clock.advance(3600)
    asked = await lobby.reception.present(PIN)
    goodbye = await lobby.reception.present(PIN.leaving())

    assert [o.kind.value for o in (welcome, greeted, asked, goodbye)] == ["welcome", "greeted", "already-in", "goodbye"]
    assert greeted.event is asked.event is None
    assert [event["kind"] for event in lobby.events_on_disk()] == ["check-in", "check-out"]
    assert lobby.events_on_disk()[1]["refers_to"] == str(welcome.event)
    assert lobby.courier.woken == 2


async def test_the_same_code_twice_at_once_is_one_check_in(lobby: Lobby) -> None:
    outcomes = await asyncio.gather(*[lobby.reception.present(PIN) for _ in range(4)])

    assert [o.kind.value for o in outcomes] == ["welcome", "greeted", "greeted", "greeted"]
    assert len(lobby.events_on_disk()) == 1


async def test_while_somebody_is_looked_up_the_same_code_waits_for_its_turn(lobby: Lobby) -> None:
    lobby.courier.link = Link.ONLINE
    lobby.courier.finds = lambda code: lobby.directory.add([MemberListing(BOB, code.text)], [])

    outcomes = await asyncio.gather(lobby.reception.present(WRONG), lobby.reception.present(WRONG))

    assert [o.kind.value for o in outcomes] == ["welcome", "greeted"]
    assert len(lobby.courier.looked_up) == 1


async def test_a_code_that_can_be_none_is_unknown_and_costs_no_try(lobby: Lobby) -> None:
    assert await lobby.reception.present(None) == Outcome(OutcomeKind.UNKNOWN)
    assert lobby.ledger.attempts(Channel.KEYED) == lobby.ledger.attempts(Channel.SCANNED) == Attempts()


async def test_somebody_who_joined_a_minute_ago_is_found_while_the_line_is_up(lobby: Lobby) -> None:
    lobby.courier.link = Link.ONLINE
    lobby.courier.finds = lambda code: lobby.directory.add([MemberListing(BOB, code.text)], [])

    outcome = await lobby.reception.present(WRONG)

    assert (outcome.kind, outcome.name) == (OutcomeKind.WELCOME, "Bob Smith")
    assert lobby.courier.looked_up == [WRONG]
    assert lobby.ledger.attempts(Channel.KEYED) == Attempts()


@pytest.mark.parametrize(
    ("link", "look_ups"), [(Link.ONLINE, 1), (Link.UNTRIED, 1), (Link.OFFLINE, 0), (Link.SIGN_IN, 0)]
)
async def test_only_an_unknown_code_is_looked_up_and_only_while_the_line_may_be_up(
    lobby: Lobby, link: Link, look_ups: int
) -> None:
    lobby.courier.link = link

    assert await lobby.kinds_of(PIN, PIN, PIN.leaving(), INVITATION, None, WRONG) == [
        OutcomeKind.WELCOME,
        OutcomeKind.GREETED,
        OutcomeKind.GOODBYE,
        OutcomeKind.WELCOME,
        OutcomeKind.UNKNOWN,
        OutcomeKind.UNKNOWN,
    ]
    assert lobby.courier.looked_up == [WRONG] * look_ups
    assert lobby.ledger.attempts(Channel.KEYED) == Attempts(1, NINE)


async def test_while_the_keypad_rests_nothing_is_looked_up_and_the_camera_goes_on(lobby: Lobby) -> None:
    await lobby.kinds_of(*[WRONG] * FREE_TRIES)
    lobby.courier.link = Link.ONLINE

    assert await lobby.kinds_of(WRONG, PIN, INVITATION) == [
        OutcomeKind.LOCKED,
        OutcomeKind.LOCKED,
        OutcomeKind.WELCOME,
    ]
    assert lobby.courier.looked_up == []
    assert lobby.ledger.attempts(Channel.KEYED).failures == FREE_TRIES


async def test_wrong_codes_are_counted_on_disk_so_a_restart_gives_no_new_tries(lobby: Lobby) -> None:
    await lobby.kinds_of(*[WRONG] * FREE_TRIES)
    lobby.restart()

    outcome = await lobby.reception.present(PIN)

    assert outcome == Outcome(OutcomeKind.LOCKED, until=NINE + timedelta(seconds=30))
    lobby.clock.advance(30)
    assert await lobby.kinds_of(PIN) == [OutcomeKind.WELCOME]


async def test_a_clock_that_is_set_back_closes_the_keypad_no_longer_than_it_says(lobby: Lobby) -> None:
    await lobby.kinds_of(*[WRONG] * FREE_TRIES)
    lobby.clock.set_wall(NINE - timedelta(days=365))

    first = await lobby.reception.present(PIN)
    if first.until is not None:
        assert first.until - lobby.clock.at.wall <= PAUSES[-1]
        lobby.clock.set_wall(first.until)

    assert await lobby.kinds_of(PIN.leaving()) == [OutcomeKind.GOODBYE]


async def test_a_picture_is_never_a_members_pin(lobby: Lobby) -> None:
    photographed = Code(PIN.text, Via.CAMERA)

    assert await lobby.kinds_of(photographed, photographed.leaving()) == [OutcomeKind.UNKNOWN] * 2
    assert lobby.events_on_disk() == []
    assert lobby.ledger.attempts(Channel.SCANNED).failures == 2
    assert lobby.ledger.attempts(Channel.KEYED).failures == 0


async def test_an_invitation_is_good_at_the_keypad_as_well(lobby: Lobby) -> None:
    outcome = await lobby.reception.present(Code(INVITATION.text, Via.KEYPAD))

    assert (outcome.kind, outcome.name) == (OutcomeKind.WELCOME, "Grace Hopper")


async def test_a_shared_pin_is_told_apart_by_the_initial(lobby: Lobby) -> None:
    lobby.directory.add([MemberListing(BOB, PIN.text)], [])

    assert await lobby.kinds_of(PIN) == [OutcomeKind.ASK_INITIAL]
    outcome = await lobby.reception.present(PIN.with_initial("s"))
    assert (outcome.kind, outcome.name) == (OutcomeKind.WELCOME, "Bob Smith")
    assert await lobby.kinds_of(PIN.with_initial("x")) == [OutcomeKind.UNKNOWN]


def crowd(count: int) -> list[MemberListing]:
    """So many members with PINs of five digits, that begin with 7."""
    return [MemberListing(member(100 + n, f"Guest Number{n}"), f"7{n:04d}") for n in range(count)]


async def test_where_pins_are_easily_guessed_everybody_is_asked_and_nobody_looked_up_before_the_letter(
    lobby: Lobby,
) -> None:
    lobby.directory.add(crowd(100), [])  # and Ada
    lobby.courier.link = Link.ONLINE

    assert await lobby.kinds_of(PIN, WRONG, PIN.leaving()) == [OutcomeKind.ASK_INITIAL] * 3
    assert lobby.courier.looked_up == []
    assert lobby.ledger.attempts(Channel.KEYED) == Attempts()
    assert await lobby.kinds_of(PIN.with_initial("L"), INVITATION) == [OutcomeKind.WELCOME] * 2


async def test_there_an_unknown_code_with_its_letter_is_looked_up_before_it_is_refused(lobby: Lobby) -> None:
    lobby.directory.add(crowd(100), [])
    lobby.courier.link = Link.ONLINE
    lobby.courier.finds = lambda code: lobby.directory.add([MemberListing(BOB, WRONG.text)], [])

    outcome = await lobby.reception.present(WRONG.with_initial("S"))

    assert (outcome.kind, outcome.name) == (OutcomeKind.WELCOME, "Bob Smith")
    assert lobby.courier.looked_up == [WRONG.with_initial("S")]


async def test_there_a_wrong_letter_and_a_wrong_pin_cost_the_same_and_look_the_same(lobby: Lobby) -> None:
    lobby.directory.add(crowd(100), [])
    lobby.courier.link = Link.ONLINE
    wrong_letter = await lobby.reception.present(PIN.with_initial("X"))
    after_one = lobby.ledger.attempts(Channel.KEYED).failures
    wrong_pin = await lobby.reception.present(WRONG.with_initial("L"))

    assert wrong_letter == wrong_pin == Outcome(OutcomeKind.UNKNOWN)
    assert (after_one, lobby.ledger.attempts(Channel.KEYED).failures) == (1, 2)
    assert len(lobby.courier.looked_up) == 2


async def test_nobody_is_told_that_they_are_in_when_it_is_not_on_disk(
    lobby: Lobby, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "kiosk.reception")
    disk.fill()
    assert await lobby.kinds_of(PIN, PIN, INVITATION, WRONG) == [OutcomeKind.FAILED] * 4
    assert lobby.ledger.stay_of(ADA.id) is None
    assert lobby.events_on_disk() == []
    assert lobby.courier.woken == 0

    disk.clear()
    assert await lobby.kinds_of(PIN, INVITATION, WRONG) == [
        OutcomeKind.WELCOME,
        OutcomeKind.WELCOME,
        OutcomeKind.UNKNOWN,
    ]

    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]
    for word in (PIN.text, INVITATION.text, "Lovelace", "Hopper"):
        assert word not in caplog.text


async def test_what_was_done_can_be_undone_once_and_within_ten_seconds(lobby: Lobby) -> None:
    first = await lobby.reception.present(PIN)
    assert first.event is not None
    lobby.clock.advance(9)

    undone = await lobby.reception.undo(first.event)
    again = await lobby.reception.undo(first.event)

    assert (undone.kind, again.kind) == (OutcomeKind.UNDONE, OutcomeKind.NOTHING_TO_UNDO)
    assert first.undoable == first.event
    assert undone.event is not None
    assert undone.undoable is None
    assert lobby.ledger.stay_of(ADA.id) is None
    assert [event["kind"] for event in lobby.events_on_disk()] == ["check-in", "undo"]
    assert lobby.courier.woken == 2

    second = await lobby.reception.present(PIN)
    assert second.event is not None
    lobby.clock.advance(11)
    assert (await lobby.reception.undo(second.event)).kind is OutcomeKind.NOTHING_TO_UNDO
    assert (await lobby.reception.undo(uuid4())).kind is OutcomeKind.NOTHING_TO_UNDO
    assert lobby.ledger.stay_of(ADA.id) == Stay(ADA.id, NINE + timedelta(seconds=9), second.event)


async def test_two_fingers_on_undo_take_an_event_back_once(lobby: Lobby) -> None:
    event = (await lobby.reception.present(PIN)).event
    assert event is not None

    outcomes = await asyncio.gather(lobby.reception.undo(event), lobby.reception.undo(event))

    assert [o.kind.value for o in outcomes] == ["undone", "nothing-to-undo"]


async def test_an_undo_that_is_not_on_disk_has_not_happened(lobby: Lobby, disk: Disk) -> None:
    event = (await lobby.reception.present(PIN)).event
    assert event is not None
    disk.fill()

    assert (await lobby.reception.undo(event)).kind is OutcomeKind.FAILED

    disk.clear()
    assert (await lobby.reception.undo(event)).kind is OutcomeKind.UNDONE


@pytest.mark.parametrize("standing", [Standing.CONFIRMED, Standing.QUEUED])
async def test_nexuduss_word_is_added_to_the_outcome_once_it_comes(lobby: Lobby, standing: Standing) -> None:
    lobby.courier.word = Word(standing)
    outcome = await lobby.reception.present(PIN)

    told = await lobby.reception.word_on(outcome)

    assert outcome.word.standing is Standing.AWAITED
    assert told == replace(outcome, word=Word(standing))
    assert lobby.courier.asked_for == [(outcome.event, 0.75)]
    assert await lobby.reception.word_on(told) == told
    assert len(lobby.courier.asked_for) == 1


@pytest.mark.parametrize("standing", [Standing.CONFIRMED, Standing.QUEUED, Standing.REFUSED])
async def test_whatever_nexudus_says_to_an_undo_it_is_undone_here(lobby: Lobby, standing: Standing) -> None:
    event = (await lobby.reception.present(PIN)).event
    assert event is not None
    undone = await lobby.reception.undo(event)
    lobby.courier.word = Word(standing)

    told = await lobby.reception.word_on(undone)

    assert told == replace(undone, word=Word(standing))
    assert lobby.courier.asked_for == [(undone.event, 0.75)]
    assert lobby.ledger.stay_of(ADA.id) is None


async def test_nexudus_is_not_asked_about_what_was_not_recorded(lobby: Lobby) -> None:
    unknown = await lobby.reception.present(WRONG)

    assert await lobby.reception.word_on(unknown) == unknown
    assert lobby.courier.asked_for == []


async def test_a_check_in_that_nexudus_refuses_is_a_refusal_with_its_reason_and_nobody_is_in(lobby: Lobby) -> None:
    lobby.courier.word = Word(Standing.REFUSED, "Your plan has no visits left.")
    outcome = await lobby.reception.present(PIN)
    assert lobby.ledger.stay_of(ADA.id) is not None

    told = await lobby.reception.word_on(outcome)

    assert (told.kind, told.reason, told.event) == (OutcomeKind.REFUSED, Reason.NEXUDUS, None)
    assert told.word == Word(Standing.REFUSED, "Your plan has no visits left.")
    assert lobby.ledger.stay_of(ADA.id) is None
    lobby.restart()
    assert lobby.ledger.stay_of(ADA.id) is None
    assert await lobby.kinds_of(PIN) == [OutcomeKind.WELCOME]


async def test_who_leaves_is_out_even_if_nexudus_does_not_accept_it(lobby: Lobby) -> None:
    await lobby.reception.present(PIN)
    lobby.courier.word = Word(Standing.REFUSED, "Already checked out")
    goodbye = await lobby.reception.present(PIN.leaving())

    told = await lobby.reception.word_on(goodbye)

    assert told.kind is OutcomeKind.GOODBYE
    assert lobby.ledger.stay_of(ADA.id) is None


async def test_a_restart_keeps_the_queue_and_who_is_in(lobby: Lobby) -> None:
    event = (await lobby.reception.present(PIN)).event
    lobby.restart()
    lobby.clock.advance(3600)

    assert [(entry.event.id, entry.state) for entry in lobby.ledger.open_entries()] == [(event, UploadState.PENDING)]
    assert await lobby.kinds_of(PIN) == [OutcomeKind.ALREADY_IN]


async def test_the_house_and_the_line_are_as_they_are_at_the_moment(lobby: Lobby) -> None:
    assert lobby.reception.house() == HOUSE
    lobby.courier.link = Link.SIGN_IN
    assert lobby.reception.status() == LineStatus(Link.SIGN_IN, 0, 0)
