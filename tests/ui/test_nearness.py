"""Badges that are held near the glass: what people see, and what they do not."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.desk.adverts import Advert, Ear, RadioStanding, RadioState
from kiosk.desk.badge_desk import Direction, Greeting, badge_code
from kiosk.desk.badges import HandsFree, Heard, Trust
from kiosk.desk.elsewhere import Elsewhere, Tiles
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.ports import NotRecorded
from kiosk.desk.proximity import Rule
from kiosk.settings import load_settings
from kiosk.ui import passport_watch
from kiosk.ui.nearness import Nearness
from kiosk.ui.rest import Resting
from kiosk.ui.screens.attract import AttractScreen
from kiosk.ui.screens.badge_prompt import BadgePromptScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.widgets.calm_bar import CalmBar
from kiosk.wiring.badges import rule_of
from tests.desk.test_proximity import AWAY, HANDS_FREE, MARK
from tests.ui.desk import welcome
from tests.ui.lobby import Lobby

ANA, BEN, STRANGER = "a" * 16, "b" * 16, "nobody"
ANA_OUT = Greeting("Ana L.", Direction.IN)
ANA_IN = Greeting("Ana L.", Direction.OUT, datetime(2026, 3, 5, 8, 12, tzinfo=UTC))


class SilentRadio:
    """A radio of which nothing is heard but what a test says."""

    def standing(self) -> RadioStanding:
        return RadioStanding(RadioState.LISTENING)

    async def listen(self, ear: Ear) -> None:
        await asyncio.Event().wait()


@dataclass
class ScriptedBadges:
    """Fulfils `BadgeDesk`: the sender's address names the badge."""

    trust: Trust = Trust.ASKS
    greetings: dict[str, Greeting] = field(default_factory=lambda: {ANA: ANA_OUT, BEN: Greeting("Ben", Direction.IN)})
    used: list[str] = field(default_factory=list)
    usable: bool = True
    broken: bool = False

    def recognise(self, advert: Advert) -> Heard | None:
        return Heard(advert.address, self.trust, MARK) if advert.address in self.greetings else None

    def greeting(self, handle: str) -> Greeting | None:
        return self.greetings.get(handle)

    def use(self, heard: Heard) -> bool:
        if self.broken:
            raise NotRecorded("the disk is full")
        self.used.append(heard.handle)
        return self.usable


class BadgeLobby(Lobby):
    """A lobby with a radio; its time is that of the packets."""

    def __init__(self, rule: Rule | None = None, trust: Trust = Trust.ASKS) -> None:
        super().__init__()
        self.at = 1000.0
        self.badges = ScriptedBadges(trust)
        self.nearness = Nearness(self.badges, SilentRadio(), rule or Rule(), 8.0, lambda: self.at)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[BadgeLobby]:
        async with super().open():
            self.nearness.begin(self.app)
            self.rest()
            yield self

    def rest(self) -> None:
        """Nobody has touched the glass for long."""
        self.app._touched = -1e6

    def hear(self, badge: str, level: int, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.at += 0.1
            self.nearness.heard(Advert(badge, level, self.at))

    async def hold(self, badge: str = ANA, seconds: float = 1.5) -> None:
        """Bring a badge from across the lobby to the mark, and hold it there."""
        self.hear(badge, AWAY, 3)
        self.hear(badge, MARK, seconds)
        await self.settle()

    def is_held_shown(self) -> bool:
        """Whether it is shown that a badge is held."""
        return bool(self.bar.display)

    @property
    def bar(self) -> CalmBar:
        return self.on_screen(HomeScreen).query_one("#held", CalmBar)


async def test_a_badge_asks_by_first_name_and_a_touch_checks_in() -> None:
    lobby = BadgeLobby()
    lobby.desk.outcome = welcome("Ana López")
    async with lobby.open():
        await lobby.hold()
        lobby.on_screen(BadgePromptScreen)
        assert lobby.said("#title") == "Hi Ana L."
        assert lobby.badges.used == [], "its token may act until somebody says yes"
        await lobby.touch("#yes")
        assert lobby.badges.used == [ANA]

        assert lobby.desk.asked == [badge_code(ANA)]
        lobby.on_screen(ResultScreen)


async def test_who_is_in_is_asked_whether_they_leave() -> None:
    lobby = BadgeLobby()
    lobby.badges.greetings[ANA] = ANA_IN
    async with lobby.open():
        await lobby.hold()
        assert lobby.said("#subtitle") == "You are in since 09:12."
        await lobby.touch("#yes")

        assert lobby.desk.asked == [badge_code(ANA).leaving()]


@pytest.mark.parametrize("how", ["key", "time"])
async def test_not_me_or_no_answer_does_nothing_and_the_badge_asks_again_once_it_has_been_away(how: str) -> None:
    lobby = BadgeLobby()
    async with lobby.open():
        await lobby.hold()
        prompt = lobby.on_screen(BadgePromptScreen)
        if how == "key":
            await lobby.send("\x1b[12~")
        else:
            for _ in range(40):
                prompt._tick()
        await lobby.settle()
        lobby.on_screen(HomeScreen)
        assert lobby.desk.asked == []

        lobby.rest()
        await lobby.hold(seconds=3)
        lobby.on_screen(BadgePromptScreen)


async def test_without_a_touch_nobody_is_checked_out() -> None:
    lobby = BadgeLobby(HANDS_FREE, Trust.PROVES)
    lobby.badges.greetings[ANA] = ANA_IN
    async with lobby.open():
        await lobby.hold()

        assert lobby.desk.asked == []
        lobby.on_screen(BadgePromptScreen)


async def test_who_came_in_a_moment_ago_is_greeted_and_not_asked() -> None:
    lobby = BadgeLobby()
    lobby.badges.greetings[ANA] = Greeting("Ana L.", Direction.GREET)
    lobby.desk.outcome = Outcome(OutcomeKind.GREETED, "Ana López")
    async with lobby.open():
        await lobby.hold()

        assert lobby.desk.asked == [badge_code(ANA)]


async def test_nothing_asks_within_three_seconds_of_a_touch_or_while_another_page_is_up() -> None:
    lobby = BadgeLobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.hold(seconds=3)
        assert not isinstance(lobby.app.screen, BadgePromptScreen)
        await lobby.touch("#back")
        await lobby.hold(seconds=3)

        lobby.on_screen(HomeScreen)
        assert lobby.badges.used == []


async def test_a_badge_that_is_held_near_wakes_the_resting_screen_and_one_that_passes_does_not() -> None:
    lobby = BadgeLobby()
    async with lobby.open():
        lobby.app.rest._resting = Resting(after=1.0)
        lobby.app.rest.look(touched=-1e6)
        await lobby.settle()
        lobby.hear(ANA, AWAY, 10)
        await lobby.hold(STRANGER)
        lobby.on_screen(AttractScreen)

        await lobby.hold()

        lobby.on_screen(BadgePromptScreen)
        assert lobby.said("#title") == "Hi Ana L."


async def test_who_is_asked_and_uses_a_phone_with_passport_instead_is_greeted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passport_watch, "LOOK_SECONDS", 0.01)
    lobby = BadgeLobby()
    lobby.desk.location = replace(lobby.desk.location, tiles=Tiles("https://yard.spaces.nexudus.com/tiles/1/execute"))
    came = frozenset({PersonId(PersonKind.MEMBER, 1)})
    ana = Outcome(OutcomeKind.WELCOME, "Ana López", PersonKind.MEMBER, word=Word(Standing.CONFIRMED))
    lobby.desk.looks = [Elsewhere(frozenset()), Elsewhere(came, (ana,)), Elsewhere(came)]
    async with lobby.open():
        await lobby.hold()
        await lobby.touch("#no")
        await lobby.until(ResultScreen)

        assert lobby.said("#name") == "Ana López"
        assert lobby.desk.asked == [], "Nexudus has checked her in: the kiosk records nothing"


@pytest.mark.parametrize("hands_free", HandsFree)
def test_whether_a_badge_may_act_without_a_touch_is_as_the_settings_say(hands_free: HandsFree, tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(f'[badges]\nhands_free = "{hands_free.value}"\n')

    assert rule_of(load_settings(file)).hands_free is hands_free


async def test_while_the_disk_is_full_the_desk_says_so() -> None:
    lobby = BadgeLobby(HANDS_FREE, Trust.PROVES)
    lobby.badges.broken = True
    lobby.desk.outcome = Outcome(OutcomeKind.FAILED)
    async with lobby.open():
        await lobby.hold()

        assert lobby.desk.asked == [badge_code(ANA)]
        lobby.on_screen(ResultScreen)


async def test_a_badge_that_proves_itself_checks_in_without_a_touch_unless_it_is_taken_away() -> None:
    lobby = BadgeLobby(HANDS_FREE, Trust.PROVES)
    lobby.desk.outcome = welcome("Ana López")
    async with lobby.open():
        lobby.hear(ANA, AWAY, 3)
        lobby.hear(ANA, MARK, 0.8)
        await lobby.settle()
        assert lobby.is_held_shown()
        assert 0 < lobby.bar.share < 1
        lobby.hear(ANA, AWAY, 1)
        lobby.nearness._look()
        await lobby.settle()
        assert not lobby.is_held_shown()
        assert lobby.desk.asked == []

        await lobby.hold()

        assert lobby.desk.asked == [badge_code(ANA)]
        lobby.on_screen(ResultScreen)


async def test_what_does_not_count_leaves_home_as_it_is_and_a_stranger_no_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    lobby = BadgeLobby(HANDS_FREE, Trust.PROVES)
    async with lobby.open():
        await lobby.hold(STRANGER)
        assert [record for record in caplog.records if record.name.startswith("kiosk.")] == []

        lobby.badges.usable = False  # somebody else has used this token meanwhile
        await lobby.hold()
        assert lobby.badges.used == [ANA]
        lobby.on_screen(HomeScreen)

        lobby.badges.usable = True
        lobby.hear(BEN, AWAY, 3)
        lobby.hear(BEN, MARK, 1.5)
        del lobby.badges.greetings[BEN]  # it is nobody's any more
        await lobby.settle()
        lobby.on_screen(HomeScreen)
        assert lobby.desk.asked == []

    assert f"badge {ANA}: act" in caplog.text
    assert "Ana" not in caplog.text
    assert STRANGER not in caplog.text


async def test_of_two_badges_one_has_to_come_closer_and_while_one_is_enrolled_the_packets_are_somebody_elses() -> None:
    lobby = BadgeLobby()
    heard: list[Advert] = []
    async with lobby.open():
        lobby.nearness.hand_over(heard.append)
        await lobby.hold()
        lobby.nearness.hand_over(None)
        lobby.on_screen(HomeScreen)
        assert len(heard) == 45

        for level in (*[AWAY] * 30, *[MARK] * 20):
            lobby.at += 0.1
            lobby.nearness.heard(Advert(ANA, level, lobby.at))
            lobby.nearness.heard(Advert(BEN, level, lobby.at + 0.001))
        await lobby.settle()
        assert lobby.said("#hint") == "Two badges are near: hold one closer."
