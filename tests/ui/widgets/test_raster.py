from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kiosk.ui.widgets.raster import Cell, Rgb, blank, cells_of, lay, strip, style_of, write
from kiosk.ui.widgets.shapes import ACROSS, Repertoire, mosaic_of
from tests.ui.widgets.glass import tiles_of

INK: Rgb = (20, 30, 40)
PAPER: Rgb = (250, 245, 235)

ROUNDING = 2
"""What a channel may be off, since colours of cells are rounded to fives."""

repertoires = pytest.mark.parametrize("repertoire", Repertoire)
some_colour = st.tuples(*[st.integers(0, 255)] * 3)
either = st.sampled_from([INK, PAPER])
some_grey = st.integers(0, 255).map(lambda value: (value, value, value))


def cell_of(tiles: Sequence[Rgb], repertoire: Repertoire = Repertoire.SEXTANTS) -> Cell:
    """The cell for these tiles, left to right and then down."""
    picture = Image.new("RGB", (ACROSS, mosaic_of(repertoire).down))
    picture.putdata(list(tiles))
    [[cell]] = cells_of(picture, repertoire)
    return cell


def distance(tiles: Sequence[Rgb], others: Sequence[Rgb]) -> float:
    return sum((a - b) ** 2 for one, other in zip(tiles, others, strict=True) for a, b in zip(one, other, strict=True))


def shown_by(cell: Cell, repertoire: Repertoire) -> list[Rgb]:
    """The colours of the tiles of a cell as it is shown, left to right and then down."""
    return [tile for row in tiles_of([strip([cell])], repertoire) for tile in row]


@repertoires
@pytest.mark.parametrize("colour", [INK, PAPER, (246, 241, 231), (0, 0, 0), (255, 255, 255)])
def test_a_cell_of_one_colour_is_a_space_in_just_that_colour(repertoire: Repertoire, colour: Rgb) -> None:
    assert cell_of([colour] * mosaic_of(repertoire).tiles, repertoire) == Cell(" ", colour, colour)


@repertoires
def test_two_colours_are_shown_in_just_the_tiles_where_they_are(repertoire: Repertoire) -> None:
    count = mosaic_of(repertoire).tiles
    for inked in range(1, (1 << count) - 1):
        tiles = [INK if inked & 1 << tile else PAPER for tile in range(count)]
        cell = cell_of(tiles, repertoire)
        assert {cell.ink, cell.ground} == {INK, PAPER}
        assert shown_by(cell, repertoire) == tiles


@pytest.mark.parametrize(
    ("repertoire", "drawn", "character"),
    [
        (Repertoire.BLOCKS, "# ##", "▙"),
        (Repertoire.SEXTANTS, "# ## #", "\U0001fb2a"),  # BLOCK SEXTANT-1346
        (Repertoire.SEXTANTS, "# # # ", "▌"),
        (Repertoire.OCTANTS, "  #     ", "\U0001cd00"),
    ],
)
def test_known_tiles_give_a_known_character(repertoire: Repertoire, drawn: str, character: str) -> None:
    cell = cell_of([INK if tile == "#" else PAPER for tile in drawn], repertoire)
    opposite = mosaic_of(repertoire).characters[sum(1 << index for index, tile in enumerate(drawn) if tile == " ")]
    assert cell in (Cell(character, INK, PAPER), Cell(opposite, PAPER, INK))


def test_an_edge_that_is_blended_gets_the_mean_colours_of_its_sides() -> None:
    # A dark side and a light one, each with one tile on the way to the other.
    dark, darkish, lightish, light = (0, 0, 0), (60, 60, 60), (180, 195, 210), (240, 240, 240)
    tiles = [dark, light, dark, light, darkish, lightish]
    cell = cell_of(tiles)
    assert {cell.ink, cell.ground} == {(20, 20, 20), (220, 225, 230)}
    assert shown_by(cell, Repertoire.SEXTANTS)[::2] == [(20, 20, 20)] * 3


@repertoires
@given(data=st.data())
def test_any_colours_give_a_character_of_the_mosaic_in_colours_between_them(
    repertoire: Repertoire, data: st.DataObject
) -> None:
    mosaic = mosaic_of(repertoire)
    tiles = data.draw(st.lists(some_colour, min_size=mosaic.tiles, max_size=mosaic.tiles))
    cell = cell_of(tiles, repertoire)
    assert cell.character in mosaic.characters.values()
    for shown in (cell.ink, cell.ground):
        for part in range(3):
            channel = [tile[part] for tile in tiles]
            assert min(channel) - ROUNDING <= shown[part] <= max(channel) + ROUNDING


@given(st.lists(some_grey, min_size=6, max_size=6))
def test_of_all_ways_to_show_six_greys_the_nearest_is_taken(tiles: list[Rgb]) -> None:
    # Every division of the tiles into two groups, each in its mean.
    errors = []
    for inked in range(32):
        groups = [[tile[0] for index, tile in enumerate(tiles) if (inked >> index & 1) == side] for side in (0, 1)]
        errors.append(sum(sum((value - sum(group) / len(group)) ** 2 for value in group) for group in groups if group))
    allowed = 3 * (min(errors) + 6 * (ROUNDING + 0.5) ** 2)
    assert distance(shown_by(cell_of(tiles), Repertoire.SEXTANTS), tiles) <= allowed


@repertoires
def test_cells_keep_their_places(repertoire: Repertoire) -> None:
    picture = blank(3, 2, PAPER, repertoire)
    lay(picture, INK, Image.new("L", (ACROSS, mosaic_of(repertoire).down), 255), ACROSS, mosaic_of(repertoire).down)
    assert [[cell.ground for cell in row] for row in cells_of(picture, repertoire)] == [
        [PAPER] * 3,
        [PAPER, INK, PAPER],
    ]


def test_ink_covers_as_much_as_it_is_told_to() -> None:
    picture = blank(1, 1, (0, 0, 0), Repertoire.SEXTANTS)
    lay(picture, (200, 100, 50), Image.new("L", picture.size, 51))
    [[cell]] = cells_of(picture, Repertoire.SEXTANTS)
    assert cell.ground == (40, 20, 10)


@given(st.lists(st.builds(Cell, st.sampled_from("ab "), either, either, st.booleans()), max_size=12))
def test_a_strip_is_as_wide_as_its_cells_and_says_the_same(cells: list[Cell]) -> None:
    drawn = strip(cells)
    assert drawn.cell_length == sum(segment.cell_length for segment in drawn) == len(cells)
    assert [(letter, segment.style) for segment in drawn for letter in segment.text] == [
        (cell.character, style_of(cell.ink, cell.ground, bold=cell.bold)) for cell in cells
    ]
    styles = [segment.style for segment in drawn]
    assert all(one != other for one, other in itertools.pairwise(styles)), "equal neighbours are one segment"


@pytest.mark.parametrize(
    ("text", "column", "shown"),
    [
        ("Zoë", 1, " Zoë    "),
        ("a李b", 1, " a李b   "),
        ("李小龍", 2, "  李小龍"),
        ("李小龍", 3, "   李小 "),
        ("e\u0301a", 6, "      e\u0301a"),
        ("[/x] Bob", 0, "[/x] Bob"),
        ("too long for it", 0, "too long"),
    ],
)
def test_letters_are_written_over_a_picture_in_their_own_width(text: str, column: int, shown: str) -> None:
    cells = cells_of(blank(8, 2, PAPER, Repertoire.SEXTANTS), Repertoire.SEXTANTS)
    write(cells, column, 1, text, INK, bold=True)
    drawn = strip(cells[1])
    assert drawn.text == shown
    assert drawn.cell_length == sum(segment.cell_length for segment in drawn) == 8
    assert strip(cells[0]).text == " " * 8
    assert all(segment.style == style_of(INK, PAPER, bold=True) for segment in drawn if segment.text.strip())


def test_what_is_written_below_a_picture_is_left_out() -> None:
    cells = cells_of(blank(4, 1, PAPER, Repertoire.SEXTANTS), Repertoire.SEXTANTS)
    write(cells, 0, 1, "low", INK)
    write(cells, 0, -1, "high", INK)
    assert strip(cells[0]).text == "    "
