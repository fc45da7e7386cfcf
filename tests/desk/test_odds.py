"""Whether a PIN of a certain length is guessed too easily, and what is asked and said then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.credentials import Code, Via
from kiosk.desk.odds import NO_PINS, Crowd, asks_initial, crowds, digits_of, warning

LIMIT = 0.001
GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def typed(text: str) -> Code:
    return Code(text, Via.KEYPAD)


@pytest.mark.parametrize(("code", "digits"), [("04271", 5), ("0", 1), ("", 0), ("4271a", 0), ("-4271", 0), ("٤٢٧١", 0)])
def test_only_a_code_of_digits_alone_has_a_number_of_digits(code: str, digits: int) -> None:
    assert digits_of(code) == digits


def test_a_length_is_crowded_when_more_than_one_guess_in_a_thousand_is_right() -> None:
    assert crowds({4: 10, 5: 100, 6: 1000}, LIMIT) == ()
    assert crowds({6: 1001, 4: 11, 5: 100}, LIMIT) == (Crowd(4, 11), Crowd(6, 1001))


@pytest.mark.parametrize("text", ["04271", "99999"])
@pytest.mark.parametrize("via", [Via.KEYPAD, Via.LINE])
def test_every_typed_code_of_a_crowded_length_is_asked_about_whoever_has_it(text: str, via: Via) -> None:
    assert asks_initial(Code(text, via), {5: 200}, LIMIT)


@pytest.mark.parametrize(
    "code",
    [
        typed("042718"),
        typed("0427a"),
        typed("INV-7"),
        typed(GUID),
        typed("1" * 32),
        Code("04271", Via.CAMERA),
    ],
    ids=["another length", "a letter", "an invitation", "a GUID", "a GUID of digits", "a picture"],
)
def test_no_other_code_is(code: Code) -> None:
    assert not asks_initial(code, {5: 200, 32: 10**32}, LIMIT)


def test_a_limit_of_one_asks_nobody() -> None:
    assert not asks_initial(typed("04"), {2: 100}, 1.0)


@given(st.dictionaries(st.integers(1, 64), st.integers(0, 100_000)), st.text("0123456789", max_size=64))
def test_without_members_of_that_length_there_is_nothing_to_guess(lengths: dict[int, int], text: str) -> None:
    if not lengths.get(len(text)):
        assert not asks_initial(typed(text), lengths, 1e-9)


def test_staff_are_told_how_many_how_long_how_likely_and_what_to_do() -> None:
    assert warning({5: 200, 6: 300}, LIMIT) == (
        "PINs are easily guessed here: 200 members have PINs of 5 digits, where one guess in 500 hits somebody. After "
        "every typed code of 5 digits the kiosk therefore asks for the first letter of the surname as well. Give "
        "members PINs of 6 or more digits in Nexudus, and it stops asking."
    )


def test_several_crowded_lengths_are_told_together() -> None:
    said = warning({2: 1, 4: 40, 8: 900_000}, LIMIT)

    assert said is not None
    assert "1 member has a PIN of 2 digits, where one guess in 100 hits somebody; 40 members have PINs of 4" in said
    assert "code of 2 or 4 or 8 digits" in said
    assert "PINs of 9 or more digits" in said


def test_more_members_than_pins_of_a_length_are_told_as_every_guess() -> None:
    assert Crowd(1, 25).one_in == 1


def test_there_is_nothing_to_tell_where_pins_are_long_enough() -> None:
    assert warning(NO_PINS, LIMIT) is None
    assert warning({6: 1000}, LIMIT) is None
