"""A served Harbour Works whose clock the tests hold, and a client that is signed in to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World


class Clock:
    """The service's time, which passes only when a test says so: no result depends on the hour of the test run."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 2, 9, 15, 30, 123456, UTC)

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> None:
        """Let so much time pass, in the words of `timedelta`."""
        self.moment += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    return seeded_world(now=clock)


@pytest.fixture
def server(world: World) -> Iterator[SandboxServer]:
    with SandboxServer(world) as server:
        yield server


@pytest.fixture
def anyone(server: SandboxServer) -> Iterator[httpx.Client]:
    """A client that has not signed in."""
    with plain_client(server.url) as client:
        yield client


@pytest.fixture
def api(anyone: httpx.Client) -> httpx.Client:
    """The client, signed in."""
    return signed_in(anyone)


def plain_client(url: str) -> httpx.Client:
    """A client for plain HTTP. It reads no certificates: that alone would take longer than most tests."""
    return httpx.Client(base_url=url, verify=False)


def signed_in(client: httpx.Client) -> httpx.Client:
    """Sign `client` in with the demonstration's account."""
    form = {"grant_type": "password", "username": SIGN_IN.email, "password": SIGN_IN.password}
    answer = client.post("/api/token", data=form)
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return client
