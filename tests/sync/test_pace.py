"""The kiosk speaks slowly enough for an account that many share, and rests longer after each failure."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.pace import Backoff, TokenBucket, Urgency
from tests.virtual_time import in_virtual_time


async def taken(bucket: TokenBucket, urgency: Urgency, count: int) -> list[float]:
    """Take so many turns; answers when each came."""
    loop, times = asyncio.get_running_loop(), []
    for _ in range(count):
        await bucket.take(urgency)
        times.append(loop.time())
    return times


def bucket_of(per_minute: int) -> TokenBucket:
    return TokenBucket(per_minute, asyncio.get_running_loop().time)


def most_in_a_minute(times: list[float]) -> int:
    return max(sum(start <= time < start + 60 for time in times) for start in times)


@pytest.mark.parametrize("urgency", Urgency)
@pytest.mark.parametrize("per_minute", [1, 2, 7, 30, 60, 120])
def test_no_minute_has_more_turns_than_are_allowed(per_minute: int, urgency: Urgency) -> None:
    async def story() -> list[float]:
        bucket = bucket_of(per_minute)
        first = await taken(bucket, urgency, per_minute)
        await asyncio.sleep(90)
        return first + await taken(bucket, urgency, 3 * per_minute)

    assert most_in_a_minute(in_virtual_time(story())) <= per_minute


def test_nearly_all_that_is_allowed_is_used() -> None:
    async def story() -> float:
        return (await taken(bucket_of(60), Urgency.IN_THE_BACK, 600))[-1]

    assert in_virtual_time(story()) < 600 / 0.91


def test_a_person_at_the_desk_finds_a_turn_at_once_however_many_wait() -> None:
    async def story() -> float:
        bucket, loop = bucket_of(60), asyncio.get_running_loop()
        backlog = [asyncio.create_task(bucket.take(Urgency.IN_THE_BACK)) for _ in range(600)]
        await asyncio.sleep(30)
        began = loop.time()
        await taken(bucket, Urgency.AT_THE_DESK, 2)
        for task in backlog:
            task.cancel()
        return loop.time() - began

    assert in_virtual_time(story()) < 0.001


def test_who_gives_up_holds_up_nobody() -> None:
    async def story() -> None:
        bucket = bucket_of(60)
        await taken(bucket, Urgency.IN_THE_BACK, 1)
        first = asyncio.create_task(bucket.take(Urgency.IN_THE_BACK))
        second = asyncio.create_task(bucket.take(Urgency.IN_THE_BACK))
        await asyncio.sleep(0)
        first.cancel()
        await second

    in_virtual_time(story())


def paused(draws: list[float]) -> tuple[Backoff, Callable[[], float]]:
    drawn = iter(draws)
    backoff = Backoff(1.0, 60.0, lambda: next(drawn))
    return backoff, backoff.after_failure


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_pauses_never_exceed_the_longest_and_never_vanish(draws: list[float]) -> None:
    _, pause = paused(draws)
    assert all(0.5 <= pause() <= 60.0 for _ in draws)


def test_a_success_begins_anew() -> None:
    backoff, pause = paused([1.0] * 4)
    assert [pause() for _ in range(3)] == [1.0, 2.0, 4.0]
    backoff.reset()
    assert pause() == 1.0
