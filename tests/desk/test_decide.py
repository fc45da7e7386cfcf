from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Code, Via
from kiosk.desk.decide import Decision, decide
from kiosk.desk.events import EventKind, Intent, Stay
from kiosk.desk.house import House
from kiosk.desk.lockout import FREE_TRIES, PAUSES, Attempts
from kiosk.desk.odds import NO_PINS, PinLengths
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing, Word
from kiosk.desk.people import Member, PersonKind, Visitor
from tests.desk.samples import NINE, later, member, moment, visitor

HOUSE = House(7, "The Yard", ZoneInfo("Europe/Madrid"))
PIN = Code("48213", Via.KEYPAD)
CHECK_IN = UUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff")


def answer(
    people: Sequence[Member | Visitor],
    code: Code = PIN,
    stay: Stay | None = None,
    attempts: Attempts | None = None,
    now: Moment | None = None,
    pin_lengths: PinLengths = NO_PINS,
) -> Decision:
    """The decision in a house where at most one person is in."""
    return decide(
        code,
        people,
        lambda person: stay if stay and stay.person == person else None,
        attempts or Attempts(),
        now or moment(),
        HOUSE,
        pin_lengths,
    )


def test_a_member_who_is_out_is_checked_in() -> None:
    ada = member()

    decision = answer([ada])

    assert decision == Decision(
        Outcome(OutcomeKind.WELCOME, "Ada Lovelace", PersonKind.MEMBER, word=Word(Standing.AWAITED)),
        Intent(EventKind.CHECK_IN, ada.id, Via.KEYPAD, "Ada Lovelace"),
    )


@pytest.mark.parametrize(
    ("seconds", "kind"), [(0, "greeted"), (59, "greeted"), (60, "already-in"), (7200, "already-in")]
)
def test_who_is_in_is_greeted_within_the_minute_and_asked_later_and_neither_is_recorded(
    seconds: float, kind: str
) -> None:
    ada = member()

    decision = answer([ada], stay=Stay(ada.id, NINE, CHECK_IN), now=later(moment(), seconds))

    assert decision == Decision(Outcome(OutcomeKind(kind), "Ada Lovelace", PersonKind.MEMBER, since=NINE))


def test_who_came_in_hours_from_now_by_a_clock_that_was_wrong_then_is_still_asked() -> None:
    ada = member()

    decision = answer([ada], stay=Stay(ada.id, NINE + timedelta(hours=3), CHECK_IN))

    assert decision.outcome.kind is OutcomeKind.ALREADY_IN


def test_who_leaves_is_checked_out_of_the_stay_that_is_known() -> None:
    ada = member()

    decision = answer([ada], PIN.leaving(), Stay(ada.id, NINE, CHECK_IN), now=later(moment(), 5))

    assert decision == Decision(
        Outcome(OutcomeKind.GOODBYE, "Ada Lovelace", PersonKind.MEMBER, word=Word(Standing.AWAITED)),
        Intent(EventKind.CHECK_OUT, ada.id, Via.KEYPAD, "Ada Lovelace", refers_to=CHECK_IN),
    )


def test_leaving_is_accepted_of_somebody_whom_nobody_saw_come() -> None:
    decision = answer([member()], PIN.leaving())

    assert decision.outcome.kind is OutcomeKind.GOODBYE
    assert decision.intent is not None
    assert decision.intent.refers_to is None


def test_an_unknown_code_names_nobody_and_is_counted() -> None:
    decision = answer([], attempts=Attempts(2, NINE - timedelta(minutes=1)))

    assert decision == Decision(Outcome(OutcomeKind.UNKNOWN), failure=Attempts(3, NINE))


def test_while_the_keypad_rests_right_and_wrong_codes_get_the_same_answer_and_nothing_is_counted() -> None:
    attempts = Attempts(FREE_TRIES, NINE - timedelta(seconds=10))
    locked = Decision(Outcome(OutcomeKind.LOCKED, until=NINE + timedelta(seconds=20)))
    ada = member()
    shown: list[tuple[list[Member | Visitor], Code]] = [
        ([], PIN),
        ([ada], PIN),
        ([ada], PIN.leaving()),
        ([ada, member(2, "Bob Smith")], PIN),
        ([ada, member(2, "Bob Smith")], PIN.with_initial("S")),
        ([visitor()], PIN),
    ]

    for people, code in shown:
        assert answer(people, code, attempts=attempts) == locked


def test_when_the_rest_is_over_a_right_code_is_taken_and_gives_no_tries_back() -> None:
    decision = answer([member()], attempts=Attempts(FREE_TRIES, NINE - timedelta(seconds=30)))

    assert decision.outcome.kind is OutcomeKind.WELCOME
    assert decision.failure is None


steps = st.one_of(
    st.timedeltas(timedelta(minutes=-20), timedelta(minutes=20)), st.timedeltas(timedelta(days=-400), timedelta())
)


@given(st.integers(FREE_TRIES, 20), steps)
def test_whatever_the_clock_did_codes_are_taken_again_at_the_time_that_was_told(failures: int, step: timedelta) -> None:
    attempts, now = Attempts(failures, NINE), NINE + step
    first = answer([member()], attempts=attempts, now=moment(now))
    assume(first.outcome.kind is OutcomeKind.LOCKED)

    until = first.outcome.until
    assert until is not None
    assert until - now <= PAUSES[-1]
    then = answer([member()], attempts=first.failure or attempts, now=moment(until))
    assert then.outcome.kind is OutcomeKind.WELCOME


def test_a_shared_pin_asks_for_an_initial_and_lists_nobody() -> None:
    decision = answer([member(1, "Ada Lovelace"), member(2, "Bob Smith")])

    assert decision == Decision(Outcome(OutcomeKind.ASK_INITIAL))


@pytest.mark.parametrize(
    ("name", "initial"),
    [
        ("Conan O'Brien", "O"),
        ("Zoë", "z"),
        ("Nguyễn Thị Minh Khai", "N"),
        ("Nguyễn Thị Minh Khai", "K"),
        ("李小龍", "#"),
        ("[/x] Bob", "B"),
        ("Đặng", "D"),
        ("Sigrid Øystein", "O"),
    ],
)
def test_the_right_initial_finds_the_one_of_two_with_the_same_pin(name: str, initial: str) -> None:
    decision = answer([member(1, "Ada Lovelace"), member(2, name)], PIN.with_initial(initial))

    assert decision.outcome.kind is OutcomeKind.WELCOME
    assert decision.outcome.name == name


def test_a_surname_in_its_usual_place_comes_before_a_first_name_with_the_same_letter() -> None:
    decision = answer([member(1, "Bob Adams"), member(2, "Anna Brown")], PIN.with_initial("B"))

    assert decision.outcome.name == "Anna Brown"


@pytest.mark.parametrize("initial", ["X", "L"], ids=["nobody's", "of two"])
def test_an_initial_that_does_not_decide_is_a_wrong_code(initial: str) -> None:
    people = [member(1, "Ada Lovelace"), member(2, "Bob Lee")]

    decision = answer(people, PIN.with_initial(initial))

    assert decision == Decision(Outcome(OutcomeKind.UNKNOWN), failure=Attempts(1, NINE))


def test_an_initial_is_not_needed_where_the_code_is_one_persons() -> None:
    assert answer([member()], PIN.with_initial("X")).outcome.kind is OutcomeKind.WELCOME


GUESSABLE = {5: 101}


@pytest.mark.parametrize("people", [[], [member()], [visitor()], [member(), member(2, "Bob Smith")]])
@pytest.mark.parametrize("code", [PIN, PIN.leaving()])
def test_where_a_guess_is_too_likely_everybody_is_asked_for_the_initial_known_or_not(
    people: list[Member | Visitor], code: Code
) -> None:
    decision = answer(people, code, Stay(member().id, NINE, CHECK_IN), pin_lengths=GUESSABLE)

    assert decision == Decision(Outcome(OutcomeKind.ASK_INITIAL))


def test_there_a_wrong_letter_is_the_same_unknown_and_the_same_count_as_a_wrong_pin() -> None:
    attempts = Attempts(2, NINE - timedelta(minutes=1))
    wrong_letter = answer([member()], PIN.with_initial("X"), attempts=attempts, pin_lengths=GUESSABLE)
    wrong_pin = answer([], PIN.with_initial("L"), attempts=attempts, pin_lengths=GUESSABLE)

    assert wrong_letter == wrong_pin == Decision(Outcome(OutcomeKind.UNKNOWN), failure=Attempts(3, NINE))


@pytest.mark.parametrize("person", [member(1, "Ada Lovelace"), visitor(1, "Ada Lovelace")])
def test_there_the_right_letter_lets_in_whoever_has_the_code(person: Member | Visitor) -> None:
    decision = answer([person], PIN.with_initial("l"), pin_lengths=GUESSABLE)

    assert (decision.outcome.kind, decision.outcome.name) == (OutcomeKind.WELCOME, "Ada Lovelace")


def test_the_letter_that_was_given_goes_along_when_they_say_that_they_leave() -> None:
    ada, code = member(), PIN.with_initial("L")
    stay = Stay(ada.id, NINE - timedelta(hours=1), CHECK_IN)

    assert answer([ada], code, stay, pin_lengths=GUESSABLE).outcome.kind is OutcomeKind.ALREADY_IN
    assert answer([ada], code.leaving(), stay, pin_lengths=GUESSABLE).outcome.kind is OutcomeKind.GOODBYE


def test_while_the_keypad_rests_nobody_is_asked_for_anything() -> None:
    attempts = Attempts(FREE_TRIES, NINE)

    assert answer([member()], attempts=attempts, pin_lengths=GUESSABLE).outcome.kind is OutcomeKind.LOCKED


def test_a_code_of_another_form_is_answered_at_once_there_too() -> None:
    for code in (Code("482131", Via.KEYPAD), Code("A4821", Via.KEYPAD), Code("48213", Via.CAMERA)):
        assert answer([visitor()], code, pin_lengths=GUESSABLE).outcome.kind is OutcomeKind.WELCOME


def test_a_member_and_a_visitor_with_one_code_are_told_apart_and_leave_by_the_same_way() -> None:
    grace = visitor(1, "Grace Hopper")
    code = PIN.leaving().with_initial("H")

    decision = answer([member(1, "Ada Lovelace"), grace], code, stay=Stay(grace.id, NINE, CHECK_IN))

    assert decision.outcome.kind is OutcomeKind.GOODBYE
    assert decision.outcome.person is PersonKind.VISITOR
    assert decision.intent == Intent(EventKind.CHECK_OUT, grace.id, Via.KEYPAD, "Grace Hopper", CHECK_IN)


def test_the_house_sets_how_long_somebody_is_greeted() -> None:
    ada = member()
    house = replace(HOUSE, greet_within=timedelta(seconds=5))

    decision = decide(PIN, [ada], lambda person: Stay(person, NINE), Attempts(), later(moment(), 6), house)

    assert decision.outcome.kind is OutcomeKind.ALREADY_IN
