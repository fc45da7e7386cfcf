"""Scanners and card readers that type, and codes that are meant for something else, on every screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from textual import events
from textual.app import ComposeResult

from kiosk.desk.credentials import Code, Via
from kiosk.desk.foreign import Foreign
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.desk.payloads import Badge
from kiosk.desk.people import PersonKind
from kiosk.sensors.wedge import Wedge
from kiosk.ui.app import Patience
from kiosk.ui.screens import base
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.screens.initial import InitialScreen
from kiosk.ui.screens.leaving import LeavingScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.still_there import StillThere
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.words import PlainText
from tests.ui.desk import welcome
from tests.ui.lobby import LONG, Lobby

CARD = Code("0012345678", Via.READER)
NOT_YOURS = "That is not your invitation."


def lobby_with_reader(patience: Patience = LONG) -> Lobby:
    return Lobby(patience, keys=Wedge())


async def come_true(lobby: Lobby, what: Callable[[], bool]) -> None:
    """Wait for what comes by itself; fails if the kiosk ends instead."""
    while not what():
        assert lobby.app.is_running
        await lobby.pilot.pause(0.01)


class Form(KioskScreen):
    """Stands for any form: it notes what is typed."""

    takes_codes = False

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""

    def compose(self) -> ComposeResult:
        yield PlainText("", id="subtitle")

    def key_pressed(self, event: events.Key) -> None:
        self.typed += event.character or ""


async def test_a_card_that_a_reader_types_counts_at_home_and_nothing_of_it_is_typed_there() -> None:
    lobby = lobby_with_reader()
    lobby.desk.outcome = welcome()
    async with lobby.open():
        await lobby.send("0012345678\r")
        assert lobby.desk.asked == [CARD]
        lobby.on_screen(ResultScreen)


async def test_a_scan_counts_on_the_keypad_beside_what_was_typed_by_hand() -> None:
    lobby = lobby_with_reader()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.touch_keys("04")
        await lobby.send("0012345678\t")
        assert lobby.desk.asked == [CARD]


async def test_a_scan_is_no_answer_to_the_question_for_a_letter() -> None:
    lobby = lobby_with_reader()
    lobby.desk.outcome = Outcome(OutcomeKind.ASK_INITIAL)
    async with lobby.open():
        await lobby.send("75089\r")
        lobby.on_screen(InitialScreen)
        lobby.desk.outcome = welcome()
        await lobby.send("AB48213\r")
        assert lobby.desk.asked == [Code("75089", Via.READER), Code("AB48213", Via.READER)]


async def test_the_next_person_may_scan_while_an_answer_is_up() -> None:
    lobby = lobby_with_reader()
    lobby.desk.outcome = Outcome(OutcomeKind.ALREADY_IN, "Zoë", PersonKind.MEMBER, since=datetime.now(UTC))
    async with lobby.open():
        await lobby.send("0012345678\r")
        lobby.on_screen(LeavingScreen)
        lobby.desk.outcome = welcome()
        await lobby.send("228904\r")
        lobby.on_screen(ResultScreen)
        await lobby.send("846937\r")
        assert [code.text for code in lobby.desk.asked if code] == ["0012345678", "228904", "846937"]


async def test_a_card_that_stays_on_its_reader_is_one_try() -> None:
    lobby = lobby_with_reader()
    async with lobby.open():
        for _ in range(3):
            await lobby.send("0012345678\r0012345678\r")
        assert lobby.desk.asked == [CARD]


async def test_what_a_person_types_comes_as_it_was_typed_and_is_theirs() -> None:
    lobby = lobby_with_reader()
    async with lobby.open():
        for key in "04271":
            await lobby.send(key)
            await asyncio.sleep(0.06)
        await come_true(lobby, lambda: lobby.app.screen.query_one(Entry).value == "04271")
        await lobby.send("\r")
        assert lobby.desk.asked == [Code("04271", Via.KEYPAD)]


async def test_a_run_without_an_end_is_given_back_as_typed() -> None:
    lobby = lobby_with_reader()
    async with lobby.open():
        await lobby.send("0427")
        await lobby.until(CodeEntryScreen)
        await come_true(lobby, lambda: lobby.app.screen.query_one(Entry).value == "0427")
        assert lobby.desk.asked == []


async def test_on_a_form_all_that_is_typed_is_what_was_typed() -> None:
    lobby = lobby_with_reader()
    form = Form()
    async with lobby.open():
        await lobby.app.push_screen(form)
        await lobby.send("Ada Lovelace\r")
        await come_true(lobby, lambda: form.typed == "Ada Lovelace\r")
        assert lobby.desk.asked == []


async def test_who_scans_is_still_there() -> None:
    lobby = lobby_with_reader(Patience(idle=1.0, countdown=60, success=600))
    lobby.desk.outcome = welcome()
    async with lobby.open():
        await lobby.touch("#member")
        await lobby.until(StillThere)
        await lobby.send("0012345678\r")
        await lobby.until(ResultScreen)
        assert lobby.desk.asked == [CARD]


@pytest.mark.parametrize("where", ["#hint", "#prompt"])
async def test_a_code_that_is_meant_for_something_else_gets_a_hint_and_is_no_try(where: str) -> None:
    lobby = lobby_with_reader()
    async with lobby.open():
        if where == "#prompt":
            await lobby.touch("#visitor")
            await lobby.touch("#yes")
        lobby.scanner.on_code(Foreign.WIFI)
        await lobby.settle()
        assert lobby.said(where) == NOT_YOURS
        assert lobby.desk.asked == []


async def test_the_hint_goes_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "NOTICE_SECONDS", 0.05)
    lobby = lobby_with_reader()
    async with lobby.open():
        before = lobby.said("#hint")
        await lobby.send("WIFI:S:guests;;\r")
        await come_true(lobby, lambda: lobby.said("#hint") == before)
        lobby.on_screen(HomeScreen)


async def test_a_second_hint_leaves_the_words_that_it_took_the_place_of() -> None:
    lobby = lobby_with_reader()
    async with lobby.open():
        await lobby.touch("#visitor")
        before = lobby.said("#subtitle")
        for kind in (Foreign.WIFI, Foreign.CONTACT):
            lobby.scanner.on_code(kind)
            await lobby.settle()
        assert lobby.said("#subtitle") == NOT_YOURS
        screen = lobby.app.screen
        assert isinstance(screen, KioskScreen)
        screen._end_notice()
        assert lobby.said("#subtitle") == before


async def test_while_an_answer_is_up_a_code_for_something_else_changes_nothing() -> None:
    lobby = lobby_with_reader()
    lobby.desk.outcome = welcome()
    async with lobby.open():
        await lobby.send("0012345678\r")
        detail = lobby.said("#detail")
        await lobby.send("WIFI:S:guests;;\r")
        lobby.on_screen(ResultScreen)
        assert lobby.said("#detail") == detail


async def test_a_badge_is_nobodys_yet() -> None:
    lobby = lobby_with_reader()
    async with lobby.open():
        lobby.scanner.on_code(Badge("Kq7-mW2x_9TbZr41", Via.CAMERA))
        await lobby.settle()
        assert lobby.desk.asked == [None]
        assert lobby.said("#title") == "Not recognised"
