"""The kiosk speaks slowly enough for an account that many share, and rests longer after each failure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.pace import Backoff, TokenBucket


async def test_a_burst_goes_at_once_and_the_rest_at_the_agreed_rate() -> None:
    now = [0.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    bucket = TokenBucket(30, 10, lambda: now[0], sleep)
    for _ in range(10):
        await bucket.take()
    assert now[0] == 0.0
    for _ in range(30):
        await bucket.take()
    assert 59.0 <= now[0] <= 61.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_pauses_never_exceed_the_longest_and_never_vanish(draws: list[float]) -> None:
    drawn = iter(draws)
    backoff = Backoff(1.0, 60.0, lambda: next(drawn))
    pauses = [backoff.after_failure() for _ in draws]
    assert all(0.5 <= pause <= 60.0 for pause in pauses)


def test_a_success_begins_anew() -> None:
    backoff = Backoff(1.0, 60.0, lambda: 1.0)
    assert [backoff.after_failure() for _ in range(3)] == [1.0, 2.0, 4.0]
    backoff.reset()
    assert backoff.after_failure() == 1.0
