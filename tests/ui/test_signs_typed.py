"""On every page where text is typed, the signs of a numeric keypad are typed like any others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.leave_by_name import LeaveByNameScreen
from kiosk.ui.screens.setup.network import AddressPage
from kiosk.ui.screens.setup.sign_in import EmailPage, PasswordPage
from kiosk.ui.widgets.text_field import TextField
from tests.ui.lobby import Lobby

PAGES: dict[str, Callable[[], KioskScreen]] = {
    "address": lambda: AddressPage("", lambda _address: None, ""),
    "e-mail": lambda: EmailPage("", lambda _email: None, ""),
    "password": lambda: PasswordPage("ada@acme.org", lambda _word: None, lambda _word: None, ""),
    "leaving": LeaveByNameScreen,
}


@pytest.mark.parametrize("name", PAGES)
async def test_signs_are_typed_and_lead_nowhere(name: str) -> None:
    lobby = Lobby()
    async with lobby.open():
        page = PAGES[name]()
        await lobby.app.push_screen(page)
        await lobby.settle()
        await lobby.send("a-b*c/d+e")
        assert lobby.app.screen is page
        assert page.query_one(TextField).text == "a-b*c/d+e"
