from __future__ import annotations

import pytest

from kiosk.ui.widgets.shift import Capitals, Shift, after_letter, after_tap, enlarged, is_large


def written(letters: str, capitals: Capitals, shift: Shift = Shift.AUTOMATIC) -> str:
    """What comes of small letters; a ^ is a tap on shift."""
    text = ""
    for letter in letters:
        if letter == "^":
            shift = after_tap(shift, capitals, text)
        else:
            text += enlarged(letter) if is_large(shift, capitals, text) else letter
            shift = after_letter(shift)
    return text


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("grace hopper", "Grace Hopper"),
        ("jean-luc", "Jean-Luc"),
        ("o'brien", "O'Brien"),
        ("o’brien", "O’Brien"),
        ("j. r.", "J. R."),
        ("j.r.", "J.R."),
        ("éric", "Éric"),
        ("李", "李"),
        ("^d'arc", "d'Arc"),
        ("ludwig ^van ^beethoven", "Ludwig van beethoven"),
        ("mc^donald", "McDonald"),
    ],
)
def test_each_part_of_a_name_begins_large_unless_shift_says_otherwise(typed: str, name: str) -> None:
    assert written(typed, Capitals.NAMES) == name


def test_a_sentence_has_one_capital() -> None:
    assert written("a parcel for o'brien", Capitals.SENTENCE) == "A parcel for o'brien"


def test_an_address_has_none_but_those_that_are_asked_for() -> None:
    assert written("ada.l-b@x.com", Capitals.NONE) == "ada.l-b@x.com"
    assert written("^ada", Capitals.NONE) == "Ada"


def test_shift_twice_locks_and_once_more_unlocks() -> None:
    assert written("^^ibm^ ag", Capitals.NONE) == "IBM ag"
    assert written("i^^bm^ ag", Capitals.NAMES) == "IBM Ag"


def test_shift_at_the_beginning_of_a_name_turns_small_large_locked_small() -> None:
    shift, turns = Shift.AUTOMATIC, []
    for _ in range(4):
        shift = after_tap(shift, Capitals.NAMES, "")
        turns.append(shift)
    assert turns == [Shift.SMALL, Shift.LARGE, Shift.LOCKED, Shift.SMALL]


@pytest.mark.parametrize(("small", "large"), [("ß", "ẞ"), ("ñ", "Ñ"), ("ŉ", "ŉ"), ("7", "7"), ("-", "-"), ("李", "李")])
def test_a_letter_stays_one_letter_when_it_is_enlarged(small: str, large: str) -> None:
    assert enlarged(small) == large
