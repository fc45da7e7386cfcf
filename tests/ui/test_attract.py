"""The screen while nobody is there, and what wakes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import pairwise

import pytest

from kiosk.desk.clock import ClockQuality, Moment
from kiosk.desk.credentials import Via, read_code
from kiosk.desk.foreign import Foreign
from kiosk.desk.hours import Hours
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.ui.present_time import time_of
from kiosk.ui.rest import Resting
from kiosk.ui.screens.attract import ACROSS, DOWN, AttractScreen, wandering
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.theme import contrast_ratio
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.entry import Entry
from tests.ui.lobby import Lobby


def test_everything_wanders_by_one_cell_a_minute_through_every_place() -> None:
    places = [wandering(minute) for minute in range(24 * 60)]
    for (x, y), (next_x, next_y) in pairwise(places):
        assert abs(next_x - x) + abs(next_y - y) == 1
    assert set(places) == {(x, y) for x in range(ACROSS) for y in range(DOWN)}


class RestingLobby(Lobby):
    """A lobby that has been left alone."""

    async def rest(self) -> None:
        """Long enough for the kiosk to rest."""
        self.app.rest._resting = Resting(after=30.0)
        self.app.rest._woken_at = 0.0
        self.app.rest.look(touched=0.0)
        await self.settle()
        self.on_screen(AttractScreen)


async def test_the_touch_that_wakes_does_nothing_else() -> None:
    lobby = RestingLobby()
    async with lobby.open():
        await lobby.rest()
        await lobby.touch_at(20, 14)  # where home has "Member"
        lobby.on_screen(HomeScreen)
        await lobby.touch_at(20, 14)
        assert not isinstance(lobby.app.screen, HomeScreen), "the next touch counts"


async def test_a_key_wakes_and_the_first_digit_of_a_code_is_not_lost() -> None:
    lobby = RestingLobby()
    async with lobby.open():
        await lobby.rest()
        await lobby.send("\r")
        lobby.on_screen(HomeScreen)
        await lobby.rest()
        await lobby.send("0427")
        assert lobby.on_screen(CodeEntryScreen).query_one(Entry).value == "0427"


async def test_a_code_before_the_camera_is_answered_and_home_follows() -> None:
    lobby = RestingLobby()
    lobby.desk.outcome = Outcome(OutcomeKind.UNKNOWN)
    async with lobby.open():
        await lobby.rest()
        assert not lobby.scanner.paused
        code = read_code("409234", Via.CAMERA)
        assert code is not None
        lobby.scanner.on_code(code)
        await lobby.settle()
        lobby.on_screen(ResultScreen)
        await lobby.send("\r")
        lobby.on_screen(HomeScreen)


async def test_a_code_for_something_else_wakes_home_which_says_so() -> None:
    lobby = RestingLobby()
    async with lobby.open():
        await lobby.rest()
        lobby.scanner.on_code(Foreign.WIFI)
        await lobby.settle()
        lobby.on_screen(HomeScreen)
        assert lobby.said("#hint") == "That is not your invitation."


async def test_who_is_noticed_without_a_touch_is_left_home_for_as_long_as_one_who_touched() -> None:
    lobby = RestingLobby()
    async with lobby.open():
        await lobby.rest()
        assert lobby.app.rest.wake()
        lobby.app.rest.look(touched=0.0)
        await lobby.settle()
        lobby.on_screen(HomeScreen)


async def test_it_rests_on_home_alone_and_not_before_its_time() -> None:
    lobby = RestingLobby()
    async with lobby.open():
        lobby.app.rest.look(touched=0.0)
        lobby.on_screen(HomeScreen)
        await lobby.touch("#member")
        lobby.app.rest._resting = Resting(after=1.0)
        lobby.app.rest.look(touched=0.0)
        await lobby.settle()
        assert not isinstance(lobby.app.screen, AttractScreen)


async def test_a_time_that_nobody_knows_is_not_told_and_everything_wanders_even_so() -> None:
    boot = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    true = boot.replace(year=2026, month=3, day=5)
    clock = Paused(Moment(boot, 300.0, "boot", ClockQuality.UNSET))
    lobby = RestingLobby()
    lobby.app.tell_time = time_of(clock)
    async with lobby.open():
        assert lobby.said("#clock") == ""
        await lobby.rest()
        screen = lobby.on_screen(AttractScreen)
        assert lobby.said("#time") == ""
        clock.moment = replace(clock.moment, wall=true, quality=ClockQuality.SERVER)
        screen._look()
        assert lobby.said("#time") == "01:05", "in Madrid, as Nexudus told it"


@dataclass
class Paused:
    """A clock that stands."""

    moment: Moment

    def now(self) -> Moment:
        return self.moment


@pytest.mark.parametrize("size", [(80, 24), (45, 40)], ids=["wide", "upright"])
async def test_it_shows_place_and_time_by_day_and_darker_by_night(size: tuple[int, int]) -> None:
    lobby = Lobby()
    moments = [datetime(2026, 3, 5, 8, 12, tzinfo=UTC), datetime(2026, 3, 5, 23, 12, tzinfo=UTC)]
    screen = AttractScreen(Hours(time(20), time(7)), now=lambda: moments[0])
    async with lobby.app.run_test(size=size) as pilot:
        lobby.app.push_screen(screen)
        await pilot.pause()
        assert screen.query_one("#time", BigText).text == "09:12"
        assert screen.query_one("#name", BigText).text == "Harbour Works"
        day = screen.styles.background
        moments.pop(0)
        screen._look()
        await pilot.pause()
        assert screen.query_one("#time", BigText).text == "00:12"
        assert screen.styles.background.brightness < day.brightness / 5
        for words in screen.query(BigText):
            _, _, ground, ink = words.colors
            assert contrast_ratio(ink, ground) >= 4.5
            for place in (0, 20):
                screen.query_one("#resting").styles.offset = wandering(place)
            assert screen.region.contains_region(words.region)
