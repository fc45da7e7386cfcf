"""The screen shows systemd that it lives, and leaves for a restart only when nobody would miss it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

import kiosk.ui.attendant
from kiosk.desk.badge_desk import Direction, Greeting, badge_code
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.attendant import Attendant
from kiosk.ui.screens.attract import AttractScreen
from kiosk.ui.screens.badge_prompt import BadgePromptScreen
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.closed import ClosedScreen
from kiosk.ui.screens.member import MemberScreen
from tests.ui.desk import FakeScanner, ScriptedDesk


@dataclass
class HeardService:
    """Remembers what the screen tells it."""

    wanted: bool = False
    was_ready: bool = False
    beats: list[float] = field(default_factory=list)

    def ready(self) -> None:
        """Home is on the glass."""
        self.was_ready = True

    def beat(self, untouched: float) -> None:
        """The screen lives."""
        self.beats.append(untouched)

    def wants_restart(self) -> bool:
        """As the test says."""
        return self.wanted


class Started:
    """A kiosk whose attendant begins when home has been drawn."""

    def __init__(self) -> None:
        self.service = HeardService()
        self.app = KioskApp(ScriptedDesk(), FakeScanner(), Speech(), Patience(), when_ready=self._begin)

    def _begin(self) -> None:
        Attendant(self.app, self.service).begin()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    monkeypatch.setattr(kiosk.ui.attendant, "BEAT_SECONDS", 0.02)
    return Started()


async def test_it_is_ready_and_beats_once_home_is_up_and_stays_while_no_restart_is_wanted(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiosk.ui.attendant, "IDLE_SECONDS", 0.0)
    async with started.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert started.service.was_ready
        while len(started.service.beats) < 4:
            await pilot.pause(0.02)
        assert started.app.is_running


async def test_a_restart_waits_while_somebody_is_here_and_comes_when_nobody_is(
    started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    started.service.wanted = True
    async with started.app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        monkeypatch.setattr(kiosk.ui.attendant, "IDLE_SECONDS", 0.0)
        beats = len(started.service.beats)
        while len(started.service.beats) < beats + 3:
            await pilot.pause(0.02)
        assert isinstance(started.app.screen, MemberScreen), "somebody stands there"

        started.app.go_home()
        while started.app.is_running:
            await pilot.pause(0.02)
    assert started.app.return_code == 0


@pytest.mark.parametrize("resting", [AttractScreen, ClosedScreen])
async def test_a_kiosk_that_rests_or_is_closed_may_restart_and_one_that_asks_somebody_by_badge_may_not(
    started: Started, monkeypatch: pytest.MonkeyPatch, resting: type[KioskScreen]
) -> None:
    monkeypatch.setattr(kiosk.ui.attendant, "IDLE_SECONDS", 0.0)
    async with started.app.run_test(size=(80, 24)) as pilot:
        asked = BadgePromptScreen(Greeting("Ana L.", Direction.IN), badge_code("a" * 16), 8.0, lambda _taken: None)
        await started.app.push_screen(asked)
        started.service.wanted = True
        beats = len(started.service.beats)
        while len(started.service.beats) < beats + 3:
            await pilot.pause(0.02)
        goes_on = started.app.is_running
        assert goes_on, "no touch has told that somebody is there, but a badge has"

        started.app.switch_screen(resting())
        while started.app.is_running:
            await pilot.pause(0.02)
    assert started.app.return_code == 0
