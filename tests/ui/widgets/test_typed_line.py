from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.widgets.typed_line import TypedLine, Unfit

LIMIT = 120


def line(marked: str) -> TypedLine:
    """A line with its caret where the | is."""
    before, _, after = marked.partition("|")
    return TypedLine(before + after, len(before))


def marked(typed: TypedLine | Unfit) -> str:
    assert isinstance(typed, TypedLine)
    return f"{typed.before}|{typed.after}"


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("|", "A", "A|"),
        ("Gace|", "!", "Gace!|"),
        ("G|ace", "r", "Gr|ace"),
        ("|race", "G", "G|race"),
        ("e|", "\u0301", "é|"),
        ("|", "two\nlines\there", "two lines here|"),
        ("A|", "\x1b[2J\x07\u202e", "A[2J|"),
        ("|", "[/x] b", "[/x] b|"),
    ],
)
def test_text_goes_where_the_caret_is_and_is_made_printable(before: str, text: str, after: str) -> None:
    assert marked(line(before).typed(text, LIMIT)) == after


def test_half_a_character_is_refused_and_with_it_what_came_along() -> None:
    assert line("Ada|").typed("\ud800", LIMIT) is Unfit.UNREADABLE
    assert line("|").typed("A\udfffda", LIMIT) is Unfit.UNREADABLE


def test_a_line_that_would_be_too_long_is_refused_and_not_cut() -> None:
    assert line("Ada|").typed("B", 3) is Unfit.TOO_LONG
    assert line("|").typed("A" * 500, LIMIT) is Unfit.TOO_LONG
    assert marked(line("Ad|").typed("a", 3)) == "Ada|"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Ada|", "Ad|"),
        ("A|da", "|da"),
        ("|Ada", "|Ada"),
        ("李明|", "李|"),
        ("x\u0323\u0307|", "|"),
        ("a👩‍🚀|b", "a|b"),
        ("|", "|"),
    ],
)
def test_erasing_takes_the_whole_letter_before_the_caret(before: str, after: str) -> None:
    assert marked(line(before).erased()) == after


@pytest.mark.parametrize(("before", "after"), [("|Ada", "|da"), ("Ada|", "Ada|"), ("a|👩‍🚀b", "a|b"), ("|", "|")])
def test_erasing_ahead_takes_the_whole_letter_behind_the_caret(before: str, after: str) -> None:
    assert marked(line(before).erased_ahead()) == after


@pytest.mark.parametrize(
    ("before", "ending", "after"),
    [
        ("ada|", "@gmail.com", "ada@gmail.com|"),
        ("ada@|", "@gmail.com", "ada@gmail.com|"),
        ("ada@gm|", "@gmail.com", "ada@gmail.com|"),
        ("ada@outlook.com|", "@gmail.com", "ada@gmail.com|"),
        ("a|da", "@gmail.com", "ada@gmail.com|"),
        ("ada@firm|", ".com", "ada@firm.com|"),
        ("ada@firm.|", ".com", "ada@firm.com|"),
        ("ada@firm.com|", ".com", "ada@firm.com|"),
        ("|", "@gmail.com", "@gmail.com|"),
    ],
)
def test_an_ending_completes_an_address_whatever_there_is_of_it(before: str, ending: str, after: str) -> None:
    assert marked(line(before).ended(ending, LIMIT)) == after


def test_an_ending_that_does_not_fit_is_refused() -> None:
    assert line("ada|").ended("@gmail.com", 12) is Unfit.TOO_LONG


@pytest.mark.parametrize(
    ("place", "after"),
    [(-1, "|a👩‍🚀b"), (0, "|a👩‍🚀b"), (1, "a|👩‍🚀b"), (2, "a|👩‍🚀b"), (4, "a👩‍🚀|b"), (99, "a👩‍🚀b|")],
)
def test_the_caret_never_stands_within_a_letter(place: int, after: str) -> None:
    assert marked(line("|a👩‍🚀b").moved_to(place)) == after


@pytest.mark.parametrize(("letters", "after"), [(1, "a👩‍🚀|b"), (-1, "|a👩‍🚀b"), (9, "a👩‍🚀b|"), (-9, "|a👩‍🚀b")])
def test_the_caret_moves_by_letters(letters: int, after: str) -> None:
    assert marked(line("a|👩‍🚀b").moved_by(letters)) == after


def test_the_last_letter_is_replaced_and_the_rest_stays() -> None:
    assert marked(line("José|ph").with_last("e")) == "Jose|ph"
    assert line("José|ph").last_letter == "é"
    assert line("|x").last_letter == ""


@given(st.lists(st.one_of(st.text(max_size=6), st.integers(-3, 3))))
def test_whatever_is_done_the_line_is_printable_and_bounded_and_the_caret_between_letters(
    doings: list[str | int],
) -> None:
    typed = TypedLine()
    for doing in doings:
        match doing:
            case str():
                then = typed.typed(doing, 20)
                typed = typed if isinstance(then, Unfit) else then
            case 0:
                typed = typed.erased()
            case int():
                typed = typed.moved_by(doing)
        assert len(typed.text) <= 20
        assert typed.caret in typed.stops
        assert not any(unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} for character in typed.text)
        assert typed.before + typed.after == typed.text
