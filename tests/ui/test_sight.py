"""High contrast and large text: asked for by one touch, and gone with whoever asked."""

from __future__ import annotations

from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.member import MemberScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.sight import LARGE, Contrast, Lettering
from kiosk.ui.theme import CONTRAST, LOBBY
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.sight import SightChips
from tests.ui.desk import welcome
from tests.ui.lobby import Lobby


def labels(lobby: Lobby) -> list[str]:
    """What the two chips say."""
    return [chip.label for chip in lobby.app.screen.query_one(SightChips).query(Choice)]


async def test_one_touch_each_changes_what_is_seen_and_says_what_the_next_would_do() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#contrast")
        assert lobby.app.theme == CONTRAST
        await lobby.touch("#lettering")
        assert lobby.app.screen.has_class(LARGE)
        assert labels(lobby) == ["◐ Colours", "A− Small text"]
        await lobby.touch("#contrast")
        await lobby.touch("#lettering")
        assert lobby.app.theme == LOBBY
        assert not lobby.app.screen.has_class(LARGE)
        assert labels(lobby) == ["◑ Contrast", "A+ Large text"]


async def test_it_goes_along_through_the_pages_and_is_wiped_with_the_visitor() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome()
    async with lobby.open():
        await lobby.touch("#contrast")
        await lobby.touch("#member")
        await lobby.send("\x1b[17~")  # F6, on any page
        assert lobby.on_screen(MemberScreen).has_class(LARGE)
        await lobby.touch_keys("04271E")
        assert lobby.on_screen(ResultScreen).has_class(LARGE)
        assert lobby.app.theme == CONTRAST
        await lobby.send("\r")
        assert not lobby.on_screen(HomeScreen).has_class(LARGE)
        assert lobby.app.theme == LOBBY
        lobby.on_screen(HomeScreen)._refresh_strip()
        assert labels(lobby) == ["◑ Contrast", "A+ Large text"]


async def test_it_is_wiped_where_home_is_left_alone_and_not_before() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#contrast")
        await lobby.touch("#lettering")
        lobby.app._look_for_idleness()
        assert lobby.app.sight.contrast is Contrast.HIGH
        lobby.app._touched -= lobby.app.patience.idle
        lobby.app._look_for_idleness()
        assert (lobby.app.sight.contrast, lobby.app.sight.lettering) == (Contrast.USUAL, Lettering.USUAL)
