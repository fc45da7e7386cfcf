"""Access cards at the front desk: a reader types their number."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import MemberListing
from kiosk.desk.lockout import FREE_TRIES
from kiosk.desk.outcomes import OutcomeKind
from tests.desk.samples import NINE
from tests.reception_lobby import ADA, BOB, PIN, Lobby

CARD = "0012345678"


@pytest_asyncio.fixture
async def lobby(tmp_path: Path) -> AsyncIterator[Lobby]:
    """A kiosk that knows Ada by PIN and card, and Bob by a card that is Ada's PIN."""
    lobby = Lobby(tmp_path / "state")
    lobby.directory.replace_members(
        [MemberListing(ADA, PIN.text, cards=(CARD,)), MemberListing(BOB, "", cards=("55555",))], NINE
    )
    yield lobby
    lobby.store.close()


@pytest.mark.parametrize("via", [Via.READER, Via.LINE])
async def test_a_card_checks_its_member_in_and_the_event_says_how(lobby: Lobby, via: Via) -> None:
    outcome = await lobby.reception.present(Code("12345678", via))

    assert (outcome.kind, outcome.name) == (OutcomeKind.WELCOME, ADA.name)
    assert [event["via"] for event in lobby.events_on_disk()] == [via.value]


async def test_a_number_that_a_person_types_or_a_phone_shows_is_no_card(lobby: Lobby) -> None:
    kinds = await lobby.kinds_of(Code(CARD, Via.KEYPAD), Code(CARD, Via.CAMERA))

    assert kinds == [OutcomeKind.UNKNOWN, OutcomeKind.UNKNOWN]


async def test_a_pin_and_an_invitation_may_be_typed_as_fast_as_a_reader_does(lobby: Lobby) -> None:
    kinds = await lobby.kinds_of(Code(PIN.text, Via.READER), Code("INV-777", Via.READER))

    assert kinds == [OutcomeKind.WELCOME, OutcomeKind.WELCOME]


async def test_whose_card_has_the_number_of_their_own_pin_is_one_person(lobby: Lobby) -> None:
    lobby.directory.replace_members([MemberListing(ADA, PIN.text, cards=(PIN.text,))], NINE)

    assert await lobby.kinds_of(Code(PIN.text, Via.READER)) == [OutcomeKind.WELCOME]


async def test_a_card_with_the_number_of_somebody_elses_pin_is_told_apart_by_a_letter(lobby: Lobby) -> None:
    lobby.directory.replace_members([MemberListing(ADA, PIN.text), MemberListing(BOB, "", cards=(PIN.text,))], NINE)
    shown = Code(PIN.text, Via.READER)

    assert await lobby.kinds_of(shown) == [OutcomeKind.ASK_INITIAL]
    assert (await lobby.reception.present(shown.with_initial("S"))).name == BOB.name


async def test_wrong_cards_count_as_wrong_codes_since_a_reader_may_type_pins(lobby: Lobby) -> None:
    kinds = await lobby.kinds_of(*[Code(f"00999999{n:02}", Via.READER) for n in range(FREE_TRIES)], PIN)

    assert kinds == [*[OutcomeKind.UNKNOWN] * FREE_TRIES, OutcomeKind.LOCKED]
