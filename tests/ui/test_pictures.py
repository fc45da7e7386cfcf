"""Pictures of the screens, which no change may alter unseen, and what must be true on each of them.

A picture that is meant to change is made anew with `pytest tests/ui/test_pictures.py --snapshot-update`, and looked at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
from textual.app import App
from textual.geometry import Offset
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.timer import Timer
from textual.widget import Widget

from kiosk.desk.frames import CameraState
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import Approval, PersonKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.theme import CONTRAST, contrast_ratio
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.keypad import Keypad
from kiosk.ui.widgets.touch import TouchSurface
from kiosk.ui.widgets.words import PlainText
from tests.ui.desk import FakeScanner, ScriptedDesk, welcome
from tests.ui.test_try_these import FakeRehearsal
from tests.ui.widgets.glass import Finger, cells_by_zone

UNHURRIED = Patience(idle=600, success=600, refusal=600)
MORNING = datetime(2026, 3, 5, 8, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still_life(only_pillows_font: None, march_morning: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What moves by itself stands still, so that one moment's picture is that of any other.

    Nothing that repeats (clock, camera, countdown, the look for idleness) comes to its second turn.
    """

    set_interval = MessagePump.set_interval

    def set_long_interval(pump: MessagePump, interval: float, *args: Any, **options: Any) -> Timer:
        # Textual's own begin paused, and wait for no clock.
        return set_interval(pump, interval if options.get("pause") else 3600.0, *args, **options)

    monkeypatch.setattr(MessagePump, "set_interval", set_long_interval)


class Lobby:
    """The kiosk, and somebody who does something there."""

    def __init__(self) -> None:
        self.desk = ScriptedDesk()
        self.desk.word_may_come.set()
        self.scanner = FakeScanner()
        self.app = KioskApp(self.desk, self.scanner, Speech(), UNHURRIED)

    async def visit(self, pilot: Pilot[None], *steps: str) -> None:
        """Touch what is named ("#member") and type the rest; then wait until no key is lit any more."""
        finger = Finger(pilot)
        await self._rest(pilot)
        for step in steps:
            if step.startswith("#"):
                await finger.tap(await self._place_of(step))
            else:
                await finger.do(step)
            await self._rest(pilot)
        while any(
            surface.is_lit(zone) for surface in self.app.screen.query(TouchSurface) for zone in zones_of(surface)
        ):
            await asyncio.sleep(0.02)
        await pilot.pause()

    async def _place_of(self, selector: str) -> Offset:
        """Where to touch it, once it is on the glass."""
        async with asyncio.timeout(30):
            while not self.app.screen.query(selector):
                await asyncio.sleep(0.02)
        x, y = self.app.screen.query_one(selector).region.center
        return Offset(int(x), int(y))

    async def _rest(self, pilot: Pilot[None]) -> None:
        """Let everything happen that follows, on a busy machine as well: a pilot's pause takes a process that is given
        no processor for one that is at rest. So it is asked three times whether there is anything left to do."""
        calm = 0
        while calm < 3:
            for _ in range(100):
                await asyncio.sleep(0)
            await pilot.pause()
            calm = 0 if self._is_busy() else calm + 1

    def _is_busy(self) -> bool:
        """Whether a message waits for somebody, or an answer is under way."""
        pumps = [self.app, *self.app.screen_stack, *self.app.screen.walk_children()]
        return any(pump.message_queue_size for pump in pumps) or any(
            not worker.is_finished for worker in self.app.workers
        )

    def said(self, selector: str) -> str:
        """The words in a widget that is on the glass."""
        widget = self.app.screen.query_one(selector, Widget)
        assert widget.region
        assert isinstance(widget, (BigText, PlainText))
        return widget.text


def zones_of(surface: TouchSurface) -> list[str]:
    """Everything on a surface that can be touched."""
    return [zone for zone in cells_by_zone(surface) if zone is not None]


def expect_what_holds_everywhere(app: App[None], *, least_contrast: float = 4.5, least_width: int = 8) -> None:
    """Nothing is cut off by the edge of the glass, nothing is too small for a finger, and every word can be read."""
    for widget in app.screen.walk_children(Widget):
        assert app.screen.region.contains_region(widget.region), widget
    for surface in app.screen.query(TouchSurface):
        for zone in zones_of(surface):
            width, height = surface.zone_region(zone).size
            assert width >= least_width, (surface, zone)
            assert height >= 3, (surface, zone)
    for words in app.screen.query("BigText, PlainText"):
        _, _, ground, text = words.colors
        # WCAG 2.2, success criteria 1.4.6 for what is drawn large and 1.4.3 for the rest.
        assert contrast_ratio(text, ground) >= (7 if isinstance(words, BigText) else least_contrast), words


class Demonstration(Lobby):
    """The kiosk with its panel of things to try."""

    def __init__(self) -> None:
        super().__init__()
        self.rehearsal = FakeRehearsal()
        self.app = KioskApp(self.desk, self.scanner, Speech(), UNHURRIED, rehearsal=self.rehearsal)


class Album(Protocol):
    """Whether a glass of 80 by 24 looks as in its picture once these steps and then `then` were done.

    Before it is looked at, `expect` asserts what has to be true of it.
    """

    def __call__(
        self, lobby: Lobby, *steps: str, expect: Callable[[], None], then: Callable[[], None] | None = None
    ) -> bool: ...


@pytest.fixture
def album(snap_compare: Callable[..., bool]) -> Album:
    """The pictures that were taken before."""

    def holds(lobby: Lobby, *steps: str, expect: Callable[[], None], then: Callable[[], None] | None = None) -> bool:
        async def before(pilot: Pilot[None]) -> None:
            await lobby.visit(pilot, *steps)
            if then is not None:
                then()
                await lobby.visit(pilot)
            expect()
            expect_what_holds_everywhere(lobby.app)

        return snap_compare(lobby.app, run_before=before, terminal_size=(80, 24))

    return holds


def test_home(album: Album) -> None:
    lobby = Lobby()

    def expect() -> None:
        assert lobby.said("#title") == "Welcome"
        assert lobby.said("#clock") == "09:12"
        assert not lobby.app.screen.query_one("#undo").display, "nothing to take back"

    assert album(lobby, expect=expect)


def test_a_member_has_typed_three_digits(album: Album) -> None:
    lobby = Lobby()

    def expect() -> None:
        assert lobby.app.screen.query_one(Entry).value == "042"
        keypad = lobby.app.screen.query_one(Keypad)
        for key in zones_of(keypad):
            assert keypad.zone_region(key).width >= 12
            assert keypad.zone_region(key).height >= 5

    assert album(lobby, "#member", "042", expect=expect)


def test_a_visitor_is_asked_for_a_code(album: Album) -> None:
    lobby = Lobby()

    def expect() -> None:
        assert lobby.said("#title") == "Do you have a code?"

    assert album(lobby, "#visitor", expect=expect)


def test_a_code_is_typed_where_there_is_no_camera(album: Album) -> None:
    lobby = Lobby()
    lobby.scanner.state = CameraState.ABSENT

    def expect() -> None:
        assert "QR" not in lobby.said("#prompt"), "there is nothing to show it to"
        keypad = lobby.app.screen.query_one(Keypad)
        assert min(keypad.zone_region(key).width for key in zones_of(keypad)) >= 12

    assert album(lobby, "#visitor", "#yes", expect=expect)


def test_a_member_is_welcomed_while_the_line_is_down(album: Album) -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome("Ada Lindqvist")
    lobby.desk.word = Word(Standing.QUEUED)
    lobby.desk.link = LineStatus(Link.OFFLINE, 1, 0)

    def expect() -> None:
        assert lobby.app.screen.has_class("welcome")
        assert lobby.said("#name") == "Ada Lindqvist"
        assert lobby.said("#standing") == "Recorded here. Nexudus will hear of it when the line is back."
        assert lobby.said("#line").endswith("Offline · 1 waiting")
        assert lobby.app.screen.query_one("#undo").display

    assert album(lobby, "#member", "04271\r", expect=expect)


def test_nexudus_refuses_a_member(album: Album) -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome("Ada Lindqvist")
    lobby.desk.word = Word(Standing.REFUSED, "No valid pass.")

    def expect() -> None:
        assert lobby.app.screen.has_class("refusal")
        assert not lobby.app.screen.has_class("welcome")
        assert lobby.said("#title") == "Please see reception"
        assert lobby.said("#detail") == "Nexudus says: No valid pass."

    assert album(lobby, "#member", "04271\r", expect=expect)


def test_a_visitor_is_told_where_to_go_and_given_the_wifi_code(album: Album) -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(
        OutcomeKind.WELCOME,
        "Daniela Fuentes",
        PersonKind.VISITOR,
        "Nguyễn Thị Minh Khai",
        Approval.GRANT,
        word=Word(Standing.CONFIRMED),
        where="Café Cobalto",
        wifi="HARBOUR-972800",
    )

    def expect() -> None:
        assert lobby.said("#detail").endswith("Wi-Fi code: HARBOUR-972800")

    assert album(lobby, "#visitor", "#yes", "409234\r", expect=expect)


def test_somebody_who_is_in_is_asked_whether_they_leave(album: Album) -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(OutcomeKind.ALREADY_IN, "Ada Lindqvist", PersonKind.MEMBER, since=MORNING)

    def expect() -> None:
        assert lobby.said("#subtitle") == "You are in since 09:12."

    assert album(lobby, "#member", "04271\r", expect=expect)


def test_people_who_share_a_code_are_asked_for_one_more_letter(album: Album) -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(OutcomeKind.ASK_INITIAL)

    def expect() -> None:
        assert lobby.said("#title") == "One more letter"

    assert album(lobby, "#member", "75089\r", expect=expect)


def test_somebody_who_touches_nothing_is_asked_whether_they_are_there(album: Album) -> None:
    lobby = Lobby()

    def wait_too_long() -> None:
        lobby.app.push_screen(StillThere(lobby.app.speech, 15))

    def expect() -> None:
        assert lobby.said("#seconds") == "15"

    assert album(lobby, "#member", "042", then=wait_too_long, expect=expect)


@pytest.mark.parametrize("size", [(80, 24), (45, 40)], ids=["wide", "upright"])
async def test_what_staff_have_to_do_is_never_cut_off(size: tuple[int, int]) -> None:
    lobby = Lobby()
    lobby.desk.link = LineStatus(Link.SIGN_IN, 12, 0)
    async with lobby.app.run_test(size=size) as pilot:
        await lobby.visit(pilot)
        said = lobby.said("#line")
        assert said == "▲ Staff: sign in again · 12 waiting"
        assert lobby.app.screen.query_one("#line").region.width >= len(said)
        assert lobby.app.screen.query_one("#clock").region.width >= len("09:12")


def test_two_things_go_wrong_on_purpose(album: Album) -> None:
    lobby = Demonstration()

    def expect() -> None:
        assert lobby.rehearsal.on == {"line", "fault-4"}
        assert lobby.said("#expect") == "What fault-4 does."

    assert album(lobby, "#tries", "#trouble", "#trouble-line", "#trouble-fault-4", expect=expect)


async def test_the_demonstrations_panel_loses_nothing_on_an_upright_glass_or_in_high_contrast() -> None:
    lobby = Demonstration()
    async with lobby.app.run_test(size=(45, 40)) as pilot:
        await lobby.visit(pilot, "#tries", "#trouble", "#trouble-fault-4")
        expect_what_holds_everywhere(lobby.app)
        lobby.app.theme = CONTRAST
        await pilot.pause()
        expect_what_holds_everywhere(lobby.app, least_contrast=7)


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ((), None),
        (("#member", "042"), None),
        (("#visitor",), None),
        (("#visitor", "#yes"), None),
        (("#member", "#forgotten"), None),
        (("#member", "04271\r"), welcome("Maximiliana Theodora von Hohenstaufen-Wittelsbach")),
        (("#member", "04271\r"), Outcome(OutcomeKind.ALREADY_IN, "Ada Lindqvist", PersonKind.MEMBER, since=MORNING)),
        (("#member", "04271\r"), Outcome(OutcomeKind.ASK_INITIAL)),
        (("#member", "04271\r"), Outcome(OutcomeKind.LOCKED, until=MORNING)),
    ],
    ids=["home", "member", "visitor", "code", "forgotten", "welcome", "leaving", "one more letter", "locked"],
)
async def test_on_an_upright_glass_and_in_high_contrast_nothing_is_lost(
    steps: tuple[str, ...], outcome: Outcome | None
) -> None:
    lobby = Lobby()
    lobby.desk.outcome = outcome or lobby.desk.outcome
    async with lobby.app.run_test(size=(45, 40)) as pilot:
        await lobby.visit(pilot, *steps)
        expect_what_holds_everywhere(lobby.app, least_width=6)
        lobby.app.theme = CONTRAST
        await pilot.pause()
        expect_what_holds_everywhere(lobby.app, least_width=6, least_contrast=7)
