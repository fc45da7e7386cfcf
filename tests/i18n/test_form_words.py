"""The form of a visit in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import HostHint, HostPage
from kiosk.desk.house import House
from kiosk.desk.visit_form import Asking, Check, VisitForm
from kiosk.i18n.form_words import fault_words, forgotten_words, host_words, label_words
from kiosk.i18n.speech import Speech

ENGLISH = Speech()


def test_every_fault_has_a_sentence_of_its_own() -> None:
    said = {fault_words(fault, Check.TEXT, ENGLISH) for fault in FormFault}

    assert len(said) == len(FormFault)
    assert all(words.endswith(".") for words in said)


def test_every_question_has_words_of_its_own() -> None:
    every = VisitForm(*[Asking.OPTIONAL] * 6).questions()

    assert len({label_words(question, ENGLISH) for question in every}) == len(every) == 8


@pytest.mark.parametrize("hint", [HostHint.TYPE_ON, HostHint.NOBODY])
def test_who_finds_nobody_is_told_what_to_type(hint: HostHint) -> None:
    assert any(word in host_words(HostPage(hint=hint), ENGLISH) for word in ("type", "Try"))


def test_whoever_has_forgotten_a_pin_hears_where_it_stands_and_whom_to_ask() -> None:
    house = House(7, "The Yard")

    assert "Reception" in forgotten_words(house, ENGLISH)
    assert forgotten_words(replace(house, reception="Dial 9."), ENGLISH).endswith("Dial 9.")
