"""The server: starting, stopping, and taking the network down."""

from __future__ import annotations

import logging

import httpx
import pytest

from kiosk.sandbox.entities import VISITORS
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.sandbox.test_rules import GUEST, GUESTS


def test_after_a_stop_nobody_answers_and_a_start_brings_everything_back(
    api: httpx.Client, server: SandboxServer, world: World
) -> None:
    number = api.post(GUESTS, json=GUEST).json()["Value"]["Id"]
    url = server.url
    server.stop()
    with pytest.raises(httpx.ConnectError):
        api.get(GUESTS)
    server.start()
    assert server.url == url
    assert api.get(f"{GUESTS}/{number}").json()["FullName"] == GUEST["FullName"]
    assert len(world.rows(VISITORS)) == 24


def test_starting_and_stopping_twice_changes_nothing(server: SandboxServer) -> None:
    server.start()
    assert httpx.get(f"{server.url}/api/auth/me").status_code == 401
    server.stop()
    server.stop()
    assert not server.running


def test_a_taken_port_is_reported(server: SandboxServer, world: World) -> None:
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        SandboxServer(world, port=port).start()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::"])
def test_it_is_served_on_the_loopback_interface_alone(world: World, host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        SandboxServer(world, host=host)


def test_serving_prints_nothing(
    world: World, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without handlers, as in a program that has not set up its log: the last resort of logging would print.
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with SandboxServer(world) as server:
        httpx.get(f"{server.url}/api/auth/me")
        httpx.get(f"{server.url}/api/auth/me", headers={"Connection": "upgrade", "Upgrade": "websocket"})
    assert capfd.readouterr() == ("", "")
