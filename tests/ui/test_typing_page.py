"""A whole page that is answered by typing: by touch, on a keyboard, and on both at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from textual import events
from textual.geometry import Offset
from textual.pilot import Pilot

from kiosk.ui.screens.home import HomeScreen
from kiosk.ui.theme import CONTRAST
from kiosk.ui.widgets import touch
from kiosk.ui.widgets.choice import ZONE, Choice
from kiosk.ui.widgets.keyboard_layouts import Action, Layer, Layout
from kiosk.ui.widgets.words import PlainText
from tests.ui.test_pictures import expect_what_holds_everywhere
from tests.ui.typing_page import TypingKiosk, TypingPage
from tests.ui.widgets.glass import Finger, middle_of

WIDE, UPRIGHT = (80, 24), (45, 40)
HINT = "As your host knows you."


@dataclass(frozen=True)
class Lobby:
    """Somebody at the page, with a finger and a keyboard."""

    page: TypingPage
    finger: Finger
    pilot: Pilot[None]

    async def tap(self, *zones: str) -> None:
        """Touch keys."""
        await self.finger.tap(*(middle_of(self.page.keyboard, zone) for zone in zones))

    async def type(self, text: str) -> None:
        """Type on a keyboard of one's own, in the bytes that a terminal sends."""
        await self.finger.do(text)

    @property
    def text(self) -> str:
        return self.page.field.text

    @property
    def remark(self) -> str:
        """What is said beside the field."""
        return self.page.query_one("#remark", PlainText).text


@asynccontextmanager
async def lobby(
    layout: Layout = Layout.QWERTY, layer: Layer = Layer.LETTERS, text: str = "", *, size: tuple[int, int] = WIDE
) -> AsyncIterator[Lobby]:
    page = TypingPage(layout, layer, text)
    app = TypingKiosk(page)
    async with app.run_test(size=size) as pilot:
        while app.screen is not page or not page.keyboard.size:
            await pilot.pause()
        yield Lobby(page, Finger(pilot), pilot)


async def test_fingers_and_keyboard_type_into_the_same_line() -> None:
    async with lobby() as at:
        await at.tap(*"gr")
        await at.type("ac")
        await at.tap("e", Action.SPACE)
        await at.type("Hopper")
        assert at.text == "Grace Hopper"


async def test_a_keyboard_moves_and_erases_where_the_caret_is() -> None:
    async with lobby(text="Gracx") as at:
        await at.type("\x7fe\x1b[H!\x1b[3~\x1b[F?\x1b[D\x1b[D\x1b[Cd")
        assert at.text == "!raced?"


async def test_the_key_on_the_glass_lights_up_with_that_of_the_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    # A longer moment, so that a busy machine does not miss it.
    monkeypatch.setattr(touch, "FLASH_SECONDS", 600.0)
    async with lobby() as at:
        await at.type("Q \x7f")
        for zone in ("q", Action.SPACE, Action.ERASE):
            assert at.page.keyboard.is_lit(zone)
        assert not at.page.keyboard.is_lit("w")


async def test_letters_that_have_no_key_here_can_be_typed_on_a_keyboard_that_has_them() -> None:
    async with lobby() as at:
        await at.type("李明 Ñandú")
        assert at.text == "李明 Ñandú"


async def test_enter_and_the_last_key_give_the_answer() -> None:
    async with lobby() as at:
        await at.type("Ada\r")
        await at.tap(Action.DONE)
        assert at.page.answers == ["Ada", "Ada"]


async def test_escape_is_back_and_nothing_typed_is_kept() -> None:
    async with lobby() as at:
        await at.type("Ada")
        at.page.post_message(events.Key("escape", "\x1b"))
        while at.pilot.app.screen is at.page:
            await at.pilot.pause()
        assert isinstance(at.pilot.app.screen, HomeScreen)
        assert at.text == ""


async def test_a_tap_on_the_text_moves_the_caret_and_typing_goes_on_there() -> None:
    async with lobby(text="Gce") as at:
        field = at.page.field.region
        await at.finger.tap(Offset(field.x + 3, field.y + 1))
        await at.tap(*"ra")
        assert at.text == "Grace"


async def test_what_is_wrong_is_said_when_the_answer_is_given_and_not_while_it_is_typed() -> None:
    async with lobby() as at:
        await at.tap("a")
        assert at.remark == HINT
        await at.tap(Action.DONE)
        assert at.remark == "▲ Please give at least two letters."
        assert at.page.field.wrong
        assert at.text == "A", "nothing is lost"
        await at.tap("d")
        assert at.remark == HINT
        assert not at.page.field.wrong


async def test_a_text_that_is_too_long_is_refused_with_a_sentence_and_nothing_is_lost() -> None:
    async with lobby(text="Ada") as at:
        at.page.field.type("x" * 500)
        await at.finger.do("")
        assert at.remark == "▲ At most 120 characters fit here."
        assert at.text == "Ada"


async def test_half_a_character_is_refused_with_a_sentence_and_nothing_is_lost() -> None:
    async with lobby(text="Ada") as at:
        at.page.post_message(events.Key("\ud83d", "\ud83d"))
        await at.finger.do("")
        assert at.remark == "▲ That cannot be read as text. Please type it on the keys."
        assert at.text == "Ada"


async def test_no_key_that_means_nothing_here_types_anything() -> None:
    async with lobby() as at:
        await at.type("\t\x01\x03\x1a\x1b[A\x1b[15~")
        assert at.text == ""


async def test_back_is_within_reach() -> None:
    async with lobby() as at:
        back = at.page.query_one("#back", Choice)
        await at.finger.tap(middle_of(back, ZONE))
        assert at.page.went_back == 1


@pytest.mark.parametrize("layer", Layer)
@pytest.mark.parametrize(("size", "least"), [(WIDE, 7), (UPRIGHT, 4)], ids=["wide", "upright"])
async def test_nothing_is_cut_off_or_too_small_or_too_faint(layer: Layer, size: tuple[int, int], least: int) -> None:
    async with lobby(Layout.QWERTZ, layer, size=size) as at:
        at.page.place.complain("Please write the address in full, such as ada@example.com.")
        await at.pilot.pause()
        expect_what_holds_everywhere(at.pilot.app, least_width=least)
        at.pilot.app.theme = CONTRAST
        await at.pilot.pause()
        expect_what_holds_everywhere(at.pilot.app, least_width=least, least_contrast=7)
