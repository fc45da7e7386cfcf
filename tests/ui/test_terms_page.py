"""The terms on the glass: read page by page, and agreed to on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.house import Texts
from kiosk.desk.people import Consent
from kiosk.ui.screens.host import HostScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.terms import TermsScreen
from tests.ui.registering import Visitor, drawn, to_the_host, visitor

LONG = "# House rules\n\n" + "\n\n".join(f"Rule {number} is a rule of this house." for number in range(1, 20))


async def to_the_terms(lobby: Visitor) -> None:
    """Fill in what comes before."""
    await to_the_host(lobby)
    await lobby.touch("#offer-0")
    lobby.on_screen(TermsScreen)


def at_a_house_with_many_rules() -> Visitor:
    lobby = visitor()
    lobby.desk.location = replace(lobby.desk.location, texts=Texts(terms=LONG))
    return lobby


def shows(lobby: Visitor, selector: str) -> bool:
    return lobby.app.screen.query_one(selector).display


async def test_agreeing_is_offered_once_the_last_page_is_there() -> None:
    lobby = at_a_house_with_many_rules()
    async with lobby.open():
        await to_the_terms(lobby)
        seen = drawn(lobby)
        while shows(lobby, "#on"):
            assert not shows(lobby, "#agree")
            await lobby.touch("#on")
            seen += drawn(lobby)
        assert all(f"Rule {number} is" in seen for number in range(1, 20))
        await lobby.touch("#agree")
        lobby.on_screen(ResultScreen)


async def test_nobody_agrees_by_tapping_through() -> None:
    lobby = at_a_house_with_many_rules()
    async with lobby.open():
        await to_the_terms(lobby)
        key = lobby.app.screen.query_one("#on").region
        for _ in range(8):
            await lobby.touch_at(key.x + key.width // 2, key.y + key.height // 2)
        assert shows(lobby, "#agree")
        lobby.on_screen(TermsScreen)
        assert [filed.consent for filed in lobby.desk.filed] == [Consent.PENDING]


async def test_the_key_that_agrees_does_so_on_the_last_page_only() -> None:
    lobby = at_a_house_with_many_rules()
    async with lobby.open():
        await to_the_terms(lobby)
        await lobby.send("\x1bOP")
        lobby.on_screen(TermsScreen)
        while shows(lobby, "#on"):
            await lobby.send("\x1b[6~")
        await lobby.send("\x1bOP")
        lobby.on_screen(ResultScreen)


async def test_back_turns_the_pages_back_and_then_leads_to_the_form() -> None:
    lobby = at_a_house_with_many_rules()
    async with lobby.open():
        await to_the_terms(lobby)
        first = drawn(lobby)
        await lobby.touch("#on")
        await lobby.touch("#back")
        assert drawn(lobby) == first
        await lobby.touch("#back")
        lobby.on_screen(HostScreen)


@pytest.mark.parametrize("terms", [" \n\n", "---"])
async def test_terms_without_a_word_to_read_can_be_agreed_to_all_the_same(terms: str) -> None:
    lobby = visitor()
    lobby.desk.location = replace(lobby.desk.location, texts=Texts(terms=terms))
    async with lobby.open():
        await to_the_terms(lobby)
        await lobby.touch("#agree")
        lobby.on_screen(ResultScreen)
