"""The reception and its visitors: who registers, and the Wi-Fi code that comes with the welcome."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import MemberListing
from kiosk.desk.hosts import Host
from kiosk.desk.house import House, VisitorWifi, WalkInApproval
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Consent, PersonId, PersonKind
from kiosk.desk.walk_in import WalkIn
from tests.conftest import Disk
from tests.desk.samples import member
from tests.reception_lobby import ADA, HOUSE, INVITATION, PIN, Lobby


@pytest_asyncio.fixture
async def lobby(tmp_path: Path) -> AsyncIterator[Lobby]:
    lobby = Lobby(tmp_path / "state")
    yield lobby
    lobby.store.close()


FORM = WalkIn("Grace Hopper", "grace@navy.mil")
WIFI = replace(HOUSE, visitor_wifi=VisitorWifi.ISSUED)


async def registered(lobby: Lobby, form: WalkIn = FORM) -> Outcome:
    return await lobby.reception.register(form, Consent.PENDING, Via.LINE)


async def test_a_walk_in_is_on_disk_before_the_answer_and_in(lobby: Lobby) -> None:
    outcome = await registered(lobby)

    assert outcome.kind is OutcomeKind.WELCOME
    (event,) = lobby.events_on_disk()
    assert (event["kind"], event["person"], event["form"]["email"]) == ("register", "walk-in:1", "grace@navy.mil")
    assert lobby.ledger.stay_of(PersonId(PersonKind.WALK_IN, 1)) is not None
    assert lobby.courier.woken == 1


async def test_the_same_walk_in_twice_in_a_moment_is_one_event_and_later_two(lobby: Lobby) -> None:
    assert [(await registered(lobby)).kind for _ in range(2)] == [OutcomeKind.WELCOME, OutcomeKind.GREETED]
    assert (await registered(lobby, replace(FORM, name="Ada King"))).kind is OutcomeKind.WELCOME
    lobby.clock.advance(61)
    assert (await registered(lobby)).kind is OutcomeKind.WELCOME
    assert len(lobby.events_on_disk()) == 3


async def test_a_walk_in_who_takes_it_back_can_register_again_at_once(lobby: Lobby) -> None:
    outcome = await registered(lobby)
    assert outcome.undoable is not None
    assert (await lobby.reception.undo(outcome.undoable)).kind is OutcomeKind.UNDONE
    assert lobby.ledger.stays() == []
    assert (await registered(lobby)).kind is OutcomeKind.WELCOME


async def test_a_walk_in_whom_nexudus_refuses_is_not_in(lobby: Lobby) -> None:
    lobby.courier.word = Word(Standing.REFUSED, "Email: Invalid Email Address")

    told = await lobby.reception.word_on(await registered(lobby))

    assert (told.kind, told.reason) == (OutcomeKind.REFUSED, Reason.NEXUDUS)
    assert lobby.ledger.stays() == []


async def test_who_waits_for_the_host_and_is_refused_by_nexudus_is_told_so(lobby: Lobby) -> None:
    lobby.house = replace(HOUSE, walk_in_approval=WalkInApproval.BY_HOST)
    lobby.courier.word = Word(Standing.REFUSED, "No such host")
    outcome = await registered(lobby, replace(FORM, host=Host(ADA.id, ADA.name)))
    assert (outcome.kind, lobby.ledger.stays()) == (OutcomeKind.WAITING, [])

    assert (await lobby.reception.word_on(outcome)).kind is OutcomeKind.REFUSED


async def test_a_walk_in_that_cannot_be_written_is_not_told_that_they_are_in(lobby: Lobby, disk: Disk) -> None:
    disk.fill()

    assert (await registered(lobby)).kind is OutcomeKind.FAILED


async def test_the_wifi_code_comes_with_nexuduss_word(lobby: Lobby) -> None:
    lobby.house, lobby.courier.word, lobby.courier.wifi = WIFI, Word(Standing.CONFIRMED), "HARBOUR-1"

    told = await lobby.reception.word_on(await lobby.reception.present(INVITATION))

    assert told.wifi == "HARBOUR-1"


@pytest.mark.parametrize(
    ("house", "word", "code"),
    [
        (HOUSE, Word(Standing.CONFIRMED), INVITATION),
        (WIFI, Word(Standing.QUEUED), INVITATION),
        (WIFI, Word(Standing.CONFIRMED), PIN),
    ],
    ids=["no codes issued", "not confirmed", "a member"],
)
async def test_nobody_is_asked_for_a_wifi_code_in_vain(lobby: Lobby, house: House, word: Word, code: Code) -> None:
    lobby.house, lobby.courier.word, lobby.courier.wifi = house, word, "HARBOUR-1"

    told = await lobby.reception.word_on(await lobby.reception.present(code))

    assert (told.wifi, lobby.courier.wifi_asked_for) == ("", [])


async def test_a_host_is_found_with_and_without_a_pin(lobby: Lobby) -> None:
    lobby.directory.add([MemberListing(member(9, "Grace Murray"), "", "Navy")], [])

    assert [host.name for host in (await lobby.reception.hosts("murray")).hosts] == ["Grace Murray"]
    assert [host.name for host in (await lobby.reception.hosts("love")).hosts] == ["Ada Lovelace"]
    assert not (await lobby.reception.hosts("grace h")).hosts, "a visitor is no host"
