from __future__ import annotations

import string
from collections.abc import Iterable
from itertools import pairwise

import pytest

from kiosk.ui.widgets.keyboard_layouts import Action, Layer, Layout, Row, Typing, key_rows, next_accent

WIDE, UPRIGHT = 80, 45

every_layout = pytest.mark.parametrize("layout", Layout)
every_layer = pytest.mark.parametrize("layer", Layer)
both_glasses = pytest.mark.parametrize("columns", [WIDE, UPRIGHT])


def typed_by(rows: Iterable[Row]) -> set[str]:
    return {key.text for row in rows for key in row if key.action is Action.TYPE}


def endings_in(typing: Typing, columns: int) -> list[list[str]]:
    """The endings, row by row."""
    rows = [[key.text for key in row if key.action is Action.END] for row in key_rows(typing, Layer.EMAIL, columns)]
    return [row for row in rows if row]


@every_layout
@every_layer
@both_glasses
def test_no_two_keys_of_a_layer_share_a_name(layout: Layout, layer: Layer, columns: int) -> None:
    zones = [key.zone for row in key_rows(Typing(layout), layer, columns) for key in row]
    assert len(zones) == len(set(zones))


@every_layout
@every_layer
@both_glasses
def test_the_rows_of_a_layer_are_equally_long(layout: Layout, layer: Layer, columns: int) -> None:
    rows = key_rows(Typing(layout, endings=()), layer, columns)
    assert len({sum(key.halves for key in row) for row in rows}) == 1


@every_layout
@pytest.mark.parametrize("layer", [Layer.LETTERS, Layer.EMAIL])
def test_every_layout_has_every_letter(layout: Layout, layer: Layer) -> None:
    assert set(string.ascii_lowercase) <= typed_by(key_rows(Typing(layout), layer, WIDE))


@every_layout
def test_what_names_are_made_of_besides_letters_is_on_the_first_layer(layout: Layout) -> None:
    assert {"'", "-", "."} <= typed_by(key_rows(Typing(layout), Layer.LETTERS, WIDE))


@every_layout
def test_an_address_can_be_typed_without_leaving_its_layer_but_for_digits(layout: Layout) -> None:
    assert {"@", ".", "-", "_"} <= typed_by(key_rows(Typing(layout), Layer.EMAIL, WIDE))


def test_every_digit_is_on_the_layer_of_signs_and_on_that_of_telephones() -> None:
    for layer in (Layer.SYMBOLS, Layer.PHONE):
        assert set(string.digits) <= typed_by(key_rows(Typing(), layer, WIDE))


@pytest.mark.parametrize(
    ("layout", "row"),
    [(Layout.QWERTY, "qwerty"), (Layout.QWERTZ, "qwertz"), (Layout.AZERTY, "azerty"), (Layout.SPANISH, "qwerty")],
)
def test_a_layout_begins_as_it_is_called(layout: Layout, row: str) -> None:
    for layer, at in ((Layer.LETTERS, 0), (Layer.EMAIL, 1)):
        keys = key_rows(Typing(layout), layer, WIDE)[at]
        assert "".join(key.text for key in keys).startswith(row)


@pytest.mark.parametrize(("layout", "letters"), [(Layout.QWERTZ, "äöüß"), (Layout.SPANISH, "ñ")])
def test_letters_of_a_language_have_keys_of_their_own(layout: Layout, letters: str) -> None:
    assert set(letters) <= typed_by(key_rows(Typing(layout), Layer.LETTERS, WIDE))


def test_the_endings_stand_in_one_row_and_in_two_on_a_narrow_keyboard() -> None:
    assert endings_in(Typing(), WIDE) == [["@gmail.com", "@outlook.com", "@hotmail.com", "@icloud.com", ".com"]]
    assert endings_in(Typing(), UPRIGHT) == [
        ["@gmail.com", "@outlook.com", "@hotmail.com"],
        ["@icloud.com", ".com"],
    ]


def test_a_long_ending_leaves_room_for_fewer() -> None:
    long = "@harbour-coworking.example"
    assert endings_in(Typing(endings=(long, "@b.example", "@c.example", "@d.example")), WIDE) == [[long, "@b.example"]]
    assert endings_in(Typing(endings=(long, "@b.example", "@c.example")), UPRIGHT) == [[long], ["@b.example"]]


def test_without_endings_there_is_no_row_for_them() -> None:
    assert endings_in(Typing(endings=()), WIDE) == []


@pytest.mark.parametrize(
    ("layout", "ring"),
    [
        (Layout.QWERTY, "eéèêë"),
        (Layout.QWERTY, "nñ"),
        (Layout.SPANISH, "aá"),
        (Layout.QWERTZ, "aä"),
        (Layout.QWERTZ, "sß"),
        (Layout.AZERTY, "aàâ"),
        (Layout.AZERTY, "oôœ"),
    ],
)
def test_a_letter_turns_through_the_accents_that_are_likely_at_first(layout: Layout, ring: str) -> None:
    for letter, following in pairwise(ring):
        assert next_accent(letter, layout) == following


@every_layout
def test_every_letter_comes_back_to_itself(layout: Layout) -> None:
    for letter in [*string.ascii_letters, "'"]:
        turned, turns = next_accent(letter, layout), 1
        while turned is not None and turned != letter:
            turned, turns = next_accent(turned, layout), turns + 1
            assert turns < 20
            assert turned is None or len(turned) == 1
        assert turned == (letter if turns > 1 else None)


def test_a_capital_stays_one() -> None:
    assert next_accent("E", Layout.QWERTY) == "É"
    assert next_accent("Ë", Layout.QWERTY) == "Ę"
    assert next_accent("S", Layout.QWERTZ) == "ẞ"


@pytest.mark.parametrize("letter", ["", "q", "5", "李", "e\u0301", "👩‍🚀", "@", " "])
def test_what_has_no_accents_is_left_alone(letter: str) -> None:
    assert next_accent(letter, Layout.QWERTY) is None


@every_layout
@both_glasses
def test_every_character_of_a_password_can_be_typed(layout: Layout, columns: int) -> None:
    layers = (key_rows(Typing(layout), layer, columns) for layer in (Layer.EXACT, Layer.SIGNS))
    keys = set().union(*map(typed_by, layers))
    assert keys | set(map(str.upper, keys)) >= {*string.ascii_letters, *string.digits, *string.punctuation}
