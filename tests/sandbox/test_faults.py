"""Trouble on demand, as the client meets it."""

from __future__ import annotations

import threading

import httpx
import pytest

from kiosk.sandbox.entities import CHECKINS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.sandbox.test_rules import MORNING, PATH, ZOE


def of_zoe(world: World) -> list[Record]:
    return [row for row in world.rows(CHECKINS) if row.number("CoworkerId") == ZOE]


def test_a_lost_answer_leaves_exactly_one_record(api: httpx.Client, world: World) -> None:
    world.faults.drop_after_commit = 1
    with pytest.raises(httpx.RemoteProtocolError):
        api.post(PATH, json=MORNING)
    assert len(of_zoe(world)) == 1
    assert api.post(PATH, json=MORNING).status_code == 200, "the next write is answered again"


def test_a_lost_request_leaves_no_record(api: httpx.Client, world: World) -> None:
    world.faults.drop_before_commit = 2
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            api.post(PATH, json=MORNING)
    assert of_zoe(world) == []
    assert api.post(PATH, json=MORNING).status_code == 200


def test_reads_and_sign_ins_are_not_dropped(api: httpx.Client, world: World) -> None:
    world.faults.drop_after_commit = world.faults.drop_before_commit = 1
    assert api.get(PATH).status_code == 200
    assert api.post("/api/token", data={"grant_type": "password"}).status_code == 400
    assert (world.faults.drop_after_commit, world.faults.drop_before_commit) == (1, 1)


@pytest.mark.parametrize("status", [409, 429, 500, 503])
def test_a_busy_service_turns_writes_away_and_still_reads(api: httpx.Client, world: World, status: int) -> None:
    world.faults.refuse_writes_with = status
    answer = api.post(PATH, json=MORNING)
    assert answer.status_code == status
    assert of_zoe(world) == []
    assert api.get(PATH).status_code == 200
    if status == 409:
        assert (answer.headers["Retry-After"], answer.content) == ("1", b"")
    if status == 429:
        assert "Wait 1.0 seconds" in answer.text


def test_a_late_request_is_carried_out_after_its_client_gave_up(api: httpx.Client, world: World) -> None:
    changed = threading.Event()
    world.on_change = changed.set
    world.faults.delay_seconds = 0.5
    with pytest.raises(httpx.ReadTimeout):
        api.post(PATH, json=MORNING, timeout=0.05)
    assert changed.wait(10), "the world's change is the only sign of it"
    assert len(of_zoe(world)) == 1


def test_stopping_does_not_wait_for_a_request_that_is_held_up(
    api: httpx.Client, world: World, server: SandboxServer
) -> None:
    world.faults.delay_seconds = 3600
    with pytest.raises(httpx.ReadTimeout):
        api.post(PATH, json=MORNING, timeout=0.05)
    server.stop()
    assert not server.running
    assert of_zoe(world) == []
