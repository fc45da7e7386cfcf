from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import on
from textual.geometry import Offset, Size
from textual.strip import Strip

from kiosk.ui.widgets.field_drawing import MARGIN, FieldColours, draw_field
from kiosk.ui.widgets.raster import Rgb
from kiosk.ui.widgets.shapes import Repertoire
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typed_line import TypedLine, Unfit
from tests.ui.widgets.glass import Finger, Kiosk, colours_of, down, shown, slide, text_of, up

EDGE: Rgb = (10, 90, 110)
WRONG: Rgb = (140, 30, 30)
CSS = """
TextField > .field--edge { color: rgb(10,90,110); }
TextField > .field--wrong { color: rgb(140,30,30); }
"""
COLUMNS = 40
LONG = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Listening(Kiosk):
    """Remembers what a field says."""

    def __init__(self, field: TextField) -> None:
        super().__init__(field, css=CSS)
        self.said: list[str] = []

    @on(TextField.Changed)
    def _changed(self, message: TextField.Changed) -> None:
        self.said.append(message.text)

    @on(TextField.Refused)
    def _refused(self, message: TextField.Refused) -> None:
        self.said.append(message.reason)


@dataclass(frozen=True)
class Paper:
    """A field on a glass 40 columns wide, and a finger."""

    app: Listening
    field: TextField
    finger: Finger

    async def tap(self, column: int) -> None:
        """Touch the text in a column of the field."""
        await self.finger.tap(Offset(column, 1))

    async def settle(self) -> None:
        """Let messages arrive."""
        await self.finger.do("")


@asynccontextmanager
async def paper(text: str = "", *, placeholder: str = "", limit: int = 120) -> AsyncIterator[Paper]:
    field = TextField(text, placeholder=placeholder, limit=limit)
    app = Listening(field)
    async with app.run_test(size=(COLUMNS, 5)) as pilot:
        yield Paper(app, field, Finger(pilot))


def caret_column(strips: Sequence[Strip]) -> int:
    """Where the caret is drawn: the bar, or the letter on the colour of the edge."""
    column = 0
    for segment in strips[1]:
        style = segment.style
        assert style is not None
        assert style.bgcolor is not None
        if "▏" in segment.text or (*style.bgcolor.get_truecolor(foreground=False),) == EDGE:
            return column
        column += segment.cell_length
    raise AssertionError("no caret")


async def test_what_is_typed_is_shown_and_told() -> None:
    async with paper() as at:
        at.field.type("Zoë ")
        at.field.type("[/x] {b}")
        await at.settle()
        assert "Zoë [/x] {b}" in text_of(shown(at.field))
        assert at.app.said == ["Zoë ", "Zoë [/x] {b}"]


async def test_a_placeholder_makes_room_for_the_first_letter() -> None:
    async with paper(placeholder="[b]Ada") as at:
        assert "[b]Ada" in text_of(shown(at.field))
        at.field.type("G")
        assert "Ada" not in text_of(shown(at.field))


@pytest.mark.parametrize(
    ("text", "column", "caret"),
    [
        ("Grace", MARGIN + 2, 2),
        ("Grace", 0, 0),
        ("Grace", COLUMNS - 1, 5),
        ("李明 Wang", MARGIN + 2, 1),
        ("李明 Wang", MARGIN + 4, 2),
        ("x\u0323y", MARGIN + 1, 2),
        ("a👩‍🚀b", MARGIN + 3, 4),
    ],
)
async def test_a_tap_puts_the_caret_where_the_finger_lifts(text: str, column: int, caret: int) -> None:
    async with paper(text) as at:
        await at.tap(column)
        assert at.field.line == TypedLine(at.field.text, caret)


@pytest.mark.parametrize(("column", "drawn"), [(MARGIN + 2, MARGIN + 2), (MARGIN + 3, MARGIN + 2), (30, MARGIN + 9)])
async def test_the_caret_is_seen_where_it_is(column: int, drawn: int) -> None:
    async with paper("李明 Wang") as at:
        await at.tap(column)
        assert caret_column(shown(at.field)) == drawn


async def test_a_finger_that_slides_takes_the_caret_along() -> None:
    async with paper("Grace") as at:
        await at.finger.do(down(Offset(20, 1)) + slide(Offset(MARGIN + 1, 1)) + up(Offset(MARGIN + 1, 1)))
        assert at.field.line.before == "G"


async def test_typing_goes_on_where_the_caret_was_put() -> None:
    async with paper("Gce") as at:
        await at.tap(MARGIN + 1)
        at.field.type("r")
        at.field.type("a")
        at.field.erase()
        at.field.type("a")
        assert at.field.text == "Grace"


async def test_of_a_long_text_the_part_around_the_caret_is_shown() -> None:
    async with paper(LONG) as at:
        drawn = text_of(shown(at.field))
        assert LONG[-20:] in drawn
        assert LONG[:5] not in drawn
        at.field.line = at.field.line.moved_to(0)
        drawn = text_of(shown(at.field))
        assert LONG[:20] in drawn
        assert LONG[-5:] not in drawn


async def test_what_is_out_of_sight_before_is_reached_by_tapping_the_side() -> None:
    async with paper(LONG) as at:
        for _ in range(len(LONG)):
            await at.tap(0)
        assert at.field.line.caret == 0


async def test_after_erasing_as_much_as_can_be_is_shown() -> None:
    async with paper(LONG[:45]) as at:
        assert LONG[:3] not in text_of(shown(at.field))
        for _ in range(15):
            at.field.erase()
        assert LONG[:30] in text_of(shown(at.field))


async def test_text_that_cannot_be_taken_leaves_all_as_it_was_and_is_told() -> None:
    async with paper("Ada", limit=5) as at:
        at.field.type("\ud83d")
        at.field.type("B" * 500)
        await at.settle()
        assert at.field.text == "Ada"
        assert at.app.said == [Unfit.UNREADABLE, Unfit.TOO_LONG]


async def test_a_field_cannot_begin_with_what_could_not_be_typed() -> None:
    async with paper("\ud800Ada") as at:
        assert at.field.text == ""


async def test_a_wrong_answer_is_marked_until_it_is_changed() -> None:
    async with paper("A") as at:
        assert WRONG not in colours_of(shown(at.field))
        at.field.wrong = True
        assert WRONG in colours_of(shown(at.field))
        at.field.line = at.field.line.moved_to(0)
        assert at.field.wrong, "moving the caret changes nothing"
        at.field.type("d")
        assert WRONG not in colours_of(shown(at.field))


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם",
        "محمد علي",
        "👩‍🚀🇪🇸👍🏽❤️",
        "\u0301\u0302lone",
        "a\u200d",
        "李" * 60,
        "e" + "\u0301" * 99,
        "\u2067x\u2069",
    ],
)
async def test_no_script_and_no_sign_spills_over_or_fails(text: str) -> None:
    async with paper(text) as at:
        for place in at.field.line.stops:
            at.field.line = at.field.line.moved_to(place)
            for strip in shown(at.field):
                assert strip.cell_length == sum(segment.cell_length for segment in strip) == COLUMNS


COLOURS = FieldColours((250, 245, 235), (255, 255, 255), (20, 30, 40), EDGE)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60), st.integers(4, 50))
def test_the_caret_is_always_in_sight_and_every_row_as_wide_as_the_field(
    text: str, place: int, first: int, columns: int
) -> None:
    line = TypedLine().typed(text, 100)
    assert isinstance(line, TypedLine) or line is Unfit.UNREADABLE
    if isinstance(line, TypedLine):
        line = line.moved_to(place)
        picture = draw_field(line, "Ada", Size(columns, 3), COLOURS, Repertoire.SEXTANTS, first=first)
        assert {strip.cell_length for strip in picture.strips} == {columns}
        assert 0 <= picture.stops[line.stops.index(line.caret)] < columns
