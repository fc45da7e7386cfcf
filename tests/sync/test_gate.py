"""After failures nobody calls for a while; then one call tries, and the others wait for how it ends."""

from __future__ import annotations

import httpx
import pytest

from kiosk.nexudus.errors import NeverSent, NoAnswer, Throttled, Unreached
from kiosk.nexudus.wire import Answer
from kiosk.sync.gate import TOLERATED, Breaker, Gate
from kiosk.sync.pace import Allowance, Backoff, Urgency


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(Backoff(1.0, 60.0, lambda: 1.0), clock)


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate(Allowance(600, 600, 0.0), Backoff(1.0, 60.0, lambda: 1.0), clock)


def answer(status: int, headers: dict[str, str] | None = None, body: bytes = b"{}") -> Answer:
    return Answer(status, httpx.Headers(headers or {}), body)


def test_a_single_missing_answer_stops_nobody(breaker: Breaker) -> None:
    breaker.failed(certain=False)
    assert not breaker.open


def test_several_missing_answers_in_a_row_shut_the_line(breaker: Breaker) -> None:
    for _ in range(TOLERATED):
        breaker.failed(certain=False)
    assert breaker.open


def test_an_answer_in_between_counts_as_a_line_that_works(breaker: Breaker) -> None:
    for _ in range(2 * TOLERATED):
        breaker.failed(certain=False)
        breaker.worked()
    assert not breaker.open


def test_one_call_without_a_connection_is_enough(breaker: Breaker) -> None:
    breaker.failed(certain=True)
    with pytest.raises(NeverSent) as refusal:
        breaker.enter()
    assert refusal.value.reason is Unreached.RESTING


def test_after_its_rest_one_call_tries_and_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(certain=True)
    clock.now = 1.0
    breaker.enter()
    with pytest.raises(NeverSent):
        breaker.enter()
    assert breaker.rest() > 0


def test_a_probe_that_fails_doubles_the_rest(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(certain=True)
    clock.now = 1.0
    breaker.enter()
    breaker.failed(certain=False)
    assert breaker.rest() == 2.0


def test_a_probe_that_is_answered_opens_the_line_for_all(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(certain=True)
    clock.now = 1.0
    breaker.enter()
    breaker.worked()
    breaker.enter()
    breaker.enter()
    assert breaker.rest() == 0


def test_a_probe_that_is_given_up_leaves_its_place_to_the_next(breaker: Breaker, clock: Clock) -> None:
    breaker.failed(certain=True)
    clock.now = 1.0
    breaker.enter()
    breaker.abandoned()
    breaker.enter()


def test_failures_of_calls_that_left_before_do_not_lengthen_the_rest(breaker: Breaker) -> None:
    for _ in range(4):
        breaker.failed(certain=True)
    assert breaker.rest() == 1.0


@pytest.mark.parametrize(
    ("throttled", "seconds"),
    [
        (answer(409, {"Retry-After": "7"}, b""), 7.0),
        (answer(429, {"Retry-After": "9"}), 9.0),
        (answer(429, body=b'{"Message": "Too many requests. Wait 4.5 seconds"}'), 4.5),
        (answer(503, {"Retry-After": "30"}), 30.0),
    ],
)
async def test_who_is_asked_to_wait_says_nothing_until_then(
    gate: Gate, clock: Clock, throttled: Answer, seconds: float
) -> None:
    gate.heard(throttled)
    clock.now = seconds - 0.1
    with pytest.raises(Throttled) as refusal:
        await gate.pass_through(Urgency.AT_THE_DESK, write=False)
    assert refusal.value.wait_seconds == pytest.approx(0.1)
    clock.now = seconds
    await gate.pass_through(Urgency.AT_THE_DESK, write=False)


@pytest.mark.parametrize("status", [400, 401, 404, 409, 429])
def test_a_refusal_is_an_answer(gate: Gate, status: int) -> None:
    for _ in range(2 * TOLERATED):
        gate.heard(answer(status))
    assert not gate.broken


@pytest.mark.parametrize(
    "nobody", [answer(500), answer(302), answer(200, {"Content-Type": "text/html"}, b"<html>"), answer(408)]
)
def test_an_answer_that_is_none_is_a_line_that_is_down(gate: Gate, nobody: Answer) -> None:
    for _ in range(TOLERATED):
        gate.heard(nobody)
    assert gate.broken


def test_failures_of_every_kind_count(gate: Gate) -> None:
    for _ in range(TOLERATED):
        gate.failed(NoAnswer("ReadTimeout"))
    assert gate.broken
