from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from kiosk.desk.frames import CameraState, Frame, Hint, Sighting
from kiosk.i18n.camera import hint_words
from kiosk.i18n.speech import Speech
from kiosk.ui.theme import LOBBY, lobby_theme
from kiosk.ui.widgets.camera_view import NOTICE_SECONDS, CameraView
from kiosk.ui.widgets.view_finder import ViewFinder
from kiosk.ui.widgets.words import PlainText
from tests.sensors.clock import HandClock
from tests.ui.desk import FakeScanner
from tests.ui.widgets.glass import Kiosk

PICTURE = Frame(bytes([128]) * 64 * 48, 64, 48, at=1.0)
CODE = Sighting(((10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0)), 64, 48, at=1.0)


class Dressed(Kiosk):
    """With the kiosk's own colours."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return lobby_theme().variables

    def on_mount(self) -> None:
        self.register_theme(lobby_theme())
        self.theme = LOBBY


class Glass:
    """A camera view, and what it shows."""

    def __init__(self) -> None:
        self.scanner = FakeScanner(latest=PICTURE)
        self.clock = HandClock()
        self.view = CameraView(self.scanner, Speech(), self.clock)
        self._pilot: Pilot[None]

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Glass]:
        async with Dressed(self.view).run_test(size=(40, 20)) as pilot:
            self._pilot = pilot
            yield self

    async def settle(self) -> None:
        """Let everything that follows happen."""
        for _ in range(4):
            await self._pilot.pause()

    @property
    def line(self) -> str:
        for _ in range(2):  # a code is shown at the second look
            self.view.look()
        return self.view.query_one("#hint-line", PlainText).text

    @property
    def words(self) -> str:
        """What stands in the place of the picture; nothing while there is one."""
        self.view.look()
        resting = self.view.query_one("#resting")
        assert resting.display != self.view.query_one(ViewFinder).display
        return self.view.query_one("#resting-words", PlainText).text if resting.display else ""


@pytest.fixture
async def glass() -> AsyncIterator[Glass]:
    async with Glass().open() as glass:
        yield glass


async def test_a_picture_needs_no_words(glass: Glass) -> None:
    assert glass.words == ""
    assert glass.line == ""


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CameraState.ABSENT, "There is no camera here.\nPlease type your code."),
        (CameraState.STARTING, "The camera is starting…"),
        (CameraState.LOST, "The camera is resting.\nPlease type your code."),
    ],
)
async def test_without_a_picture_it_says_what_to_do(glass: Glass, state: CameraState, words: str) -> None:
    glass.scanner.state, glass.scanner.latest = state, None
    assert glass.words == words
    assert glass.line == ""


async def test_a_code_that_is_read_is_told_in_words_as_well_as_in_green(glass: Glass) -> None:
    glass.scanner.sighting = CODE
    assert glass.line == "✓ Code read"
    assert glass.view.query_one("#hint-line").has_class("-locked")


async def test_a_code_that_has_just_come_is_shown_a_look_later_so_that_its_answer_is_not_held_up(glass: Glass) -> None:
    glass.view.look()
    glass.scanner.sighting = CODE
    glass.view.look()
    line = glass.view.query_one("#hint-line", PlainText)
    assert line.text == ""
    glass.view.look()
    assert line.text == "✓ Code read"


@pytest.mark.parametrize("hint", [hint for hint in Hint if hint is not Hint.NONE])
async def test_each_hint_is_one_line_of_its_own(glass: Glass, hint: Hint) -> None:
    glass.scanner.hint = hint
    assert 0 < len(glass.line) <= 37, "as wide as the picture beside the keys"
    assert glass.line not in {hint_words(other, Speech()) for other in Hint if other is not hint}
    assert glass.view.query_one("#hint-line").has_class("-hint")


async def test_a_camera_that_is_lost_takes_its_hint_and_its_code_with_it(glass: Glass) -> None:
    glass.scanner.hint, glass.scanner.sighting = Hint.TILT, CODE
    glass.scanner.state, glass.scanner.latest = CameraState.LOST, None
    assert glass.line == ""
    assert not glass.view.query_one("#hint-line").has_class("-locked")


async def test_a_notice_comes_before_a_hint_and_goes_by_itself(glass: Glass) -> None:
    glass.scanner.hint = Hint.TILT
    glass.view.tell("That is not your [invitation].")
    assert glass.line == "That is not your [invitation]."
    glass.clock.advance(NOTICE_SECONDS)
    assert glass.line == hint_words(Hint.TILT, Speech())


async def test_hidden_it_does_not_look(glass: Glass) -> None:
    looked = []
    for display in (True, False, True):
        glass.view.display = display
        await glass.settle()
        looked.append(glass.view.is_awake)
    assert looked == [True, False, True]


async def test_at_rest_it_does_not_look(glass: Glass) -> None:
    glass.view.rest()
    glass.view.rest()
    assert not glass.view.is_awake


async def test_after_a_rest_it_looks_again(glass: Glass) -> None:
    glass.view.rest()
    glass.view.wake()
    glass.view.wake()
    assert glass.view.is_awake
