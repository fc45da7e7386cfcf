"""Pages are laid out when they come up and when the glass turns, and not besides: somebody waits meanwhile."""

from __future__ import annotations

from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.visitor import VisitorScreen
from tests.ui.lobby import Lobby


def laid_out(screen: KioskScreen) -> list[tuple[int, int]]:
    """The sizes for which a screen is laid out from now on."""
    sizes: list[tuple[int, int]] = []
    screen.screen_layout_refresh_signal.subscribe(screen, lambda _: sizes.append(screen._compositor.size), True)
    return sizes


async def test_home_is_not_laid_out_again_below_a_page_that_comes_up() -> None:
    async with Lobby().open() as lobby:
        home = laid_out(lobby.on_screen(HomeScreen))
        await lobby.touch("#visitor")
        lobby.on_screen(VisitorScreen)
        assert home == []


async def test_a_glass_that_is_turned_has_its_page_and_home_laid_out_for_its_new_shape() -> None:
    async with Lobby().open() as lobby:
        home = lobby.on_screen(HomeScreen)
        await lobby.touch("#visitor")
        page = laid_out(lobby.on_screen(VisitorScreen))
        await lobby.pilot.resize_terminal(45, 40)
        await lobby.settle()
        assert set(page) == {(45, 40)}
        await lobby.touch("#back")
        assert lobby.on_screen(HomeScreen) is home
        assert home.query_one("#visitor").region.right <= 45
        assert home.has_class("-upright")
