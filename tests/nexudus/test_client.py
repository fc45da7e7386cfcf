from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.errors import (
    NeverSent,
    NoAnswer,
    NotFound,
    NotNexudus,
    Refused,
    RoleMissing,
    SignInCause,
    SignInNeeded,
    Throttled,
    Unreached,
)
from kiosk.nexudus.rights import CHECKIN_CREATE
from kiosk.nexudus.session import SignIn
from kiosk.nexudus.tokens import TokenFile
from tests.nexudus.office import RIGHT, START, WEEK, Clock, Office, body_of, done, refusal, tokens

LIST = "/api/spaces/coworkers"
CHECKINS = "/api/spaces/checkins"


def unauthorised(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(401)


async def test_a_call_carries_the_bearer_token(client: NexudusClient, office: Office) -> None:
    office.answers[LIST] = lambda _request: httpx.Response(200, json=[{"Id": 1}])

    assert await client.get(LIST, {"size": 1}, right=RIGHT) == [{"Id": 1}]

    (asked,) = office.asked
    assert asked.headers["Authorization"] == "Bearer access-0"
    assert asked.url.query == b"size=1"


async def test_a_dead_token_is_renewed_and_the_call_sent_again_unchanged(
    client: NexudusClient, office: Office, file: TokenFile
) -> None:
    office.accepted = "another"

    def on_disk_first(_request: httpx.Request) -> httpx.Response:
        assert file.load() == tokens(1), "the new pair is used before it is on disk"
        return done(5)

    office.answers[CHECKINS] = on_disk_first

    assert await client.create(CHECKINS, {"CoworkerId": 1}, right=RIGHT) == 5

    assert office.paths() == [CHECKINS, "/api/token", CHECKINS]
    assert body_of(office.asked[0]) == body_of(office.asked[2]) == {"CoworkerId": 1}


async def test_a_401_while_the_account_is_fine_is_a_missing_right(client: NexudusClient, office: Office) -> None:
    office.answers[CHECKINS] = unauthorised

    with pytest.raises(RoleMissing) as missing:
        await client.create(CHECKINS, {}, right=CHECKIN_CREATE)

    assert missing.value.right == CHECKIN_CREATE
    assert office.paths() == [CHECKINS, "/api/token", CHECKINS, "/api/auth/me"]


async def test_the_next_missing_right_does_not_spend_another_refresh_token(
    client: NexudusClient, office: Office
) -> None:
    office.answers[CHECKINS] = unauthorised

    for _ in range(3):
        with pytest.raises(RoleMissing):
            await client.create(CHECKINS, {}, right=CHECKIN_CREATE)

    assert office.issued == 1


async def test_a_token_that_dies_after_a_missing_right_is_renewed_all_the_same(
    client: NexudusClient, office: Office
) -> None:
    office.answers[CHECKINS] = unauthorised
    office.answers[LIST] = lambda _request: httpx.Response(200, json=[])
    with pytest.raises(RoleMissing):
        await client.create(CHECKINS, {}, right=CHECKIN_CREATE)

    office.accepted = "another"

    assert await client.get(LIST, right=RIGHT) == []


async def test_a_403_while_the_account_is_fine_is_a_missing_right_without_a_renewal(
    client: NexudusClient, office: Office
) -> None:
    office.answers[LIST] = lambda _request: httpx.Response(403, json={"Message": "Forbidden"})

    with pytest.raises(RoleMissing):
        await client.get(LIST, right=RIGHT)

    assert office.issued == 0


async def test_a_token_rejected_everywhere_after_a_renewal_needs_a_sign_in(
    client: NexudusClient, office: Office
) -> None:
    office.answers[LIST] = office.on_me = unauthorised

    with pytest.raises(SignInNeeded) as needed:
        await client.get(LIST, right=RIGHT)

    assert needed.value.cause is SignInCause.REJECTED


async def test_a_dead_token_whose_renewal_is_refused_needs_a_sign_in_and_bothers_nobody_until_then(
    client: NexudusClient, office: Office
) -> None:
    office.accepted = None
    office.on_grant = refusal

    for _ in range(3):
        with pytest.raises(SignInNeeded) as needed:
            await client.get(LIST, right=RIGHT)

    assert needed.value.cause is SignInCause.REFRESH_REFUSED
    assert office.paths() == [LIST, "/api/token", "/api/auth/me"]
    assert await client.session.state() is SignIn.ENDED

    office.on_grant = None
    office.answers[LIST] = lambda _request: httpx.Response(200, json=[])
    await client.session.sign_in("kiosk@example.org", "right")
    assert await client.get(LIST, right=RIGHT) == []


async def test_a_missing_right_is_still_told_when_the_session_cannot_be_renewed(
    client: NexudusClient, office: Office
) -> None:
    office.answers[LIST] = unauthorised
    office.on_grant = refusal

    with pytest.raises(RoleMissing):
        await client.get(LIST, right=RIGHT)


async def test_an_account_page_that_is_not_there_does_not_hide_a_missing_right(
    client: NexudusClient, office: Office
) -> None:
    office.answers[LIST] = unauthorised
    office.on_me = lambda _request: httpx.Response(404, json="Not found")

    with pytest.raises(RoleMissing):
        await client.get(LIST, right=RIGHT)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(502), Unreached.SIGN_IN),
        (httpx.Response(405), Unreached.PORTAL),
        (httpx.Response(302), Unreached.PORTAL),
    ],
    ids=["502", "405", "302"],
)
async def test_a_write_whose_token_could_not_be_renewed_was_never_sent(
    client: NexudusClient, office: Office, clock: Clock, answer: httpx.Response, reason: Unreached
) -> None:
    office.accepted = None
    office.on_grant = lambda _request: answer

    for age in (timedelta(0), WEEK):
        clock.now = START + age
        with pytest.raises(NeverSent) as never:
            await client.create(CHECKINS, {}, right=CHECKIN_CREATE)
        assert never.value.reason is reason

    assert office.paths() == [CHECKINS, "/api/token", "/api/token"], "a token that has run out is not even tried"


async def test_a_denied_write_was_never_carried_out_even_if_the_account_cannot_be_asked(
    client: NexudusClient, office: Office
) -> None:
    office.answers[CHECKINS] = unauthorised
    office.on_me = lambda _request: httpx.Response(503)

    with pytest.raises(NeverSent):
        await client.create(CHECKINS, {}, right=CHECKIN_CREATE)


async def test_a_portal_that_denies_with_a_page_is_not_nexudus(client: NexudusClient, office: Office) -> None:
    office.answers[LIST] = lambda _request: httpx.Response(403, html="<h1>Blocked</h1>")

    with pytest.raises(NotNexudus):
        await client.get(LIST, right=RIGHT)


async def test_a_throttled_write_waits(client: NexudusClient, office: Office) -> None:
    office.answers[CHECKINS] = lambda _request: httpx.Response(409, headers={"Retry-After": "2"})

    with pytest.raises(Throttled) as throttled:
        await client.create(CHECKINS, {}, right=CHECKIN_CREATE)

    assert throttled.value.wait_seconds == 2.0


async def test_a_200_that_says_it_failed_is_a_refusal_with_its_reason(client: NexudusClient, office: Office) -> None:
    said = {"Status": 500, "Message": "Jo does not have a valid time pass", "WasSuccessful": False, "Errors": None}
    office.answers[CHECKINS] = lambda _request: httpx.Response(200, json=said)

    with pytest.raises(Refused) as refused:
        await client.create(CHECKINS, {}, right=CHECKIN_CREATE)

    assert (refused.value.status, refused.value.message) == (200, "Jo does not have a valid time pass")


@pytest.mark.parametrize("body", [{"Status": 200}, [], "Done", {"WasSuccessful": True, "Value": None}], ids=repr)
async def test_a_create_whose_answer_does_not_say_what_happened_may_have_been_carried_out(
    client: NexudusClient, office: Office, body: object
) -> None:
    office.answers[CHECKINS] = lambda _request: httpx.Response(200, json=body)

    with pytest.raises(NoAnswer):
        await client.create(CHECKINS, {}, right=CHECKIN_CREATE)


async def test_an_update_carries_its_id_in_the_body_and_a_deletion_in_the_path(
    client: NexudusClient, office: Office
) -> None:
    office.answers[CHECKINS] = lambda _request: done(7)
    office.answers[f"{CHECKINS}/7"] = lambda _request: done()

    await client.update(CHECKINS, {"Id": 7}, right=RIGHT)
    await client.delete(CHECKINS, 7, right=RIGHT)

    assert [(asked.method, asked.url.path) for asked in office.asked] == [
        ("PUT", CHECKINS),
        ("DELETE", f"{CHECKINS}/7"),
    ]


async def test_a_deletion_of_what_is_gone_says_so(client: NexudusClient, office: Office) -> None:
    office.answers[f"{CHECKINS}/7"] = lambda _request: httpx.Response(404, json="Not found")

    with pytest.raises(NotFound):
        await client.delete(CHECKINS, 7, right=RIGHT)


async def test_the_account_page_renews_a_dead_token_too(client: NexudusClient, office: Office) -> None:
    office.accepted = "another"

    assert (await client.me()).id == 1


async def test_the_servers_time_is_at_hand(client: NexudusClient, office: Office) -> None:
    dated = {"Date": "Mon, 02 Mar 2026 09:00:05 GMT"}
    office.answers[LIST] = lambda _request: httpx.Response(200, json=[], headers=dated)

    await client.get(LIST, right=RIGHT)

    assert client.last_date is not None
    assert client.last_date[0].isoformat() == "2026-03-02T09:00:05+00:00"
