"""Which rights the account has: against the simulated service over HTTP, and against answers that it never gives."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from kiosk.nexudus import rights
from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.permissions import ESSENTIAL, WITHOUT, Permission, PermissionTrial, Standing, Trying
from kiosk.nexudus.rights import NEEDED_RIGHTS, Right
from kiosk.nexudus.session import Session
from kiosk.nexudus.tokens import TokenFile
from kiosk.nexudus.wire import Wire
from kiosk.sandbox.entities import ENTITIES
from kiosk.sandbox.schema import Record
from kiosk.sandbox.seed import SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from tests.nexudus.office import Answering, Office, done, listing, refusal

CHECKINS = "/api/spaces/checkins"


@pytest.fixture
def world() -> World:
    return seeded_world()


@pytest.fixture
def server(world: World) -> Iterator[SandboxServer]:
    with SandboxServer(world) as server:
        yield server


@pytest.fixture
async def kiosk(server: SandboxServer, tmp_path: Path) -> AsyncIterator[NexudusClient]:
    """A client that is signed in at the simulated service."""
    wire = Wire(server.url)
    client = NexudusClient(wire, Session(wire, TokenFile(tmp_path / "tokens"), "guid", lambda: datetime.now(UTC)))
    await client.session.sign_in(SIGN_IN.email, SIGN_IN.password)
    yield client
    await client.aclose()


async def tried(client: NexudusClient, *wanted: Right) -> list[Permission]:
    """The permissions, by a trial that does not sleep."""

    async def no_sleep(_seconds: float) -> None:
        return

    return await PermissionTrial(client, sleep=no_sleep).run(wanted or NEEDED_RIGHTS)


def everything(world: World) -> list[list[Record]]:
    return [[Record(row) for row in world.rows(entity)] for entity in ENTITIES]


async def test_an_account_with_all_rights_is_told_so(kiosk: NexudusClient) -> None:
    assert {(permission.right, permission.standing) for permission in await tried(kiosk)} == {
        (right, Standing.GRANTED) for right in NEEDED_RIGHTS
    }


async def test_trying_the_rights_changes_nothing_at_nexudus(kiosk: NexudusClient, world: World) -> None:
    before = everything(world)

    assert await tried(kiosk)

    assert everything(world) == before


async def test_where_only_reading_is_tried_no_write_is_sent(office: Office, client: NexudusClient) -> None:
    office.answers[CHECKINS] = lambda _request: listing([])
    wanted = (rights.CHECKIN_LIST, rights.CHECKIN_CREATE, rights.CHECKIN_EDIT, rights.CHECKIN_DELETE)

    found = await PermissionTrial(client, Trying.READING).run(wanted)

    assert [one.standing for one in found] == [Standing.GRANTED, *[Standing.UNVERIFIED] * 3]
    assert {request.method for request in office.asked} == {"GET"}
    assert "nexudus.try_writing" in found[1].why


@pytest.mark.parametrize("right", NEEDED_RIGHTS, ids=str)
async def test_one_missing_right_is_found_and_named(kiosk: NexudusClient, world: World, right: Right) -> None:
    world.deny(SIGN_IN.email, f"{right.entity}-{right.verb}")

    found = await tried(kiosk)

    assert [one.right for one in found if one.standing is Standing.MISSING] == [right]


async def test_a_record_cannot_be_tried_to_read_where_the_list_gives_none(kiosk: NexudusClient, world: World) -> None:
    world.deny(SIGN_IN.email, "Visitor-List")

    found = {one.right: one for one in await tried(kiosk)}

    assert found[rights.VISITOR_READ].standing is Standing.UNVERIFIED
    assert "no record" in found[rights.VISITOR_READ].why


async def test_without_a_line_nothing_is_verified_and_nothing_is_raised(
    kiosk: NexudusClient, server: SandboxServer
) -> None:
    server.stop()

    found = await tried(kiosk)

    assert {one.standing for one in found} == {Standing.UNVERIFIED}
    assert all("Nexudus cannot be reached" in one.why for one in found)


async def test_a_sign_in_that_is_over_is_no_missing_right(kiosk: NexudusClient, world: World) -> None:
    world.reset_password(SIGN_IN.email, "another")

    found = await tried(kiosk)

    assert {one.standing for one in found} == {Standing.UNVERIFIED}
    assert all("kiosk setup" in one.why for one in found)


def invalid(_request: httpx.Request) -> httpx.Response:
    errors = [{"PropertyName": "Business", "Message": "is a required field", "AttemptedValue": None}]
    body = {"Status": 500, "WasSuccessful": False, "Message": "Business: is a required field", "Errors": errors}
    return httpx.Response(400, json=body)


ODD_ANSWERS: dict[str, tuple[Answering, Standing, str]] = {
    "invalid, as documented": (invalid, Standing.GRANTED, ""),
    "refused inside a 200": (
        lambda _: httpx.Response(200, json={"WasSuccessful": False, "Message": "Business: is required"}),
        Standing.GRANTED,
        "",
    ),
    "forbidden in words of its own": (lambda _: httpx.Response(403, json={}), Standing.MISSING, ""),
    "stopped by a network's page": (
        lambda _: httpx.Response(403, html="<html>Log in</html>"),
        Standing.UNVERIFIED,
        "Something other than Nexudus",
    ),
    "refused without a reason": (
        lambda _: httpx.Response(400, json={"WasSuccessful": False, "Message": "Ooops! There was a problem"}),
        Standing.UNVERIFIED,
        "without a reason",
    ),
    "refused without a word": (lambda _: httpx.Response(400, json={}), Standing.UNVERIFIED, "without a reason"),
    "no such call": (lambda _: httpx.Response(404, json="Not found"), Standing.UNVERIFIED, "does not know this call"),
    "no such verb": (
        lambda _: httpx.Response(405, json={"Message": "The requested resource does not support POST."}),
        Standing.UNVERIFIED,
        "does not know this call",
    ),
    "broken": (lambda _: httpx.Response(500), Standing.UNVERIFIED, "no usable answer"),
    "busy for an hour": (
        lambda _: httpx.Response(429, json={}, headers={"Retry-After": "3600"}),
        Standing.UNVERIFIED,
        "wait 3600 seconds",
    ),
    "taken, against all documentation": (lambda _: done(77), Standing.GRANTED, "record 77"),
}


@pytest.mark.parametrize("answer", ODD_ANSWERS)
async def test_what_each_answer_to_an_empty_create_tells(office: Office, client: NexudusClient, answer: str) -> None:
    office.answers[CHECKINS], standing, why = ODD_ANSWERS[answer]

    (found,) = await tried(client, rights.CHECKIN_CREATE)

    assert found.standing is standing
    assert why in found.why


async def test_a_change_of_a_record_that_is_not_there_is_refused_as_such_only_where_the_list_is_known(
    office: Office, client: NexudusClient
) -> None:
    office.answers[CHECKINS] = lambda request: (
        listing([{"Id": 1}]) if request.method == "GET" else httpx.Response(404, json="Not found")
    )

    (alone,) = await tried(client, rights.CHECKIN_EDIT)
    _, after_the_list = await tried(client, rights.CHECKIN_LIST, rights.CHECKIN_EDIT)

    assert (alone.standing, after_the_list.standing) == (Standing.UNVERIFIED, Standing.GRANTED)


async def test_a_busy_nexudus_is_asked_once_more_after_its_wait(office: Office, client: NexudusClient) -> None:
    waits = iter([httpx.Response(429, json={"Message": "Wait 2 seconds"})])
    office.answers[CHECKINS] = lambda request: next(waits, None) or invalid(request)

    (found,) = await tried(client, rights.CHECKIN_CREATE)

    assert found.standing is Standing.GRANTED


async def test_a_right_of_an_entity_that_nobody_knows_how_to_try_is_not_verified(client: NexudusClient) -> None:
    (found,) = await tried(client, Right("Proposal", "List"))

    assert found.standing is Standing.UNVERIFIED
    assert found.without


async def test_the_missing_right_is_told_apart_from_a_session_that_cannot_be_renewed(
    office: Office, client: NexudusClient
) -> None:
    office.answers[CHECKINS] = lambda _request: httpx.Response(401)
    office.on_grant = refusal

    (found,) = await tried(client, rights.CHECKIN_CREATE)

    assert found.standing is Standing.MISSING


def test_every_needed_right_says_what_stops_without_it() -> None:
    assert set(NEEDED_RIGHTS) <= set(WITHOUT)


def test_every_essential_right_is_a_needed_one() -> None:
    assert set(NEEDED_RIGHTS) > ESSENTIAL
