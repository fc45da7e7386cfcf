from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sensors.debounce import (
    LOOKS_BETWEEN_READS,
    SECONDS_APART,
    SECONDS_AWAY,
    SECONDS_BETWEEN_READS,
    Debounce,
)

CODE, OTHER = b"visit-1", b"visit-2"


def watch(debounce: Debounce, payload: bytes | None, start: float, end: float) -> list[float]:
    """Look ten times a second; return when the code was accepted."""
    times = [start + tick / 10 for tick in range(round((end - start) * 10))]
    return [at for at in times if debounce.accepts(payload, at)]


def test_a_code_that_stays_in_view_counts_once() -> None:
    assert watch(Debounce(), CODE, 0, 60) == [0.1]


def test_one_reading_is_none_and_the_second_that_equals_it_counts_in_the_very_next_look() -> None:
    debounce = Debounce()
    assert [debounce.accepts(CODE, at) for at in (0.0, 0.033, 0.066)] == [False, True, False]


def test_only_a_code_that_was_read_once_waits_for_another_reading() -> None:
    debounce = Debounce()
    assert not debounce.waits_for(CODE)
    debounce.accepts(CODE, 0.0)
    assert debounce.waits_for(CODE)
    debounce.accepts(CODE, 0.0)
    assert not debounce.waits_for(CODE)


def test_a_wrong_reading_between_two_right_ones_counts_for_nothing() -> None:
    debounce = Debounce()
    looks = [CODE, b"visit-l", CODE]
    assert [debounce.accepts(payload, at / 30) for at, payload in enumerate(looks)] == [False, False, True]


def test_a_code_that_few_frames_yield_counts_while_its_two_readings_are_half_a_second_apart() -> None:
    debounce = Debounce()
    debounce.accepts(CODE, 0)
    for look in range(1, 15):
        debounce.accepts(None, look / 30)
    assert debounce.accepts(CODE, SECONDS_BETWEEN_READS)


def test_a_code_that_a_slow_camera_sees_counts_while_few_looks_are_between_its_readings() -> None:
    debounce = Debounce()
    looks = [CODE, *[None] * (LOOKS_BETWEEN_READS - 1), CODE]
    assert [debounce.accepts(payload, at / 5) for at, payload in enumerate(looks)].index(True) == LOOKS_BETWEEN_READS


def test_two_readings_that_are_far_apart_are_each_the_first() -> None:
    debounce = Debounce()
    looks = [CODE, *[None] * 20, CODE, CODE]
    assert [debounce.accepts(payload, at / 10) for at, payload in enumerate(looks)].index(True) == 22


def test_a_reading_before_nobody_looked_is_not_the_first_of_two() -> None:
    debounce = Debounce()
    debounce.accepts(CODE, 0)
    debounce.blinked()
    assert [debounce.accepts(CODE, at) for at in (0.1, 0.2)] == [False, True]


def test_a_code_that_comes_back_after_it_was_away_counts_again() -> None:
    debounce = Debounce()
    watch(debounce, CODE, 0, 4)
    watch(debounce, None, 4, 6)
    assert watch(debounce, CODE, 6, 8) == [6.1]


def test_a_code_that_comes_back_too_soon_counts_when_five_seconds_have_passed() -> None:
    debounce = Debounce()
    watch(debounce, CODE, 0, 1)
    watch(debounce, None, 1, 3)
    assert watch(debounce, CODE, 3, 20) == [5.2]


def test_a_shaking_hand_that_hides_a_code_for_a_moment_is_not_a_second_visit() -> None:
    debounce = Debounce()
    accepted = []
    for second in range(20):
        accepted += watch(debounce, CODE, second, second + 0.3)
        accepted += watch(debounce, None, second + 0.3, second + 1)
    assert accepted == [0.1]


def test_another_code_counts_as_soon_as_the_first_did() -> None:
    debounce = Debounce()
    watch(debounce, CODE, 0, 1)
    assert watch(debounce, OTHER, 1, 2) == [1.1]


def test_two_codes_that_are_read_in_turn_count_once_each() -> None:
    debounce = Debounce()
    accepted = [(code, at / 10) for at in range(200) for code in (CODE, OTHER) if debounce.accepts(code, at / 10)]
    assert accepted == [(CODE, 0.1), (OTHER, 0.1)]


def test_time_in_which_nobody_looked_is_not_time_away() -> None:
    debounce = Debounce()
    watch(debounce, CODE, 0, 1)
    watch(debounce, None, 1, 1.5)
    debounce.blinked()
    assert watch(debounce, CODE, 10, 20) == []


def test_forgetting_lets_the_code_in_view_count_again() -> None:
    debounce = Debounce()
    watch(debounce, CODE, 0, 1)
    debounce.forget()
    assert watch(debounce, CODE, 1, 2) == [1.1]


def test_no_code_is_kept_longer_than_the_rule_needs_it() -> None:
    debounce = Debounce()
    for number in range(50):
        for _ in range(2):
            debounce.accepts(b"visit-%d" % (number // 2), number / 10)
    watch(debounce, None, 5, 12)
    assert (debounce._known, debounce._read_once) == ({}, {})


LOOKS = st.lists(st.tuples(st.floats(0.01, 3), st.sampled_from([None, CODE, OTHER])), max_size=60)


@settings(deadline=None)
@given(LOOKS)
def test_the_same_code_never_counts_twice_within_five_seconds_or_without_a_break(
    looks: list[tuple[float, bytes | None]],
) -> None:
    debounce, now = Debounce(), 0.0
    accepted: dict[bytes, float] = {}
    seen: dict[bytes, list[float]] = {CODE: [], OTHER: []}
    for wait, payload in looks:
        now += wait
        counts = debounce.accepts(payload, now)
        if payload is None:
            assert not counts
            continue
        if counts and payload in accepted:
            sightings = [at for at in seen[payload] if at >= accepted[payload]] + [now]
            longest = max(later - earlier for earlier, later in pairwise(sightings))
            assert now - accepted[payload] >= SECONDS_APART
            assert longest >= SECONDS_AWAY
        if counts:
            accepted[payload] = now
        seen[payload].append(now)
