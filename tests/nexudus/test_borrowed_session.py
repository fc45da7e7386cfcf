"""A session that looks at a kiosk's sign-in from outside, and leaves the refresh token to the kiosk."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.errors import RoleMissing, SignInCause, SignInNeeded
from kiosk.nexudus.session import Renewal, Session
from kiosk.nexudus.tokens import TokenFile
from tests.nexudus.office import RIGHT, WEEK, Clock, Office, tokens

LIST = "/api/spaces/coworkers"


@pytest.fixture
def borrowed(office: Office, file: TokenFile, clock: Clock) -> NexudusClient:
    file.save(tokens(0))
    wire = office.wire()
    return NexudusClient(wire, Session(wire, file, "kiosk-guid", clock, Renewal.LEFT_TO_THE_KIOSK))


async def test_a_token_that_is_due_is_used_as_it_is(borrowed: NexudusClient, office: Office, clock: Clock) -> None:
    clock.now += timedelta(days=2)

    assert (await borrowed.me()).id == 1

    assert "/api/token" not in office.paths()


async def test_a_token_that_has_run_out_is_not_renewed_and_the_cure_is_said(
    borrowed: NexudusClient, office: Office, clock: Clock
) -> None:
    clock.now += WEEK

    with pytest.raises(SignInNeeded, match="left to the kiosk") as caught:
        await borrowed.me()

    assert "Start the kiosk" in caught.value.staff
    assert office.paths() == []


async def test_a_rejected_token_is_not_renewed(borrowed: NexudusClient, office: Office, file: TokenFile) -> None:
    office.accepted = "another"

    with pytest.raises(SignInNeeded) as caught:
        await borrowed.me()

    assert caught.value.cause is SignInCause.NOT_RENEWED_HERE
    assert "/api/token" not in office.paths()
    assert file.load() == tokens(0)


async def test_a_missing_right_is_told_apart_without_a_renewal(borrowed: NexudusClient, office: Office) -> None:
    office.answers[LIST] = lambda _request: httpx.Response(401)

    with pytest.raises(RoleMissing):
        await borrowed.get(LIST, right=RIGHT)

    assert office.paths() == [LIST, "/api/auth/me"]


async def test_the_pair_that_the_kiosk_has_put_in_its_place_is_used(
    borrowed: NexudusClient, office: Office, file: TokenFile
) -> None:
    await borrowed.me()
    office.accepted = "access-1"
    file.save(tokens(1))

    assert (await borrowed.me()).id == 1

    assert "/api/token" not in office.paths()
