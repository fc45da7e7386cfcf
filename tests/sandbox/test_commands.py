"""Commands on visitors over HTTP: which there are, and what they do."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from kiosk.sandbox.commands import CHECK_IN, CHECK_OUT
from kiosk.sandbox.entities import VISITORS
from kiosk.sandbox.names import VISITORS as GUESTS
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import SIGN_IN
from kiosk.sandbox.seed_visitors import AWAITING_HOST
from kiosk.sandbox.world import VisitorCommandList, World

PATH = "/api/spaces/visitors"


def offer(world: World, commands: VisitorCommandList = VisitorCommandList.OFFERED) -> None:
    world.unknowns = replace(world.unknowns, visitor_commands=commands)


def visit(world: World, name: str) -> Record:
    return next(row for row in world.rows(VISITORS) if row.text("FullName") == name)


def run(api: httpx.Client, key: str, *ids: int) -> httpx.Response:
    return api.post(f"{PATH}/runcommand", json={"Key": key, "Ids": list(ids), "Parameters": []})


def test_no_command_is_listed_or_run_unless_it_is_switched_on(api: httpx.Client, world: World) -> None:
    assert api.get(f"{PATH}/commands").json() == []
    assert run(api, CHECK_IN, visit(world, GUESTS[1]).id).status_code == 404


def test_a_visitor_is_checked_in_and_out_at_the_services_own_time(api: httpx.Client, world: World) -> None:
    offer(world)
    assert {command["Key"] for command in api.get(f"{PATH}/commands").json()} >= {CHECK_IN, CHECK_OUT}
    number = visit(world, GUESTS[1]).id
    assert run(api, CHECK_IN, number).json()["WasSuccessful"]
    came = visit(world, GUESTS[1])
    assert (came.flag("Arrived"), came.text("CheckedInAt")) == (True, "Harbour Works")
    assert run(api, CHECK_OUT, number).json()["WasSuccessful"]
    assert visit(world, GUESTS[1]).moment("DepartureDate") is not None


def test_what_the_host_has_not_approved_fails_and_yet_answers_200(api: httpx.Client, world: World) -> None:
    offer(world)
    answer = run(api, CHECK_IN, visit(world, AWAITING_HOST).id)
    assert (answer.status_code, answer.json()["WasSuccessful"]) == (200, False)
    assert not visit(world, AWAITING_HOST).flag("Arrived")


def test_a_command_that_is_idle_says_that_it_was_done(api: httpx.Client, world: World) -> None:
    offer(world, VisitorCommandList.IDLE)
    assert run(api, CHECK_IN, visit(world, GUESTS[1]).id).json()["WasSuccessful"]
    assert not visit(world, GUESTS[1]).flag("Arrived")


@pytest.mark.parametrize("body", [{"Ids": [5]}, {"Key": CHECK_IN}, {"Key": "NO_SUCH", "Ids": [5]}])
def test_a_command_that_makes_no_sense_is_refused(api: httpx.Client, world: World, body: dict[str, object]) -> None:
    offer(world)
    assert api.post(f"{PATH}/runcommand", json=body).status_code == 400


def test_a_visitor_that_is_not_there_is_not_found(api: httpx.Client, world: World) -> None:
    offer(world)
    assert run(api, CHECK_IN, 5).status_code == 404


def test_a_command_needs_the_right_to_edit(api: httpx.Client, world: World) -> None:
    offer(world)
    world.deny(SIGN_IN.email, "Visitor-Edit")
    assert run(api, CHECK_IN, visit(world, GUESTS[1]).id).status_code == 401
