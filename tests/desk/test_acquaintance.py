"""What is shown of somebody who is known by their address."""

from __future__ import annotations

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from kiosk.desk.acquaintance import Known, invited, masked, masked_number, returning
from kiosk.desk.visit_form import FieldName
from kiosk.desk.walk_in import WalkIn
from tests.desk.samples import visitor


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada Lovelace", "A*** L***e"),
        ("Jo Ek", "J*** E***"),
        ("O'Brien", "O***n"),
        ("李", "***"),
        ("李 小龍", "*** 小***"),
        ("", ""),
        ("[/x] Bob", "[*** B***"),
    ],
)
def test_a_name_is_shown_by_its_first_letters_and_the_last_of_long_words(name: str, shown: str) -> None:
    assert masked(name) == shown


@pytest.mark.parametrize(("number", "shown"), [("+34 600 12 34 56", "*** 56"), ("123", "***"), ("", "")])
def test_of_a_telephone_number_two_digits_are_left(number: str, shown: str) -> None:
    assert masked_number(number) == shown


@seed(20261127)  # fixed: the same names on every machine
@given(st.text(st.characters(categories=["L"]), min_size=3, max_size=40))
def test_no_word_is_shown_by_more_than_two_letters(word: str) -> None:
    assert len(masked(word).replace("*", "")) <= 2


def test_host_and_reason_are_asked_anew_and_the_address_is_not_shown() -> None:
    form = WalkIn("Grace Hopper", "grace@navy.mil", None, "Navy", reason="Talk")

    known = returning(form)

    assert dict(known.shown) == {FieldName.FIRST_NAME: "G***e H***r", FieldName.COMPANY: "N***"}
    assert known.form is not None
    assert known.form.reason == ""


def test_neither_what_is_known_nor_the_invitation_shows_in_a_log() -> None:
    for known in (returning(WalkIn("Grace Hopper", "grace@navy.mil")), invited(visitor(), "grace@navy.mil")):
        assert "Hopper" not in repr(known)
        assert "navy" not in repr(known)


def test_whom_somebody_invited_visits_is_not_told_by_the_address() -> None:
    known = invited(visitor(), "grace@navy.mil")

    assert known.known is Known.INVITED
    assert "Ada" not in repr(dict(known.shown))
