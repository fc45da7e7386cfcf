"""The codes for phones with Passport, and the greeting that follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.elsewhere import Elsewhere, Tiles
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import PersonId, PersonKind
from kiosk.ui import passport_watch
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.passport import PassportScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.widgets.qr_code import QrCode, modules_of
from tests.ui.lobby import Lobby

TILES = Tiles("https://yard.spaces.nexudus.com/tiles/1/execute", "https://yard.spaces.nexudus.com/tiles/2/execute", 60)
ANA = Outcome(OutcomeKind.WELCOME, "Ana López", PersonKind.MEMBER, word=Word(Standing.CONFIRMED))


def lobby_with(tiles: Tiles) -> Lobby:
    lobby = Lobby()
    lobby.desk.location = replace(lobby.desk.location, tiles=tiles)
    return lobby


async def test_one_code_at_a_time_is_shown_and_the_way_back_is_home() -> None:
    lobby = lobby_with(TILES)
    async with lobby.open():
        await lobby.touch("#passport")
        page = lobby.on_screen(PassportScreen)
        assert page.query_one(QrCode).payload == TILES.check_in
        await lobby.touch("#out")
        assert page.query_one(QrCode).payload == TILES.check_out
        await lobby.touch("#back")
        lobby.on_screen(HomeScreen)


async def test_where_only_one_tile_is_set_there_is_nothing_to_choose_and_without_any_no_way_in() -> None:
    lobby = lobby_with(replace(TILES, check_in=""))
    async with lobby.open():
        await lobby.touch("#passport")
        page = lobby.on_screen(PassportScreen)
        assert page.query_one(QrCode).payload == TILES.check_out
        assert not page.query("#in")
        lobby.desk.location = replace(lobby.desk.location, tiles=Tiles())
        lobby.app.switch_screen(HomeScreen())
        await lobby.settle()
        assert not lobby.app.screen.query("#passport")


async def test_whoever_nexudus_checks_in_meanwhile_is_greeted_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passport_watch, "LOOK_SECONDS", 0.01)
    lobby = lobby_with(TILES)
    came = frozenset({PersonId(PersonKind.MEMBER, 1)})
    nothing, after = Elsewhere(frozenset()), Elsewhere(came)
    lobby.desk.looks = [nothing, nothing, Elsewhere(came, (ANA,)), after]
    async with lobby.open():
        await lobby.touch("#passport")
        await lobby.until(ResultScreen)

        assert lobby.said("#name") == "Ana López"
        assert lobby.said("#standing") == "Confirmed by Nexudus."


def test_the_longest_address_that_can_be_set_is_a_code_that_fits_the_smallest_glass() -> None:
    rows = len(modules_of("https://" + "x" * 98)) / 2

    assert rows <= 23
