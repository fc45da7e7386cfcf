"""Nothing secret in what is printed or logged, whatever happens."""

from __future__ import annotations

import logging
import traceback
from datetime import timedelta

import httpx
import pytest

from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NexudusError
from kiosk.nexudus.session import Session
from kiosk.nexudus.tokens import TokenFile
from kiosk.nexudus.wire import Call
from tests.nexudus.office import START, WEEK, Clock, Office, listing, refusal

SECRETS = ("48213", "hunter2-pass", "482910", "access-", "refresh-", "Jo Doe", "jo@acme.org")


def refused_with_a_name(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(400, json={"Message": "Jo Doe (jo@acme.org) has PIN 48213", "WasSuccessful": False})


def dropped(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("reset")


def malformed(_request: httpx.Request) -> httpx.Response:
    return listing([{"Id": "Jo Doe", "AccessPincode": "48213"}])


async def test_no_secret_is_logged_or_printed_whatever_goes_wrong(
    nexudus: Nexudus, office: Office, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    session = nexudus.client.session

    with caplog.at_level(logging.DEBUG):
        for answer in (refused_with_a_name, dropped, malformed):
            office.answers["/api/spaces/coworkers"] = answer
            try:
                said.append(repr(await nexudus.coworkers_with_pin("48213", 1)))
            except NexudusError as error:
                said += [str(error), repr(error)]
        for grant in (refusal, dropped, office.grant):
            office.on_grant = grant
            clock.now += timedelta(days=1)
            try:
                await session.access_token()
                await session.sign_in("jo@acme.org", "hunter2-pass", "482910")
            except NexudusError as error:
                said += [repr(error), *traceback.format_exception_only(error)]
        said += [repr(session), repr(nexudus), repr(vars(session)), repr(Call("POST", "/", form={"p": "hunter2-pass"}))]

    assert len(said) > 8
    printed = "\n".join(said) + caplog.text
    assert "cannot be read" in printed, "the malformed row was noticed"
    assert [secret for secret in SECRETS if secret in printed.replace("jo@acme.org'", "")] == []


async def test_a_refused_renewal_logs_no_token(
    office: Office, file: TokenFile, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    client = office.client(file, clock)
    office.on_grant = refusal
    clock.now = START + WEEK

    with caplog.at_level(logging.DEBUG), pytest.raises(NexudusError):
        await client.session.access_token()

    assert "refused to renew" in caplog.text
    assert "-0" not in caplog.text


def test_a_session_shows_no_client_id_as_it_is_printed(office: Office, file: TokenFile, clock: Clock) -> None:
    assert "kiosk-guid" not in repr(Session(office.wire(), file, "kiosk-guid", clock))
