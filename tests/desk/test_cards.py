"""One card, typed by any reader."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.cards import LONGEST_CARD, card_key, punctuated_card


@pytest.mark.parametrize(
    "typed",
    [
        "0008108600",
        "8108600",
        " 8108600\r\n",
        "7BBA38",
        "7bba38",
        "007BBA38",
        "00:7b:ba:38",
        "00 7B BA 38",
        "0x7BBA38",
        "123,47672",
        ";0008108600?",
        "%8108600?",
    ],
)
def test_a_number_is_the_same_card_in_every_form_of_it(typed: str) -> None:
    assert card_key(typed) == "8108600"


def test_digits_alone_are_never_hexadecimal_as_they_might_be_another_card() -> None:
    assert card_key("12345678") == "12345678" != card_key(str(0x12345678))


def test_a_card_with_a_name_is_found_in_either_case_and_without_its_signs() -> None:
    assert card_key("MEMBER-0042") == card_key("member 0042") == "member0042"


@pytest.mark.parametrize("text", ["", " ", "0000", "000,00000", "-", "?", "1" * (LONGEST_CARD + 1), "４８２", "a\x00b"])
def test_what_can_be_no_card_is_none(text: str) -> None:
    assert card_key(text) is None


@pytest.mark.parametrize("text", ["256,1", "1,65536"])
def test_a_printed_number_that_no_card_can_have_is_none(text: str) -> None:
    assert card_key(text) is None


def test_only_a_card_has_signs_in_or_around_its_number() -> None:
    assert punctuated_card("123,47672") == punctuated_card("00:7B:BA:38") == punctuated_card(";8108600?") == "8108600"
    for text in ("8108600", "INV-58213097", "ab:cd", "01 23 45 67", "who?", "1,2,3"):
        assert punctuated_card(text) is None


@given(st.text(string.hexdigits + " :.-,;?%x", max_size=80) | st.text(max_size=80))
def test_the_one_form_of_a_card_is_its_own_form_and_bounded(text: str) -> None:
    key = card_key(text)

    if key is not None:
        assert card_key(key) == key
        assert key.isascii()
        assert key.isalnum()
        assert len(key) <= 2 * LONGEST_CARD


@given(st.integers(1, 2**40 - 1))
def test_every_number_is_the_same_card_in_decimal_and_with_letters_in_hexadecimal(number: int) -> None:
    written = f"{number:06x}"

    assert card_key(f"{number:013d}") == str(number)
    if not written.isdigit():
        assert card_key(written) == str(number)
