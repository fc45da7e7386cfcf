"""What would keep somebody waiting is done when nobody is at the glass."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from kiosk.commands import memory
from kiosk.ui.lull import LOOKS_UNTIL_QUIET, Lull
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.visitor import VisitorScreen
from tests.ui.desk import welcome
from tests.ui.lobby import Lobby


@pytest.fixture
def thresholds() -> Iterator[None]:
    """Python's own again, afterwards."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


async def test_a_visit_is_followed_by_one_quiet_moment() -> None:
    done: list[str] = []
    async with Lobby().open() as lobby:
        lull = Lull(lobby.app, lambda: done.append("swept"))
        for _ in range(2 * LOOKS_UNTIL_QUIET):
            lull.look()
        assert done == [], "nobody has been here"
        await lobby.app.push_screen(VisitorScreen())
        for _ in range(2 * LOOKS_UNTIL_QUIET):
            lull.look()
        assert done == [], "somebody is here"
        lobby.app.go_home()
        await lobby.settle()
        assert isinstance(lobby.app.screen, HomeScreen)
        lull.look()
        assert done == [], "the next of a group may step up"
        for _ in range(2 * LOOKS_UNTIL_QUIET):
            lull.look()
        assert done == ["swept"]


def test_without_a_quiet_moment_collections_still_come_by_themselves(thresholds: None) -> None:
    memory.collect_in_quiet_moments()
    assert all(gc.get_threshold())
    gc.collect()
    before = [generation["collections"] for generation in gc.get_stats()]
    kept = [[] for _ in range(2 * memory.YOUNG)]  # type: list[list[object]]
    after = [generation["collections"] for generation in gc.get_stats()]
    assert after[0] - before[0] >= len(kept) // memory.YOUNG, "the young are looked through, however busy it is"


async def test_what_led_to_an_answer_is_collected_while_the_answer_is_read() -> None:
    done: list[str] = []
    lobby = Lobby()
    lobby.desk.outcome = welcome()
    async with lobby.open():
        lobby.app.when_answered = lambda: done.append("tidied")
        await lobby.touch("#member")
        await lobby.touch_keys("1234E")
        lobby.on_screen(ResultScreen)
        while not done:
            await lobby.pilot.pause(0.02)
        assert isinstance(lobby.app.screen, ResultScreen)
