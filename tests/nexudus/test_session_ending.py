"""How a sign-in ends: refused, run out, put off, or left; and who is told of it."""

from __future__ import annotations

import logging
from datetime import timedelta

import httpx
import pytest

from kiosk.nexudus.errors import (
    SignInCause,
    SignInNeeded,
    Throttled,
    WrongSignIn,
)
from kiosk.nexudus.session import RENEWAL_PAUSE, Session, SignIn
from kiosk.nexudus.tokens import TokenFile
from tests.nexudus.office import START, WEEK, Clock, Office, refusal, session, tokens

DAY = timedelta(days=1)


async def test_a_refused_renewal_is_never_tried_again_and_a_sign_in_ends_it(
    office: Office, file: TokenFile, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    office.on_grant = refusal

    with caplog.at_level(logging.INFO):
        for _ in range(3):
            with pytest.raises(SignInNeeded) as needed:
                await ours.replace("access-0")
        assert needed.value.cause is SignInCause.REFRESH_REFUSED
        assert len(office.asked) == 1
        assert await ours.state() is SignIn.ENDING

        office.on_grant = None
        await ours.sign_in("kiosk@example.org", "right")
        assert await ours.access_token() == "access-1"
        assert await ours.state() is SignIn.IN

    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


async def test_a_token_that_lives_is_used_on_after_its_renewal_was_refused(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    office.on_grant = refusal

    clock.now = START + DAY
    assert await ours.access_token() == "access-0"
    clock.now = START + WEEK - timedelta(seconds=1)
    assert await ours.access_token() == "access-0"
    assert await ours.state() is SignIn.ENDING
    clock.now = START + WEEK
    with pytest.raises(SignInNeeded):
        await ours.access_token()
    assert await ours.state() is SignIn.ENDED
    assert len(office.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(503), httpx.Response(400, html="<p>portal</p>"), httpx.Response(429)],
    ids=["503", "page", "429"],
)
async def test_a_renewal_that_fails_is_put_off_while_the_token_lives(
    office: Office, file: TokenFile, clock: Clock, answer: httpx.Response
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    office.on_grant = lambda _request: answer
    clock.now = START + DAY

    assert await ours.access_token() == "access-0"
    assert await ours.access_token() == "access-0"
    assert len(office.asked) == 1, "it rests a while"

    clock.now += RENEWAL_PAUSE
    office.on_grant = None
    assert await ours.access_token() == "access-1"


async def test_a_renewal_that_fails_is_told_once_the_token_has_run_out(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    office.on_grant = lambda _request: httpx.Response(429, headers={"Retry-After": "4"})
    clock.now = START + WEEK

    with pytest.raises(Throttled) as throttled:
        await ours.access_token()

    assert throttled.value.wait_seconds == 4.0


async def test_a_sign_in_by_another_process_is_found_before_the_session_is_called_ended(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    assert await ours.access_token() == "access-0"

    await session(office, file, clock).sign_in("kiosk@example.org", "right")

    assert await ours.replace("access-0") == "access-1"


async def test_a_sign_in_by_another_process_ends_a_refused_session(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    office.on_grant = refusal
    with pytest.raises(SignInNeeded):
        await ours.replace("access-0")

    office.on_grant = None
    await session(office, file, clock).sign_in("kiosk@example.org", "right")

    assert await ours.access_token() == "access-1"


async def test_signing_out_forgets_the_tokens_here_and_on_disk(office: Office, file: TokenFile, clock: Clock) -> None:
    ours = session(office, file, clock)
    await ours.sign_in("kiosk@example.org", "right")

    await ours.sign_out()

    assert file.load() is None
    with pytest.raises(SignInNeeded) as needed:
        await ours.access_token()
    assert needed.value.cause is SignInCause.NO_TOKENS


async def test_a_password_of_stray_bytes_is_a_wrong_one(office: Office, file: TokenFile, clock: Clock) -> None:
    with pytest.raises(WrongSignIn):
        await session(office, file, clock).sign_in("kiosk@example.org", "p\udcff")


def test_a_client_id_that_is_no_header_is_refused(office: Office, file: TokenFile, clock: Clock) -> None:
    with pytest.raises(ValueError, match="client_id"):
        Session(office.wire(), file, "guid\r\nX: y", clock)


async def test_staff_are_told_until_when_a_sign_in_works_that_is_not_renewed_any_more(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    office.on_grant = refusal
    clock.now = START + DAY
    assert ours.ending() is None

    await ours.access_token()

    ending = ours.ending()
    assert ending is not None
    assert ending.at == START + WEEK
    assert "password" in ending.staff
    assert "kiosk setup" in ending.staff
    assert "It said: The user name or password is incorrect." in ending.staff
    clock.now = START + WEEK
    assert ours.ending() is None, "it has ended"


async def test_a_sign_in_that_could_not_be_renewed_for_15_days_is_told_from_one_that_was_revoked(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    office.on_grant = refusal
    clock.now = START + timedelta(days=15)

    for _ in range(2):
        with pytest.raises(SignInNeeded) as needed:
            await ours.access_token()
        assert needed.value.cause is SignInCause.NOT_RENEWED_IN_TIME
    assert "15 days" in needed.value.staff
    assert "kiosk setup" in needed.value.staff
    assert len(office.asked) == 1


async def test_a_sign_in_that_was_not_renewed_for_long_ends_five_days_later(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    await ours.access_token()

    clock.now = START + timedelta(days=10) - timedelta(seconds=1)
    assert (ours.ending(), await ours.state()) == (None, SignIn.IN)
    clock.now += timedelta(seconds=1)
    ending = ours.ending()
    assert ending is not None
    assert ending.at == START + timedelta(days=15)
    assert "2026-03-17" in ending.staff
    assert await ours.state() is SignIn.ENDING

    await ours.access_token()  # the connection is back
    assert (ours.ending(), await ours.state()) == (None, SignIn.IN)
