"""How much the simulated service takes in a minute."""

from __future__ import annotations

import httpx

from kiosk.sandbox.limits import Limits
from kiosk.sandbox.seed import seeded_world
from kiosk.sandbox.server import SandboxServer


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_so_many_writes_fit_into_a_minute_and_the_next_is_told_how_long_to_wait() -> None:
    hand = Hand()
    limits = Limits(writes=3, calls=100, now=hand)
    assert [limits.wait_for(write=True) for _ in range(3)] == [0, 0, 0]

    hand.seconds += 20
    assert limits.wait_for(write=True) == 40
    assert limits.wait_for(write=False) == 0
    hand.seconds += 40
    assert limits.wait_for(write=True) == 0
    assert limits.turned_away == 1


def test_reads_and_writes_together_have_a_limit_too() -> None:
    limits = Limits(writes=3, calls=4, now=Hand())

    assert [limits.wait_for(write=write) for write in (True, False, False, True, False)] == [0, 0, 0, 0, 60]


def test_a_minute_can_be_shorter() -> None:
    hand = Hand()
    limits = Limits(writes=1, minute=1.0, now=hand)
    assert limits.wait_for(write=True) == 0
    hand.seconds += 0.25

    assert limits.wait_for(write=True) == 0.75


def test_who_is_turned_away_is_answered_as_it_is_documented() -> None:
    world = seeded_world()
    world.limits = Limits(calls=1)
    with SandboxServer(world) as server, httpx.Client(base_url=server.url, trust_env=False) as client:
        client.get("/api/auth/me")
        answer = client.get("/api/auth/me")

    assert (answer.status_code, answer.content) == (409, b"")
    assert 0 < float(answer.headers["Retry-After"]) <= 60
