"""Setting up in words: everything that can be found has some, and each thing its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.desk.adverts import RadioStanding, RadioState
from kiosk.desk.house import House, Texts, VisitorWifi
from kiosk.desk.provisioning import Held, Hindrance, Leg, Obstacle, RightSeen, Settled
from kiosk.i18n.set_up_words import (
    clock_words_off,
    found_words,
    held_words,
    hindrance_words,
    leg_words,
    obstacle_words,
    radio_words,
    without_words,
)
from kiosk.i18n.speech import Speech

SPEECH = Speech()
FOUND = Settled(House(1, "Harbour Works"), "Europe/Madrid", True, 182, 22, 6, False, False)


def test_everything_that_stands_in_the_way_has_words_of_its_own() -> None:
    for words in (
        [leg_words(leg, SPEECH) for leg in Leg],
        [obstacle_words(obstacle, SPEECH) for obstacle in Obstacle],
        [hindrance_words(reason, SPEECH) for reason in Hindrance],
        [radio_words(RadioStanding(state), SPEECH) for state in RadioState],
    ):
        assert all(words)
        assert len(set(words)) == len(words)


def test_a_right_says_what_stops_without_it_only_where_it_may_be_missing() -> None:
    right = RightSeen("Visitor - Create", Held.MISSING, "Nobody registers.")
    assert held_words(right, SPEECH) == "missing"
    assert held_words(replace(right, vital=True), SPEECH) == "missing, vital"
    assert without_words(right, SPEECH) == "Nobody registers."
    assert without_words(replace(right, held=Held.GRANTED), SPEECH) == ""


def test_a_clock_that_is_off_is_told_with_its_direction() -> None:
    assert "1 minute behind" in clock_words_off(timedelta(seconds=-70), SPEECH)
    assert "120 minutes ahead" in clock_words_off(timedelta(hours=2), SPEECH)


def test_what_was_found_names_the_form_and_says_what_is_not_set() -> None:
    words = " ".join(found_words(FOUND, SPEECH))
    assert "182 members can check in by PIN." in words
    assert "Your first name" in words
    assert "No terms are set" in words
    assert "No texts of its own are set" in words


def test_what_staff_should_look_at_is_said() -> None:
    house = replace(FOUND.house, texts=Texts(home="Hello", terms="# Rules"), visitor_wifi=VisitorWifi.ISSUED)
    found = replace(FOUND, house=house, zone_is_sure=False, visitors=None, guessable=True, host_filter=True)
    words = " ".join(found_words(found, SPEECH))
    for said in ("See that it is right", "1 text of the location", "must agree", "Wi-Fi", "guessed", "limits whom"):
        assert said in words
    assert "invited" not in words
