"""What is heard with what is seen."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.desk.credentials import Via, read_code
from kiosk.desk.hearing import Cue
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.sounds.player import RecordedChimes
from kiosk.ui.cues import cue_for
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import LAST_SECONDS, StillThere
from tests.ui.desk import welcome
from tests.ui.lobby import Lobby


class HeardLobby(Lobby):
    """A lobby whose sounds are remembered."""

    def __init__(self) -> None:
        super().__init__()
        self.chimes = RecordedChimes()
        self.app.chimes = self.chimes


@pytest.mark.parametrize("kind", OutcomeKind)
def test_in_and_out_sound_like_it_and_what_was_not_possible_like_nothing_else(kind: OutcomeKind) -> None:
    refusals = {
        OutcomeKind.REFUSED,
        OutcomeKind.UNKNOWN,
        OutcomeKind.LOCKED,
        OutcomeKind.NOTHING_TO_UNDO,
        OutcomeKind.FAILED,
    }
    assert (cue_for(kind) is Cue.ERROR) == (kind in refusals)
    assert (cue_for(kind) is Cue.IN) == (kind in (OutcomeKind.WELCOME, OutcomeKind.GREETED))


async def test_a_code_is_heard_as_it_is_read_and_the_answer_after_it_and_a_refusal_that_follows() -> None:
    lobby = HeardLobby()
    lobby.desk.outcome = welcome()
    lobby.desk.word = Word(Standing.REFUSED, "No valid pass.")
    async with lobby.open():
        code = read_code("409234", Via.CAMERA)
        assert code is not None
        lobby.scanner.on_code(code)
        await lobby.settle()
        lobby.on_screen(ResultScreen)
        assert lobby.chimes.heard == [Cue.READ, Cue.IN]
        lobby.desk.word_may_come.set()
        await lobby.settle()
        assert lobby.chimes.heard == [Cue.READ, Cue.IN, Cue.ERROR]


async def test_a_pin_is_not_read_and_is_heard_with_its_answer_alone() -> None:
    lobby = HeardLobby()
    lobby.desk.outcome = Outcome(OutcomeKind.UNKNOWN)
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        assert lobby.chimes.heard == [Cue.ERROR]


async def test_time_that_runs_out_is_heard_seen_in_red_and_extended_by_any_touch() -> None:
    lobby = HeardLobby()
    async with lobby.open():
        await lobby.touch("#member")
        answers: list[bool | None] = []
        still = StillThere(lobby.app.speech, LAST_SECONDS + 1)
        await lobby.app.push_screen(still, answers.append)
        for timer in still._timers:
            timer.pause()  # the seconds are the test's, however busy the machine is
        assert lobby.said("#question") == "Are you still there? This closes in"
        assert lobby.chimes.heard == [Cue.ATTENTION]
        yellow = still.query_one("#still-there").styles.background
        still._tick()
        await lobby.settle()
        assert lobby.chimes.heard == [Cue.ATTENTION] * 2
        assert still.query_one("#still-there").styles.background != yellow
        assert lobby.said("#seconds") == str(LAST_SECONDS)
        await lobby.touch_at(1, 1)
        await asyncio.sleep(0)
        assert answers == [True]
        assert not isinstance(lobby.app.screen, StillThere | HomeScreen)
