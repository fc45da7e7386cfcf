from __future__ import annotations

import pytest
from textual.geometry import Size
from textual.strip import Strip

from kiosk.ui.widgets.big_text import BigText, cut, text_strips, wrap
from kiosk.ui.widgets.raster import Rgb
from kiosk.ui.widgets.shapes import Repertoire
from kiosk.ui.widgets.typeset import Align
from tests.ui.widgets.glass import Kiosk, colours_of, shown, text_of, tiles_of

INK: Rgb = (20, 30, 40)
PAPER: Rgb = (250, 245, 235)
LONG_NAME = "Maximiliana Theodora von und zu Hohenstaufen-Wittelsbach " * 3


def strips_of(text: str, columns: int = 60, rows: int = 4, align: Align = Align.LEFT) -> tuple[Strip, ...]:
    strips = text_strips(text, columns, rows, align, INK, PAPER, Repertoire.SEXTANTS)
    assert [sum(segment.cell_length for segment in strip) for strip in strips] == [columns] * rows
    return strips


def inked_columns(strips: tuple[Strip, ...]) -> list[int]:
    """The tiles across in which there is ink."""
    tiles = tiles_of(strips)
    return [x for x in range(len(tiles[0])) if any(sum(row[x]) < sum(PAPER) - 150 for row in tiles)]


@pytest.mark.usefixtures("only_pillows_font")
def test_a_text_is_drawn_in_large_letters() -> None:
    strips = strips_of("Welcome")
    assert not any(letter.isalnum() for letter in text_of(strips))
    assert {INK, PAPER} <= colours_of(strips)
    assert inked_columns(strips)[-1] > 40


@pytest.mark.usefixtures("only_pillows_font")
@pytest.mark.parametrize("name", ["李小龍", "Nguyễn Thị Minh Khai", "Anna 李", "Zoë"])
def test_a_name_that_no_font_can_draw_is_shown_in_bold_in_the_terminals_own_letters(name: str) -> None:
    strips = strips_of(name)
    assert [strip.text.strip() for strip in strips if strip.text.strip()] == [name]
    [style] = {segment.style for strip in strips for segment in strip if segment.text.strip()}
    assert style is not None
    assert style.bold


@pytest.mark.usefixtures("only_pillows_font")
@pytest.mark.parametrize("text", ["[red]Bob[/red]", "[/x] Bob", "[@click=app.exit]x[/]", "{0} \\[b]", ":smile: &amp;"])
def test_markup_is_drawn_letter_by_letter(text: str) -> None:
    # In large letters it takes the room of its letters; in small ones it can be read.
    assert inked_columns(strips_of(text, 200, 6))[-1] > inked_columns(strips_of("Bob", 200, 6))[-1]
    assert text_of(strips_of(text, 60, 1)).strip() == text


@pytest.mark.parametrize("rows", [1, 2, 3, 5])
@pytest.mark.parametrize("columns", [8, 44, 76])
def test_the_longest_name_stays_in_its_box(columns: int, rows: int) -> None:
    assert any(strip.text.strip() for strip in strips_of(LONG_NAME[:120], columns, rows))


def test_a_name_too_long_for_large_letters_is_shown_whole_in_small_ones() -> None:
    name = LONG_NAME[:120]
    assert " ".join(text_of(strips_of(name, 76, 4)).split()) == " ".join(name.split())


def test_a_name_too_long_even_for_those_is_cut_with_an_ellipsis() -> None:
    [strip] = strips_of(LONG_NAME, 40, 1)
    assert strip.text.startswith("Maximiliana Theodora")
    assert strip.text.rstrip().endswith("…")


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\x1b\x07"])
def test_nothing_is_shown_for_blank_text(text: str) -> None:
    assert text_of(strips_of(text)).strip() == ""
    assert BigText(text).get_content_width(Size(40, 10), Size(80, 24)) == 0


@pytest.mark.usefixtures("only_pillows_font")
@pytest.mark.parametrize("text", ["HIH", "Hgi"])
def test_capitals_stand_halfway_up_the_box(text: str) -> None:
    # So narrow that there is much room above and below.
    tiles = tiles_of(strips_of(text, 14, 8))
    stem = inked_columns(strips_of(text, 14, 8))[0]
    inked = [y for y, row in enumerate(tiles) if sum(row[stem]) < sum(PAPER) - 150]
    assert abs(inked[0] - (len(tiles) - 1 - inked[-1])) <= 1
    assert inked[0] > 5


@pytest.mark.usefixtures("only_pillows_font")
def test_a_heading_in_the_middle_has_as_much_room_on_both_sides() -> None:
    columns = inked_columns(strips_of("HIH", align=Align.CENTER))
    assert abs(columns[0] - (119 - columns[-1])) <= 3
    assert columns[0] > 20


def test_a_line_is_cut_by_its_width_on_the_glass() -> None:
    assert cut("李小龍", 6) == "李小龍"
    assert cut("李小龍", 5) == "李小…"
    assert cut("Bob", 2) == "B…"
    assert wrap("one two", 4) == ["one", "two"]


async def test_control_characters_never_reach_the_glass() -> None:
    widget = BigText("[red]Bob\x1b[31m\x07\u202e", rows=1)
    async with Kiosk(widget).run_test(size=(60, 5)):
        assert text_of(shown(widget)).strip() == "[red]Bob[31m"


async def test_colours_and_words_follow_what_is_set() -> None:
    widget = BigText("Hello", rows=4)
    async with Kiosk(widget).run_test(size=(60, 5)) as pilot:
        widget.styles.color = "rgb(5,10,15)"
        widget.styles.background = "rgb(200,205,210)"
        await pilot.pause()
        before = shown(widget)
        assert {(5, 10, 15), (200, 205, 210)} <= colours_of(before)
        widget.styles.background = "rgb(90,95,100)"
        await pilot.pause()
        assert (200, 205, 210) not in colours_of(shown(widget))
        widget.update("")
        await pilot.pause()
        assert text_of(shown(widget)).strip() == ""
