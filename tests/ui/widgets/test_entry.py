from __future__ import annotations

from itertools import groupby

import pytest

from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.raster import Rgb
from tests.ui.widgets.glass import Kiosk, shown, text_of, tiles_of

INK: Rgb = (20, 30, 40)
PAPER: Rgb = (250, 245, 235)
CSS = "Entry { color: rgb(20,30,40); background: rgb(250,245,235); }"


def dots(entry: Entry) -> int:
    """The dots that stand for characters: places in the middle line that are more ink than paper."""
    tiles = tiles_of(shown(entry))
    middle = [sum(tile) < (sum(INK) + sum(PAPER)) / 2 for tile in tiles[len(tiles) // 2]]
    return sum(dark for dark, _ in groupby(middle))


@pytest.mark.parametrize(("places", "columns"), [(6, 36), (4, 30), (6, 20)])
async def test_there_are_as_many_dots_as_characters(places: int, columns: int) -> None:
    entry = Entry(places)
    async with Kiosk(entry, css=CSS).run_test(size=(columns, 5)):
        for length in range(columns // 2 + 1):
            entry.value = ("0427198365" * 2)[:length]
            assert dots(entry) == length


@pytest.mark.parametrize("value", ["1 2", " 12", "12  ", "   "])
async def test_a_space_is_a_character_as_well(value: str) -> None:
    entry = Entry()
    async with Kiosk(entry, css=CSS).run_test(size=(36, 5)):
        entry.value = value
        assert dots(entry) == len(value)


async def test_what_is_typed_in_secret_is_nowhere_to_be_seen() -> None:
    entry = Entry()
    async with Kiosk(entry, css=CSS).run_test(size=(36, 5)):
        entry.value = "04aZ"
        drawn = shown(entry)
        assert not any(letter.isalnum() for letter in text_of(drawn))
        entry.value = "93bY"
        assert shown(entry) == drawn, "nor can one code be told from another"


async def test_dots_do_not_move_while_somebody_types() -> None:
    entry = Entry(6)
    async with Kiosk(entry, css=CSS).run_test(size=(36, 5)):
        entry.value = "1"
        first = [strip.crop(0, 5) for strip in shown(entry)]
        entry.value = "123456"
        assert [strip.crop(0, 5) for strip in shown(entry)] == first


async def test_free_places_can_be_seen_and_are_fainter() -> None:
    entry = Entry(6)
    async with Kiosk(entry, css=CSS).run_test(size=(36, 5)):
        tiles = {tile for row in tiles_of(shown(entry)) for tile in row}
        assert PAPER in tiles
        assert INK not in tiles
        assert len(tiles) > 1


async def test_a_code_that_is_no_secret_can_be_read() -> None:
    entry = Entry(masked=False)
    async with Kiosk(entry).run_test(size=(36, 5)):
        entry.value = "[b]4"
        shown_letters = [letter for letter in text_of(shown(entry)) if letter.isascii() and letter.strip()]
        assert "".join(shown_letters) == "[b]4"


async def test_of_a_code_that_is_too_long_the_end_is_shown() -> None:
    entry = Entry(masked=False)
    async with Kiosk(entry).run_test(size=(20, 5)):
        entry.value = "abcdefghijklmnopqrstuvwxyz"
        assert "".join(text_of(shown(entry)).split()) == "qrstuvwxyz"
