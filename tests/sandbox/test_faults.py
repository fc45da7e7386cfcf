"""Trouble on demand, as the client meets it."""

from __future__ import annotations

import threading
from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from kiosk.sandbox.entities import CHECKINS
from kiosk.sandbox.faults import ALWAYS, Answers, Throttle
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.sandbox.conftest import Clock
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


def test_each_next_write_is_dropped_until_it_is_switched_off(api: httpx.Client, world: World) -> None:
    world.faults.drop_before_commit = ALWAYS
    for _ in range(3):
        with pytest.raises(httpx.RemoteProtocolError):
            api.post(PATH, json=MORNING)
    world.faults.drop_before_commit = 0
    assert api.post(PATH, json=MORNING).status_code == 200


def test_a_write_that_is_late_is_cut_off_and_carried_out_when_the_services_clock_says_so(
    api: httpx.Client, world: World, clock: Clock
) -> None:
    changed = threading.Event()
    world.on_change = changed.set
    world.faults.late_seconds = 60
    with pytest.raises(httpx.RemoteProtocolError):
        api.post(PATH, json=MORNING)
    assert of_zoe(world) == [], "its client gave up, and nothing has happened yet"
    clock.advance(seconds=60)
    assert changed.wait(10)
    assert len(of_zoe(world)) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_service_that_is_down_answers_everything_alike(api: httpx.Client, world: World, status: int) -> None:
    world.faults.fail_with = status
    answers = api.get(PATH), api.post(PATH, json=MORNING), api.post("/api/token", data={"grant_type": "password"})
    assert [answer.status_code for answer in answers] == [status] * 3
    assert of_zoe(world) == []


@pytest.mark.parametrize("status", [200, 502])
def test_a_web_page_stands_in_for_the_service(api: httpx.Client, world: World, status: int) -> None:
    world.faults.web_page_with = status
    answer = api.post(PATH, json=MORNING)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert of_zoe(world) == []


def test_an_answer_that_is_cut_short_tells_of_something_that_was_done(api: httpx.Client, world: World) -> None:
    world.faults.answers = Answers.CUT
    with pytest.raises(httpx.RemoteProtocolError, match="complete message"):
        api.post(PATH, json=MORNING)
    assert len(of_zoe(world)) == 1
    with pytest.raises(httpx.RemoteProtocolError, match="complete message"):
        api.get(PATH)


def test_whoever_is_throttled_is_told_for_how_long(api: httpx.Client, world: World) -> None:
    world.faults.throttle = Throttle(409, 7)
    answer = api.get(PATH)
    assert (answer.status_code, answer.headers["Retry-After"], answer.content) == (409, "7", b"")
    world.faults.throttle = Throttle(429, 2.5)
    answer = api.get(PATH)
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, False)
    assert "Wait 2.5 seconds" in answer.text


def test_a_wrong_clock_shows_in_the_date_and_nowhere_else(api: httpx.Client, world: World, clock: Clock) -> None:
    world.faults.date_offset_seconds = -3600
    made = api.post(PATH, json=MORNING)
    assert parsedate_to_datetime(made.headers["Date"]) == clock().replace(microsecond=0) - timedelta(hours=1)
    assert made.json()["UpdatedOn"].startswith(f"{clock():%Y-%m-%dT%H:%M}")


def renewed(client: httpx.Client, refresh_token: str) -> httpx.Response:
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    return client.post("/api/token", data=form, headers={"client_id": SIGN_IN.email})


def granted(client: httpx.Client) -> dict[str, str]:
    form = {"grant_type": "password", "username": SIGN_IN.email, "password": SIGN_IN.password}
    pair: dict[str, str] = client.post("/api/token", data=form).json()
    client.headers["Authorization"] = f"Bearer {pair['access_token']}"
    return pair


def test_a_token_that_has_run_out_can_be_renewed(anyone: httpx.Client, world: World) -> None:
    pair = granted(anyone)
    world.expire_access_tokens()
    assert anyone.get(PATH).status_code == 401
    token = renewed(anyone, pair["refresh_token"]).json()["access_token"]
    assert anyone.get(PATH, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_a_revoked_token_is_not_renewed_while_its_twin_lives_on(anyone: httpx.Client, world: World) -> None:
    pair = granted(anyone)
    world.revoke_refresh_tokens()
    assert renewed(anyone, pair["refresh_token"]).json() == {"error": "invalid_grant"}
    assert anyone.get(PATH).status_code == 200
    assert renewed(anyone, granted(anyone)["refresh_token"]).status_code == 200, "a new sign-in is good"
