"""A world in a file."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from kiosk.sandbox.entities import ENTITIES, VISITORS
from kiosk.sandbox.errors import WorldFileDamaged
from kiosk.sandbox.persistence import keep_in, load
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.sandbox.conftest import Clock
from tests.sandbox.test_rules import GUEST, GUESTS


def test_a_loaded_world_is_the_world_that_was_saved(tmp_path: Path, world: World, clock: Clock) -> None:
    path = tmp_path / "world.json"
    keep_in(path, world)
    loaded = load(path, clock)
    for entity in ENTITIES:
        assert loaded.rows(entity) == world.rows(entity)
    assert loaded.users == world.users
    assert loaded.next_ids == world.next_ids


def test_what_was_written_over_http_survives_the_process(
    tmp_path: Path, world: World, clock: Clock, api: httpx.Client
) -> None:
    path = tmp_path / "world.json"
    keep_in(path, world)
    first = api.post(GUESTS, json=GUEST).json()["Value"]["Id"]
    second = api.post(GUESTS, json=GUEST).json()["Value"]["Id"]
    api.delete(f"{GUESTS}/{second}")
    loaded = load(path, clock)
    assert loaded.get(VISITORS, first) == world.get(VISITORS, first)
    assert loaded.find(VISITORS, second) is None
    assert loaded.add(VISITORS, "office", {}).id == second + 1, "an Id is never used twice"
    assert [file.name for file in tmp_path.iterdir()] == ["world.json"], "no draft is left behind"


def test_a_used_refresh_token_stays_used(tmp_path: Path, world: World, clock: Clock, anyone: httpx.Client) -> None:
    path = tmp_path / "world.json"
    keep_in(path, world)
    form = {"grant_type": "password", "username": SIGN_IN.email, "password": SIGN_IN.password}
    used = anyone.post("/api/token", data=form, headers={"client_id": "k1"}).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": used}
    assert anyone.post("/api/token", data=form, headers={"client_id": "k1"}).status_code == 200
    with SandboxServer(load(path, clock)) as restarted:
        assert httpx.post(f"{restarted.url}/api/token", data=form, headers={"client_id": "k1"}).status_code == 400


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 99}', '{"version": 1, "users": [{"id": 1}]}', "\x00"])
def test_a_file_that_holds_no_world_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "world.json"
    path.write_text(text)
    with pytest.raises(WorldFileDamaged, match=r"world\.json"):
        load(path)
