"""Badges at the front desk: the same road as a PIN's, by another sense."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import MemberListing
from kiosk.desk.lockout import FREE_TRIES, Channel
from kiosk.desk.outcomes import OutcomeKind
from kiosk.desk.ports import Link
from tests.desk.samples import NINE
from tests.reception_lobby import ADA, BOB, PIN, Lobby

BADGE = Code("0123456789abcdef", Via.BADGE)
STRANGER = Code("ffffffffffffffff", Via.BADGE)


@pytest_asyncio.fixture
async def lobby(tmp_path: Path) -> AsyncIterator[Lobby]:
    """A kiosk that knows Ada by PIN and badge."""
    lobby = Lobby(tmp_path / "state")
    lobby.directory.replace_members([MemberListing(ADA, PIN.text, badges=(BADGE.text,)), MemberListing(BOB, "1")], NINE)
    yield lobby
    lobby.store.close()


async def test_a_badge_checks_its_member_in_can_be_undone_and_the_event_says_how(lobby: Lobby) -> None:
    outcome = await lobby.reception.present(BADGE)

    assert (outcome.kind, outcome.name) == (OutcomeKind.WELCOME, ADA.name)
    assert [event["via"] for event in lobby.events_on_disk()] == ["badge"]
    assert outcome.event is not None
    assert (await lobby.reception.undo(outcome.event)).kind is OutcomeKind.UNDONE


async def test_the_same_badge_within_a_minute_is_greeted_later_asked_and_leaves_only_when_told(lobby: Lobby) -> None:
    assert await lobby.kinds_of(BADGE, BADGE) == [OutcomeKind.WELCOME, OutcomeKind.GREETED]
    lobby.clock.advance(61)

    kinds = await lobby.kinds_of(BADGE, BADGE, BADGE.leaving(), BADGE)

    assert kinds == [OutcomeKind.ALREADY_IN, OutcomeKind.ALREADY_IN, OutcomeKind.GOODBYE, OutcomeKind.WELCOME]
    assert len(lobby.events_on_disk()) == 3


async def test_a_strangers_badge_is_no_wrong_try_is_looked_up_nowhere_and_closes_nothing(lobby: Lobby) -> None:
    lobby.courier.link = Link.ONLINE

    kinds = await lobby.kinds_of(*[STRANGER] * (FREE_TRIES + 3), PIN)

    assert kinds == [*[OutcomeKind.UNKNOWN] * (FREE_TRIES + 3), OutcomeKind.WELCOME]
    assert lobby.courier.looked_up == []
    assert lobby.ledger.attempts(Channel.KEYED).failures == 0


async def test_a_closed_keypad_does_not_close_the_radio(lobby: Lobby) -> None:
    await lobby.kinds_of(*[Code(f"9999{n}", Via.KEYPAD) for n in range(FREE_TRIES)])

    assert await lobby.kinds_of(PIN, BADGE) == [OutcomeKind.LOCKED, OutcomeKind.WELCOME]


async def test_a_handle_that_is_typed_is_no_badge_and_a_pin_on_the_radio_is_no_pin(lobby: Lobby) -> None:
    typed = [Code(BADGE.text, via) for via in (Via.KEYPAD, Via.READER, Via.CAMERA)]

    assert await lobby.kinds_of(*typed, Code(PIN.text, Via.BADGE)) == [OutcomeKind.UNKNOWN] * 4


async def test_a_handle_that_staff_entered_twice_is_told_apart_by_a_letter(lobby: Lobby) -> None:
    lobby.directory.add([MemberListing(BOB, "1", badges=(BADGE.text,))], [])

    assert await lobby.kinds_of(BADGE) == [OutcomeKind.ASK_INITIAL]
    assert (await lobby.reception.present(BADGE.with_initial("S"))).name == BOB.name
