from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from kiosk.nexudus.errors import (
    NeverSent,
    NoAnswer,
    NotNexudus,
    SignInNeeded,
    Unreached,
    WrongSignIn,
)
from kiosk.nexudus.session import RENEWAL_PAUSE, SignIn
from kiosk.nexudus.tokens import TokenFile, Tokens
from tests.nexudus.office import START, WEEK, Clock, Office, form_of, refusal, session, tokens

DAY = timedelta(days=1)


class SlowFile(TokenFile):
    """A card that takes its time: `save` waits until the test lets it go on."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.entered = threading.Event()
        self.released = threading.Event()
        self.finished = threading.Event()

    def save(self, tokens: Tokens) -> None:
        self.entered.set()
        assert self.released.wait(10)
        super().save(tokens)
        self.finished.set()


class FullFile(TokenFile):
    """A card that is full until the test frees space."""

    full = True

    def save(self, tokens: Tokens) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        super().save(tokens)


async def turns() -> None:
    """Let everything run that can."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_a_sign_in_is_a_form_with_the_kiosks_own_client_id_as_a_header(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    ours = session(office, file, clock)
    assert await ours.state() is SignIn.OUT

    await ours.sign_in("kiosk@example.org", "S3cur3 P@ss", "482910")

    (asked,) = office.asked
    assert form_of(asked) == {
        "grant_type": "password",
        "username": "kiosk@example.org",
        "password": "S3cur3 P@ss",
        "totp": "482910",
    }
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked.headers["client_id"] == "kiosk-guid"
    assert await ours.access_token() == "access-1"
    assert file.load() == tokens(1)
    assert await ours.state() is SignIn.IN
    assert await ours.email() == "kiosk@example.org"


async def test_a_refused_password_is_told_and_never_sent_again_by_itself(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    ours = session(office, file, clock)
    office.on_grant = refusal

    with pytest.raises(WrongSignIn) as wrong:
        await ours.sign_in("kiosk@example.org", "guess")
    with pytest.raises(SignInNeeded):
        await ours.access_token()

    assert "The user name or password is incorrect." in wrong.value.staff
    assert len(office.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(405),
        httpx.Response(400, html="<p>Welcome to our guest network</p>"),
        httpx.Response(200, html="<p>Welcome to our guest network</p>"),
        httpx.Response(302, headers={"Location": "https://portal.test/"}),
    ],
    ids=["405", "400 page", "200 page", "302"],
)
async def test_a_place_that_issues_no_tokens_is_not_nexudus(
    office: Office, file: TokenFile, clock: Clock, answer: httpx.Response
) -> None:
    office.on_grant = lambda _request: answer

    with pytest.raises(NotNexudus):
        await session(office, file, clock).sign_in("kiosk@example.org", "right")


@pytest.mark.parametrize("change", [{"expires_in": 0}, {"expires_in": 1e300}, {"access_token": "a\r\nX: y"}])
async def test_a_grant_that_cannot_be_used_is_no_answer(
    office: Office, file: TokenFile, clock: Clock, change: dict[str, object]
) -> None:
    whole = {"access_token": "a", "refresh_token": "r", "expires_in": 60}
    office.on_grant = lambda _request: httpx.Response(200, json=whole | change)

    with pytest.raises(NoAnswer):
        await session(office, file, clock).sign_in("kiosk@example.org", "right")


async def test_a_pair_is_renewed_with_the_client_id_it_was_issued_to(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(Tokens.model_validate(tokens(0).model_dump() | {"client_id": "older-guid"}))
    ours = session(office, file, clock)

    clock.now = START + DAY
    assert await ours.access_token() == "access-1"

    (asked,) = office.asked
    assert form_of(asked) == {"grant_type": "refresh_token", "refresh_token": "refresh-0"}
    assert asked.headers["client_id"] == "older-guid"


async def test_two_callers_share_one_renewal(office: Office, file: TokenFile, clock: Clock) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    clock.now = START + DAY

    assert await asyncio.gather(*(ours.access_token() for _ in range(5))) == ["access-1"] * 5
    assert len(office.asked) == 1


async def test_callers_who_met_the_same_rejected_token_share_one_renewal(
    office: Office, file: TokenFile, clock: Clock
) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)

    assert await asyncio.gather(*(ours.replace("access-0") for _ in range(5))) == ["access-1"] * 5
    assert await ours.replace("access-0") == "access-1"
    assert len(office.asked) == 1


async def test_callers_whose_renewal_fails_share_the_failure(office: Office, file: TokenFile, clock: Clock) -> None:
    file.save(tokens(0))
    ours = session(office, file, clock)
    office.on_grant = lambda _request: httpx.Response(503)
    clock.now = START + WEEK

    found = await asyncio.gather(*(ours.access_token() for _ in range(5)), return_exceptions=True)

    assert {type(error) for error in found} == {NoAnswer}
    assert len(office.asked) == 1


async def test_a_renewal_that_waited_for_a_sign_in_does_not_spend_the_old_pair(
    office: Office, tmp_path: Path, clock: Clock
) -> None:
    file = SlowFile(tmp_path / "tokens.json")
    TokenFile(tmp_path / "tokens.json").save(tokens(0))
    ours = session(office, file, clock)
    assert await ours.access_token() == "access-0"

    signing_in = asyncio.create_task(ours.sign_in("kiosk@example.org", "right"))
    assert await asyncio.to_thread(file.entered.wait, 10)
    waiting = asyncio.create_task(ours.replace("access-0"))
    await turns()
    file.released.set()

    assert await waiting == "access-1"
    await signing_in
    assert len(office.asked) == 1


async def test_a_sign_in_that_staff_leave_is_finished(office: Office, tmp_path: Path, clock: Clock) -> None:
    file = SlowFile(tmp_path / "tokens.json")
    ours = session(office, file, clock)

    leaving = asyncio.create_task(ours.sign_in("kiosk@example.org", "right"))
    assert await asyncio.to_thread(file.entered.wait, 10)
    leaving.cancel()
    file.released.set()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    await ours.aclose()

    assert await asyncio.to_thread(file.finished.wait, 10)
    file.clear()
    assert await ours.access_token() == "access-1", "known without the file as well"


async def test_a_new_token_is_on_disk_before_anybody_gets_it(office: Office, tmp_path: Path, clock: Clock) -> None:
    file = SlowFile(tmp_path / "tokens.json")
    TokenFile(tmp_path / "tokens.json").save(tokens(0))
    ours = session(office, file, clock)
    clock.now = START + DAY

    owner = asyncio.create_task(ours.access_token())
    assert await asyncio.to_thread(file.entered.wait, 10)
    latecomer = asyncio.create_task(ours.access_token())
    await turns()

    assert file.load() == tokens(0)
    assert not owner.done()
    assert not latecomer.done()

    file.released.set()
    assert [await owner, await latecomer] == ["access-1"] * 2
    assert file.load() == tokens(1, START + DAY)


async def test_a_caller_who_gives_up_does_not_lose_the_new_pair(office: Office, tmp_path: Path, clock: Clock) -> None:
    file = SlowFile(tmp_path / "tokens.json")
    TokenFile(tmp_path / "tokens.json").save(tokens(0))
    ours = session(office, file, clock)
    clock.now = START + DAY

    hasty = asyncio.create_task(ours.access_token())
    assert await asyncio.to_thread(file.entered.wait, 10)
    hasty.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hasty
    file.released.set()
    await ours.aclose()

    assert file.load() == tokens(1, START + DAY)
    assert await ours.access_token() == "access-1"
    assert len(office.asked) == 1


async def test_a_pair_that_cannot_be_written_is_kept_and_written_later(
    office: Office, tmp_path: Path, clock: Clock
) -> None:
    file = FullFile(tmp_path / "tokens.json")
    TokenFile(tmp_path / "tokens.json").save(tokens(0))
    ours = session(office, file, clock)

    with pytest.raises(NeverSent) as never:
        await ours.replace("access-0")
    assert never.value.reason is Unreached.STORAGE

    assert await ours.access_token() == "access-0", "the old one is used on"
    clock.now += RENEWAL_PAUSE
    file.full = False
    assert await ours.access_token() == "access-1"
    assert file.load() == tokens(1)
    assert len(office.asked) == 1
