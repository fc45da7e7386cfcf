from __future__ import annotations

import unicodedata

import pytest

from kiosk.ui.widgets.shapes import Repertoire, mosaic_of, repertoire_of

QUARTERS = {"UPPER LEFT": 0, "UPPER RIGHT": 1, "LOWER LEFT": 2, "LOWER RIGHT": 3}


def tiles_in_name(character: str) -> int:
    """The set of inked tiles that Unicode's name of a quadrant or sextant tells of."""
    name = unicodedata.name(character)
    if name.startswith("BLOCK SEXTANT-"):
        return sum(1 << int(number) - 1 for number in name.removeprefix("BLOCK SEXTANT-"))
    return sum(1 << QUARTERS[quarter] for quarter in name.removeprefix("QUADRANT ").split(" AND "))


@pytest.mark.parametrize("repertoire", Repertoire)
def test_every_combination_of_tiles_can_be_shown_as_it_is_or_with_colours_swapped(repertoire: Repertoire) -> None:
    mosaic = mosaic_of(repertoire)
    everything = (1 << mosaic.tiles) - 1
    assert [
        tiles
        for tiles in range(everything + 1)
        if tiles not in mosaic.characters and everything ^ tiles not in mosaic.characters
    ] == []


@pytest.mark.parametrize("repertoire", Repertoire)
def test_no_character_stands_for_two_combinations(repertoire: Repertoire) -> None:
    characters = mosaic_of(repertoire).characters.values()
    assert len(set(characters)) == len(characters)
    assert all(len(character) == 1 for character in characters)


@pytest.mark.parametrize(
    ("repertoire", "word", "named"), [(Repertoire.BLOCKS, "QUADRANT", 10), (Repertoire.SEXTANTS, "SEXTANT", 60)]
)
def test_characters_are_inked_where_their_names_say(repertoire: Repertoire, word: str, named: int) -> None:
    told = {
        tiles: tiles_in_name(character)
        for tiles, character in mosaic_of(repertoire).characters.items()
        if word in unicodedata.name(character)
    }
    assert len(told) == named
    assert all(tiles == names for tiles, names in told.items())


@pytest.mark.parametrize(
    ("code", "octants"),
    [(0x1CD00, "3"), (0x1CD09, "5"), (0x1CD0C, "125"), (0x1CD0D, "135"), (0x1CD10, "45"), (0x1CDE5, "2345678")],
)
def test_octants_are_inked_where_unicode_16_says(code: int, octants: str) -> None:
    # Python's tables of characters know their names from 3.14 on only.
    assert mosaic_of(Repertoire.OCTANTS).characters[sum(1 << int(number) - 1 for number in octants)] == chr(code)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "foot"}, Repertoire.SEXTANTS),
        ({"TERM": "foot-extra", "KIOSK_GLYPHS": "octants"}, Repertoire.OCTANTS),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, Repertoire.SEXTANTS),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, Repertoire.SEXTANTS),
        ({"TERM": "xterm-256color"}, Repertoire.BLOCKS),
        ({"TERM": "foot", "KIOSK_GLYPHS": "blocks"}, Repertoire.BLOCKS),
        ({"TERM": "linux", "KIOSK_GLYPHS": "hexagons"}, Repertoire.BLOCKS),
        ({}, Repertoire.BLOCKS),
    ],
)
def test_a_terminal_is_trusted_with_what_its_kind_draws(environment: dict[str, str], expected: Repertoire) -> None:
    assert repertoire_of(environment) is expected
