"""What a person meets on the glass, from the first touch to home again."""

from __future__ import annotations

import gc
from datetime import UTC, datetime, timedelta

import pytest
from textual._styles_cache import StylesCache

from kiosk.desk.credentials import Via, Wish, read_code
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import PersonKind
from kiosk.desk.ports import LineStatus
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.initial import InitialScreen
from kiosk.ui.screens.leaving import LeavingScreen
from kiosk.ui.screens.member import MemberScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.screens.visitor import VisitorScreen
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.keypad import Keypad
from tests.ui.desk import FakeScanner, ScriptedDesk, welcome
from tests.ui.lobby import LONG, Lobby


async def test_a_member_touches_their_pin_and_is_welcomed_by_name() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome("[/x] Bob")
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        lobby.on_screen(ResultScreen)
        assert [code.text for code in lobby.desk.asked if code] == ["04271"]
        assert lobby.said("#title") == "Welcome"
        assert lobby.said("#name") == "[/x] Bob"
        assert lobby.said("#standing") == "Telling Nexudus…"
        lobby.desk.word_may_come.set()
        await lobby.settle()
        assert lobby.said("#standing") == "Confirmed by Nexudus."


async def test_the_same_digit_twice_in_one_breath_counts_twice() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        keypad = lobby.app.screen.query_one(Keypad)
        region = keypad.zone_region("1").translate(keypad.content_region.offset)
        x, y = region.x + 4, region.y + 2
        await lobby.send(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m" * 4)
        assert lobby.app.screen.query_one(Entry).value == "1111"


async def test_what_is_typed_is_not_shown() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271")
        drawn = "\n".join(
            "".join(segment.text for segment in strip) for strip in lobby.app.screen._compositor.render_strips()
        )
        assert "●" in drawn
        assert "04271" not in drawn


async def test_back_takes_the_last_digit_away() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("123BB")
        assert lobby.app.screen.query_one(Entry).value == "1"


async def test_a_word_that_does_not_come_is_said_as_it_is() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome()
    lobby.desk.word = Word(Standing.QUEUED)
    lobby.desk.word_may_come.set()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        assert lobby.said("#standing") == "Recorded here. Nexudus will hear of it when the line is back."


async def test_a_refusal_by_nexudus_takes_the_place_of_the_welcome() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome()
    lobby.desk.word = Word(Standing.REFUSED, "No valid pass.")
    lobby.desk.word_may_come.set()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        assert lobby.on_screen(ResultScreen).has_class("refusal")
        assert lobby.said("#title") == "Please see reception"
        assert lobby.said("#detail") == "Nexudus says: No valid pass."
        assert not lobby.app.screen.query_one("#undo").display


async def test_a_wrong_code_may_be_tried_again_where_it_was_typed() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("99999E")
        assert lobby.said("#title") == "Not recognised"
        assert lobby.said("#name") == ""
        await lobby.touch_at(40, 12)
        lobby.on_screen(MemberScreen)
        assert lobby.app.screen.query_one(Entry).value == ""


async def test_who_is_in_already_is_asked_and_then_leaves() -> None:
    lobby = Lobby()
    since = datetime.now(UTC) - timedelta(hours=2)
    lobby.desk.outcome = Outcome(OutcomeKind.ALREADY_IN, "Zoë", PersonKind.MEMBER, since=since)
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        lobby.on_screen(LeavingScreen)
        lobby.desk.outcome = Outcome(OutcomeKind.GOODBYE, "Zoë", PersonKind.MEMBER)
        await lobby.touch("#leave")
        assert lobby.said("#title") == "Goodbye"
        assert [code.wish for code in lobby.desk.asked if code] == [Wish.UNSAID, Wish.LEAVE]


async def test_who_stays_is_asked_no_more() -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(OutcomeKind.ALREADY_IN, "Zoë", PersonKind.MEMBER, since=datetime.now(UTC))
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        await lobby.touch("#stay")
        lobby.on_screen(HomeScreen)
        assert len(lobby.desk.asked) == 1


async def test_a_shared_pin_is_told_apart_by_one_letter() -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(OutcomeKind.ASK_INITIAL)
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("75089E")
        lobby.on_screen(InitialScreen)
        lobby.desk.outcome = welcome("Jonas Weber")
        await lobby.pilot.press("w")
        await lobby.settle()
        assert lobby.said("#name") == "Jonas Weber"
        assert [code.initial for code in lobby.desk.asked if code] == [None, "W"]


async def test_a_wrong_letter_leads_back_to_the_keypad_for_the_code_may_have_been_wrong_too() -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(OutcomeKind.ASK_INITIAL)
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        lobby.desk.outcome = Outcome(OutcomeKind.UNKNOWN)
        await lobby.pilot.press("x")
        await lobby.settle()
        lobby.on_screen(ResultScreen)
        await lobby.touch("#title")
        lobby.on_screen(MemberScreen)
        assert lobby.pilot.app.screen.query_one(Entry).value == ""


async def test_back_from_the_letters_is_the_keypad_with_nothing_typed() -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(OutcomeKind.ASK_INITIAL)
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        await lobby.touch("#back")
        lobby.on_screen(MemberScreen)
        assert lobby.pilot.app.screen.query_one(Entry).value == ""


async def test_a_visitor_with_a_code_comes_to_the_camera() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#yes")
        lobby.on_screen(CodeEntryScreen)
        assert lobby.scanner.forgotten == 1, "a code that is still held up counts again"


async def test_a_visitor_without_one_registers() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#visitor")
        await lobby.touch("#no")
        assert lobby.said("#title") == "Your e-mail address"
        await lobby.touch("#back")
        lobby.on_screen(VisitorScreen)


async def test_a_code_before_the_camera_counts_at_home_without_a_touch() -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(OutcomeKind.WELCOME, "Tomás Rey", PersonKind.VISITOR, host="Ana Ruiz")
    async with lobby.open():
        lobby.scanner.on_code(read_code("228904", Via.CAMERA))
        await lobby.settle()
        assert lobby.said("#detail") == "You are checked in. Your host: Ana Ruiz"
        assert lobby.scanner.paused, "nothing is read while an answer is up"
        lobby.scanner.on_code(read_code("846937", Via.CAMERA))
        await lobby.settle()
        assert len(lobby.desk.asked) == 1
        await lobby.touch_at(40, 12)
        lobby.on_screen(HomeScreen)
        assert not lobby.scanner.paused


async def test_a_result_goes_by_itself() -> None:
    lobby = Lobby(Patience(idle=600, success=0.05, refusal=600))
    lobby.desk.outcome = welcome()
    lobby.desk.word_may_come.set()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        await lobby.until(HomeScreen)


async def test_a_check_in_can_be_undone_from_the_result_and_from_home() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome()
    async with lobby.open():
        for _ in range(2):
            await lobby.touch("#member")
            await lobby.touch_keys("04271E")
            await lobby.touch("#undo")
            assert lobby.said("#title") == "Undone"
            await lobby.touch_at(40, 12)
            assert not lobby.app.screen.query_one("#undo").display, "once is enough"
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        await lobby.touch_at(40, 20)
        lobby.on_screen(HomeScreen)
        assert lobby.app.screen.query_one("#undo").display
        await lobby.touch("#undo")
        assert lobby.desk.undone == [lobby.desk.outcome.event] * 3


async def test_who_walks_away_is_asked_and_then_wiped() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("042")
        lobby.app.patience = Patience(idle=0.5, countdown=3)
        await lobby.until(StillThere)
        await lobby.until(HomeScreen)
        lobby.app.patience = LONG
        await lobby.touch("#member")
        assert lobby.app.screen.query_one(Entry).value == ""


async def test_more_time_keeps_what_was_typed() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("042")
        lobby.app.patience = Patience(idle=0.5, countdown=60)
        await lobby.until(StillThere)
        await lobby.touch("#more")
        assert lobby.on_screen(MemberScreen).query_one(Entry).value == "042"


async def test_a_scanner_that_types_needs_no_touch() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome("Tomás Rey")
    async with lobby.open():
        await lobby.pilot.press(*"228904", "enter")
        await lobby.settle()
        assert [code.text for code in lobby.desk.asked if code] == ["228904"]
        lobby.on_screen(ResultScreen)


async def test_a_scanner_is_faster_than_the_screens_change() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome("Tomás Rey")
    async with lobby.open():
        await lobby.send("228904\r")
        assert [code.text for code in lobby.desk.asked if code] == ["228904"]


async def test_letters_of_a_code_may_be_typed() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.send("aB-9\r")
        assert [code.text for code in lobby.desk.asked if code] == ["aB-9"]


@pytest.mark.parametrize("key", ["f1", "f2", "f3", "f4", "f9", "enter", "escape", "plus", "asterisk"])
async def test_any_key_may_be_pressed_at_an_answer_and_ends_it_or_does_nothing(key: str) -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("9999E")
        lobby.on_screen(ResultScreen)
        await lobby.pilot.press(key)
        await lobby.settle()
        assert lobby.app.is_running


async def test_two_thousand_characters_are_one_unknown_code() -> None:
    lobby = Lobby()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.send("7" * 2_000 + "\r")
        assert lobby.desk.asked == [None]
        assert lobby.said("#title") == "Not recognised"


async def test_two_touches_at_once_keep_the_screen_below_the_question() -> None:
    lobby = Lobby(Patience(idle=1.0, countdown=60))
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.until(StillThere)
        await lobby.send("   \x1b[<0;40;12M\x1b[<0;40;12m\x1b[<0;40;12M\x1b[<0;40;12m")
        assert len(lobby.app.screen_stack) >= 3


async def test_the_next_persons_code_decides_nothing_for_the_one_before() -> None:
    lobby = Lobby()
    lobby.desk.outcome = Outcome(OutcomeKind.ALREADY_IN, "Zoë", PersonKind.MEMBER, since=datetime.now(UTC))
    async with lobby.open():
        await lobby.send("04271\r\r")
        lobby.on_screen(LeavingScreen)
        lobby.desk.outcome = welcome("Tomás Rey")
        await lobby.send("13286\r")
        assert [(code.text, code.wish) for code in lobby.desk.asked if code] == [
            ("04271", Wish.UNSAID),
            ("13286", Wish.UNSAID),
        ]
        await lobby.send("u7k2p\r")
        assert lobby.desk.undone == []
        assert lobby.desk.asked[-1] == read_code("u7k2p", Via.KEYPAD)


async def test_a_refusal_has_its_consequences_when_nobody_looks_any_more() -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome()
    lobby.desk.word = Word(Standing.REFUSED, "No valid pass.")
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        await lobby.touch_at(40, 20)
        before = lobby.app.undoable
        lobby.desk.word_may_come.set()
        await lobby.settle()
        assert (before, lobby.app.undoable) == (lobby.desk.outcome.event, None)
        lobby.on_screen(HomeScreen)


@pytest.mark.parametrize("name", ["Nguyễn Thị Minh Khai", "李小龍", "M" * 119 + "…", "O'Brien {0} [b]"])
async def test_every_name_is_shown_as_it_is(name: str) -> None:
    lobby = Lobby()
    lobby.desk.outcome = welcome(name)
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04271E")
        assert lobby.said("#name") == name
        region = lobby.app.screen.query_one("#name").region
        assert 0 < region.height <= 8
        assert lobby.app.screen.region.contains_region(region)


def test_a_crash_ends_with_status_1_and_prints_and_logs_nothing_of_what_was_typed(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    class Broken(ScriptedDesk):
        def status(self) -> LineStatus:
            raise RuntimeError("what Zoë typed")

    app = KioskApp(Broken(), FakeScanner(), Speech(), LONG)
    app.run(headless=True)
    assert app.return_code == 1
    told = [record.getMessage() for record in caplog.records]
    assert any(line.startswith("the screen failed: RuntimeError at ") for line in told)
    assert not any("Zoë" in line for line in told)
    assert "Traceback" not in "".join(capfd.readouterr())


async def test_nothing_is_kept_of_the_screens_that_visitors_have_left() -> None:
    lobby = Lobby()
    async with lobby.open():
        kept = []
        for _ in range(4):
            await lobby.touch("#visitor")
            await lobby.touch("#yes")
            lobby.on_screen(CodeEntryScreen)
            await lobby.touch("#back")
            await lobby.settle()
            gc.collect()
            kept.append(sum(type(one) is StylesCache for one in gc.get_objects()))
    assert kept[-1] <= kept[0], "the drawings of widgets that are gone"
