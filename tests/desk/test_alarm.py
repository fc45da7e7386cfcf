"""When a signal is an alarm."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.desk.alarm import AlarmRule, Signal, Verdict

Q, A, U = Signal.QUIET, Signal.ALARM, Signal.UNKNOWN


def heard(rule: AlarmRule, signals: list[Signal], step: float = 0.2) -> list[Verdict]:
    """What each signal means, one every `step` seconds; what tells nothing is left out."""
    verdicts = [rule.hear(signal, number * step) for number, signal in enumerate(signals)]
    return [verdict for verdict in verdicts if verdict is not Verdict.NOTHING_NEW]


def test_an_alarm_that_lasts_counts_once_however_long_it_lasts() -> None:
    assert heard(AlarmRule(1.0), [Q, *[A] * 50]) == [Verdict.ALARM]


def test_a_contact_that_bounces_is_no_alarm() -> None:
    assert heard(AlarmRule(1.0), [A, A, Q, A, A, A, Q, A] * 5) == []


def test_an_alarm_counts_again_once_it_was_over() -> None:
    assert heard(AlarmRule(1.0), [*[A] * 9, *[Q] * 9, *[A] * 9]) == [Verdict.ALARM, Verdict.OVER, Verdict.ALARM]


def test_an_alarm_that_flickers_while_it_stands_is_one() -> None:
    assert heard(AlarmRule(1.0), [*[A] * 9, Q, Q, A, Q, *[A] * 9]) == [Verdict.ALARM]


def test_an_input_that_cannot_be_read_neither_begins_an_alarm_nor_ends_one() -> None:
    assert heard(AlarmRule(1.0), [U] * 20) == []
    assert heard(AlarmRule(1.0), [*[A] * 9, *[U] * 20, *[A] * 9]) == [Verdict.ALARM]


def test_an_alarm_that_stood_before_is_no_new_one() -> None:
    assert heard(AlarmRule(1.0, standing=True), [A] * 20) == []
    assert heard(AlarmRule(1.0, standing=True), [*[Q] * 9, *[A] * 9]) == [Verdict.OVER, Verdict.ALARM]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(Signal), max_size=30))
def test_alarms_and_their_ends_take_turns_whatever_comes_in(signals: list[Signal]) -> None:
    verdicts = heard(AlarmRule(0.4), signals)

    assert verdicts == [Verdict.ALARM, Verdict.OVER] * (len(verdicts) // 2) + [Verdict.ALARM] * (len(verdicts) % 2)
