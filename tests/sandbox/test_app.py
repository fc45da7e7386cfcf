"""Paths and methods: what is served, to whom, and how the rest is turned away."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.world import World


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer abc"}])
def test_without_a_good_bearer_nothing_is_shown(anyone: httpx.Client, headers: dict[str, str]) -> None:
    for path in ("/api/auth/me", "/api/spaces/coworkers", "/api/spaces/visitors/commands", "/api/sys/businesses/1"):
        assert anyone.get(path, headers=headers).status_code == 401


def test_a_missing_role_looks_like_a_missing_sign_in(world: World, api: httpx.Client) -> None:
    world.deny(SIGN_IN.email, "Visitor-Create")
    assert api.post("/api/spaces/visitors", json={}).status_code == 401
    assert api.get("/api/spaces/visitors").status_code == 200
    assert api.get("/api/auth/me").status_code == 200


def test_paths_are_taken_in_any_case_and_with_a_slash_at_the_end(api: httpx.Client) -> None:
    plain = api.get("/api/spaces/coworkers").json()
    assert api.get("/API/Spaces/Coworkers/").json() == plain


def test_answers_are_dated_by_the_clock_of_the_world(world: World, anyone: httpx.Client) -> None:
    world.now = lambda: datetime(2026, 3, 2, 9, 15, 30, 123456, UTC)
    assert anyone.get("/api/auth/me").headers.get_list("Date") == ["Mon, 02 Mar 2026 09:15:30 GMT"]


def test_what_is_not_there_is_not_found(api: httpx.Client) -> None:
    for path in ("/api/spaces/coworkers/1", "/api/spaces/rooms", "/api/sys/businesses/getlogo/1414809999"):
        answer = api.get(path)
        assert (answer.status_code, answer.json()) == (404, "Not found")


def test_verbs_that_the_service_lacks_are_refused(api: httpx.Client) -> None:
    assert api.patch("/api/spaces/checkins", json={}).status_code == 405
    assert api.delete("/api/spaces/coworkers/1415900001").status_code == 405
    assert api.put("/api/spaces/checkins/1418700001", json={}).status_code == 405


def test_visitors_offer_no_command(api: httpx.Client) -> None:
    assert api.get("/api/spaces/visitors/commands").json() == []
    assert api.post("/api/spaces/visitors/runcommand", json={"Ids": [], "Key": "X"}).status_code in (404, 405)


def test_settings_are_texts_found_by_location_and_name(api: httpx.Client) -> None:
    name = "MobileApp.FrontDesk.Checkin.RequireEmail"
    asked: dict[str, str | int] = {"BusinessSetting_Business": 1414800002, "BusinessSetting_Name": name}
    (row,) = api.get("/api/sys/businesssettings", params=asked).json()["Records"]
    assert (row["BusinessId"], row["Name"], row["Value"]) == (1414800002, name, "True")
