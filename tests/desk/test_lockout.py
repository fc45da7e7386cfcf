from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk.credentials import Code, Via
from kiosk.desk.lockout import CALM, FREE_TRIES, PAUSES, Attempts, Channel, channel_of
from tests.desk.samples import NINE

SECOND = timedelta(seconds=1)
counts = st.integers(0, 1_000)
times = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))


def seconds_closed(failures: int) -> float:
    attempts = Attempts(failures, NINE)
    until = attempts.locked_until(NINE)
    return (until - NINE).total_seconds() if until else 0.0


def test_the_first_wrong_codes_are_free_and_then_the_pauses_grow_to_a_quarter_of_an_hour() -> None:
    assert [seconds_closed(failures) for failures in range(13)] == [0] * 5 + [30, 60, 120, 240, 480, 900, 900, 900]


def test_codes_are_taken_again_to_the_second() -> None:
    attempts = Attempts(FREE_TRIES, NINE)

    assert attempts.locked_until(NINE + timedelta(seconds=29)) == NINE + timedelta(seconds=30)
    assert attempts.locked_until(NINE + timedelta(seconds=30)) is None


def test_a_calm_spell_gives_the_free_tries_back_and_nothing_shorter_does() -> None:
    attempts = Attempts(9, NINE)

    assert attempts.after_failure(NINE + CALM) == Attempts(1, NINE + CALM)
    assert attempts.after_failure(NINE + CALM - SECOND) == Attempts(10, NINE + CALM - SECOND)


def guesses_an_hour(tries_before_resting: int) -> float:
    """What a day and night of guessing gives somebody who tries as often as this, then waits for the calm."""
    now, attempts, guesses = NINE, Attempts(), 0
    while now < NINE + timedelta(hours=24):
        for _ in range(tries_before_resting):
            now = attempts.locked_until(now) or now
            attempts, guesses = attempts.after_failure(now), guesses + 1
        now += CALM
    return guesses / 24


def test_the_most_patient_guesser_gets_at_most_twenty_guesses_an_hour() -> None:
    assert max(map(guesses_an_hour, range(1, 20))) <= 20


@given(counts, times, times)
def test_whatever_the_clock_did_nobody_is_told_to_wait_longer_than_the_longest_pause(
    failures: int, last: datetime, now: datetime
) -> None:
    until = Attempts(failures, last).locked_until(now)

    assert until is None or now < until <= now + PAUSES[-1]


@pytest.mark.parametrize(
    ("via", "text", "channel"),
    [
        (Via.KEYPAD, "48213", Channel.KEYED),
        (Via.LINE, "48213", Channel.KEYED),
        (Via.CAMERA, "48213", Channel.SCANNED),
        (Via.CAMERA, "0f8fad5b-d9cb-469f-a165-70867728950e", None),
        (Via.KEYPAD, "0F8FAD5BD9CB469FA16570867728950E", None),
    ],
)
def test_keypad_and_camera_are_counted_apart_and_a_guid_is_not_counted(
    via: Via, text: str, channel: Channel | None
) -> None:
    assert channel_of(Code(text, via)) is channel
