"""What is drawn on cards that stand beside each other."""

from __future__ import annotations

import pytest

from kiosk.ui.widgets.face import Face, neighbours_of
from kiosk.ui.widgets.shapes import Repertoire

pytestmark = pytest.mark.usefixtures("only_pillows_font")

SEXTANTS = Repertoire.SEXTANTS


def test_labels_beside_each_other_are_as_large_as_the_longest_of_them_can_be() -> None:
    short, long = (Face("No"), 22, 9), (Face("Going now"), 22, 9)
    alone = [neighbours_of((card,), SEXTANTS).largest for card in (short, long)]
    assert alone[0] > alone[1]
    assert neighbours_of((short, long), SEXTANTS).largest == alone[1]


def test_where_one_label_is_in_the_terminals_own_letters_all_are() -> None:
    cards = ((Face("Ada"), 30, 5), (Face("A name much too long for any card that was ever made"), 30, 5))
    assert neighbours_of(cards, SEXTANTS).largest == 0


def test_in_large_text_a_hint_is_large_only_where_those_beside_it_can_be() -> None:
    short = (Face("Yes", "a PIN", large=True), 30, 9)
    long = (Face("No", "a sentence that is by far too long to be set in large letters here", large=True), 30, 9)
    assert neighbours_of((short,), SEXTANTS).large_hints
    both = neighbours_of((short, long), SEXTANTS)
    assert not both.large_hints
    assert both.largest > 0, "the labels are still large"


def test_in_large_text_no_hint_is_as_large_as_its_label() -> None:
    low = (Face("That is me", "use what is known", large=True), 36, 7)
    agreed = neighbours_of((low,), SEXTANTS)
    assert not agreed.large_hints
    assert agreed.largest > 5 / 3


def test_in_large_text_a_label_with_a_tail_is_set_as_the_one_beside_it() -> None:
    cards = (
        (Face("Mitglied", "mit Ihrer PIN", large=True), 42, 6),
        (Face("Besuch", "mit oder ohne Code", large=True), 42, 6),
    )
    agreed = neighbours_of(cards, SEXTANTS)
    assert agreed.large
    assert agreed.largest >= 5 / 3
