from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.sensors.debounce import SECONDS_APART, SECONDS_AWAY, Debounce

CODE, OTHER = b"visit-1", b"visit-2"


def watch(debounce: Debounce, payload: bytes | None, start: float, end: float) -> list[float]:
    """Look ten times a second; return when the code was accepted."""
    times = [start + tick / 10 for tick in range(round((end - start) * 10))]
    return [at for at in times if debounce.accepts(payload, at)]


def test_a_code_that_stays_in_view_counts_once() -> None:
    assert watch(Debounce(), CODE, 0, 60) == [0]


def test_a_code_that_comes_back_after_it_was_away_counts_again() -> None:
    debounce = Debounce()
    watch(debounce, CODE, 0, 4)
    watch(debounce, None, 4, 6)
    assert watch(debounce, CODE, 6, 8) == [6]


def test_a_code_that_comes_back_too_soon_counts_when_five_seconds_have_passed() -> None:
    debounce = Debounce()
    watch(debounce, CODE, 0, 1)
    watch(debounce, None, 1, 3)
    assert watch(debounce, CODE, 3, 20) == [5]


def test_a_shaking_hand_that_hides_a_code_for_a_moment_is_not_a_second_visit() -> None:
    debounce = Debounce()
    accepted = []
    for second in range(20):
        accepted += watch(debounce, CODE, second, second + 0.3)
        accepted += watch(debounce, None, second + 0.3, second + 1)
    assert accepted == [0]


def test_another_code_counts_at_once() -> None:
    debounce = Debounce()
    watch(debounce, CODE, 0, 1)
    assert watch(debounce, OTHER, 1, 2) == [1]


def test_two_codes_that_are_read_in_turn_count_once_each() -> None:
    debounce = Debounce()
    accepted = [(code, at / 10) for at in range(200) for code in (CODE, OTHER) if debounce.accepts(code, at / 10)]
    assert accepted == [(CODE, 0), (OTHER, 0)]


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
    assert watch(debounce, CODE, 1, 2) == [1]


def test_no_code_is_kept_longer_than_the_rule_needs_it() -> None:
    debounce = Debounce()
    for number in range(50):
        debounce.accepts(b"visit-%d" % number, number / 10)
    watch(debounce, None, 5, 12)
    assert debounce._known == {}


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
