"""The kiosk's sign-in at Nexudus: one token pair, renewed before it ends, on disk before it is used (contract 1)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from kiosk.nexudus.answers import json_of, oauth_error, parse_answer
from kiosk.nexudus.assumptions import GRANT_PATH, GRANT_REFUSED_STATUSES
from kiosk.nexudus.ending import Ending, Refusal, overdue, refusal_of
from kiosk.nexudus.errors import (
    NeverSent,
    NexudusError,
    NotNexudus,
    Refused,
    SignInCause,
    SignInNeeded,
    Unreached,
    WrongSignIn,
)
from kiosk.nexudus.tokens import TokenFile, Tokens
from kiosk.nexudus.wire import Call, Carrier

logger = logging.getLogger(__name__)

T = TypeVar("T")

RENEWAL_PAUSE = timedelta(minutes=1)
"""How long a failed renewal rests while the old token is still accepted."""

_LONGEST_LIFE = 10 * 365 * 86_400  # seconds; beyond this a date overflows


def _printable(token: SecretStr) -> SecretStr:
    """Refuse what could not stand in a header."""
    text = token.get_secret_value()
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("a token of other than printable ASCII")
    return token


_Token = Annotated[SecretStr, Field(min_length=1, max_length=65_536), AfterValidator(_printable)]


class SignIn(StrEnum):
    """What can be said of the sign-in, for a status page."""

    OUT = "out"
    """Nobody is signed in, or the kept sign-in was unreadable."""
    IN = "in"
    """Signed in."""
    ENDING = "ending"
    """Calls still work, and will not for long: see `Session.ending`."""
    ENDED = "ended"
    """Nexudus refused to renew the session, and the token has run out or is rejected: staff must sign in again."""


class Renewal(StrEnum):
    """Who renews the pair. A refresh token is good once (contract 1.2), so only one process may use it."""

    HERE = "here"
    LEFT_TO_THE_KIOSK = "left to the kiosk"
    """For whoever looks at a kiosk's sign-in from outside: the kept access token is used while it lasts."""


class _Grant(BaseModel):
    """The answer of the token endpoint (contract 1.1)."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    access_token: _Token
    refresh_token: _Token
    expires_in: int = Field(gt=0, le=_LONGEST_LIFE)


class _GrantRefusedError(Exception):
    """The token endpoint said no; its argument is Nexudus's own words, cleaned."""


class Session:
    """Signs in, and hands out an access token that is good now.

    One task at a time talks to the token endpoint; everybody else waits for it. It is not cancelled with a caller
    that gave up waiting: an exchange without a record of its result would lose the session.

    Another process may sign in meanwhile (a set-up command beside a running kiosk). The file is read again before the
    session is called ended.

    Args:
        wire: The connection.
        tokens_file: Where the pair is kept.
        client_id: This kiosk's own, made once and kept: kiosks that share one cancel each other's sessions (contract
            1.2).
        clock: The time now, aware.
        renewal: Whether this session may spend the refresh token.

    Raises:
        ValueError: `client_id` could not stand in a header.
    """

    def __init__(
        self,
        wire: Carrier,
        tokens_file: TokenFile,
        client_id: str,
        clock: Callable[[], datetime],
        renewal: Renewal = Renewal.HERE,
    ) -> None:
        if not client_id or not client_id.isascii() or not client_id.isprintable():
            raise ValueError("a client_id is printable ASCII")
        self._wire = wire
        self._file = tokens_file
        self._client_id = client_id
        self._clock = clock
        self._renews = renewal is Renewal.HERE
        self._lock = asyncio.Lock()
        self._tokens: Tokens | None = None
        self._unsaved: Tokens | None = None
        self._refused: SecretStr | None = None
        self._refusal = Refusal(SignInCause.REFRESH_REFUSED)
        self._rejected: SecretStr | None = None
        self._renewal: asyncio.Task[Tokens] | None = None
        self._rest_since: datetime | None = None
        self._tasks: set[asyncio.Task[object]] = set()

    async def sign_in(self, email: str, password: str, totp: str | None = None) -> None:
        """Exchange the password for tokens, once. The password is not kept.

        Args:
            email: The account's.
            password: The account's.
            totp: The current code, where the account uses two-factor sign-in.

        Raises:
            WrongSignIn: Nexudus refused them.
            NeverSent, NoAnswer, Throttled: As for every call. `NeverSent(STORAGE)` if the tokens could not be written.
        """
        form = {"grant_type": "password", "username": email, "password": password}
        if totp:
            form["totp"] = totp
        try:
            await self._finish(self._sign_in(form, email))
        except _GrantRefusedError as refusal:
            raise WrongSignIn(str(refusal), with_totp=bool(totp)) from None

    async def take_over(self, other: Session) -> None:
        """Go on with the sign-in of another session, which must not be used any more: a pair is renewed once.

        Raises:
            SignInNeeded: It has none.
            NeverSent: The tokens could not be written.
        """
        await self._finish(self._take_over(await other._current()))

    async def sign_out(self) -> None:
        """Forget the tokens, here and on disk."""
        await self._finish(self._sign_out())

    async def access_token(self) -> str:
        """Return a token to send now, renewing the pair if it is due.

        While the old token lasts, a renewal that fails is only put off; a renewal that is refused is never tried
        again, and `state` says so.

        Raises:
            SignInNeeded: There are no tokens, or they have run out or are rejected and their renewal was refused.
            NeverSent, NoAnswer, Throttled: They have run out and could not be renewed now.
        """
        tokens = await self._current()
        now = self._clock()
        alive = self._is_alive(tokens, now)
        if self._unsaved is None and alive and not (self._renews and tokens.due(now)):
            return tokens.access_token.get_secret_value()
        if not (alive and self._resting(now)):
            try:
                tokens = await self._renewed(tokens)
            except NexudusError as error:
                if not alive:
                    raise
                if self._rest_since is None and not self._is_refused(tokens):
                    logger.warning("the session is not renewed (%s); the present token is used on", error)
                self._rest_since = now
        return tokens.access_token.get_secret_value()

    async def replace(self, rejected: str) -> str:
        """Return another token than `rejected`, which Nexudus answered with 401.

        Raises:
            SignInNeeded: The renewal was refused, now or before.
            NeverSent, NoAnswer, Throttled: It could not be had now.
        """
        tokens = await self._current()
        if tokens.access_token.get_secret_value() == rejected:
            tokens = await self._renewed(tokens)
        return tokens.access_token.get_secret_value()

    def reject(self, token: str) -> None:
        """Note that nothing accepts `token` any more: it is not handed out again, however long it should live."""
        self._rejected = SecretStr(token)

    async def state(self) -> SignIn:
        """Return what a status page should say. Reads the token file if nothing is known yet."""
        try:
            tokens = await self._current()
        except SignInNeeded:
            return SignIn.OUT
        if self.ending() is not None:
            return SignIn.ENDING
        return SignIn.ENDED if self._is_refused(tokens) else SignIn.IN

    def ending(self) -> Ending | None:
        """Return when and why the sign-in will end although calls still work, for staff to act in time; None while
        nothing is known of that. From memory, so from any thread."""
        tokens, now = self._tokens, self._clock()
        if tokens is None:
            return None
        if self._is_refused(tokens):
            return self._refusal.ending(tokens) if self._is_alive(tokens, now) else None
        return overdue(tokens, now)

    async def email(self) -> str | None:
        """Return the address of the signed-in account, or None."""
        try:
            return (await self._current()).email
        except SignInNeeded:
            return None

    async def aclose(self) -> None:
        """Wait for an exchange in flight to reach the disk."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def _current(self) -> Tokens:
        """Return the pair, looking into the file when there is none or the one known was refused."""
        if self._is_lacking():
            async with self._lock:
                if self._is_lacking() and (kept := await asyncio.to_thread(self._file.load)) is not None:
                    self._adopt(kept)
        if self._tokens is None:
            raise SignInNeeded(SignInCause.NO_TOKENS)
        return self._tokens

    async def _renewed(self, tokens: Tokens) -> Tokens:
        """Return the pair that follows `tokens`, joining the exchange that is under way if there is one."""
        if not self._renews:
            return await self._renewed_elsewhere(tokens)
        if self._renewal is None or self._renewal.done():
            self._renewal = self._start(self._renew(tokens))
        return await asyncio.shield(self._renewal)

    async def _renewed_elsewhere(self, tokens: Tokens) -> Tokens:
        """Return the pair with which the kiosk has replaced `tokens` meanwhile, if it has."""
        kept = await asyncio.to_thread(self._file.load)
        if kept is None or kept.refresh_token == tokens.refresh_token or not kept.alive(self._clock()):
            raise SignInNeeded(SignInCause.NOT_RENEWED_HERE)
        self._adopt(kept)
        return kept

    async def _renew(self, tokens: Tokens) -> Tokens:
        async with self._lock:
            if self._unsaved is not None:
                return await self._keep(self._unsaved)
            if self._tokens is not None and self._tokens.refresh_token != tokens.refresh_token:
                return self._tokens  # somebody signed in meanwhile
            if self._is_refused(tokens):
                raise self._refusal.error()
            form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh_token.get_secret_value()}
            try:
                return await self._keep(await self._exchange(form, tokens.client_id, tokens.email))
            except _GrantRefusedError as refusal:
                return await self._after_refusal(tokens, str(refusal))

    async def _after_refusal(self, tokens: Tokens, said: str) -> Tokens:
        """Return what another process signed in with, or mark the session as ended."""
        kept = await asyncio.to_thread(self._file.load)
        if kept is not None and kept.refresh_token != tokens.refresh_token:
            self._adopt(kept)
            return kept
        self._refused, self._refusal = tokens.refresh_token, refusal_of(tokens, self._clock(), said)
        logger.warning("Nexudus refused to renew the session: staff must sign in again")
        raise self._refusal.error()

    async def _sign_in(self, form: Mapping[str, str], email: str) -> None:
        async with self._lock:
            await self._keep(await self._exchange(form, self._client_id, email))

    async def _take_over(self, tokens: Tokens) -> None:
        async with self._lock:
            await self._keep(tokens)

    async def _sign_out(self) -> None:
        async with self._lock:
            await asyncio.to_thread(self._file.clear)
            self._tokens = self._unsaved = self._refused = self._rest_since = None

    async def _exchange(self, form: Mapping[str, str], client_id: str, email: str) -> Tokens:
        """Ask the token endpoint once. `client_id` is a header there, not a field (contract 1.2)."""
        asked_at = self._clock()
        call = Call("POST", GRANT_PATH, form=form, headers={"client_id": client_id})
        try:
            answer = await self._wire.exchange(call)
        except UnicodeError:
            raise _GrantRefusedError("") from None  # bytes that are no text cannot be anybody's password
        if answer.status in GRANT_REFUSED_STATUSES and (said := oauth_error(answer)) is not None:
            raise _GrantRefusedError(said)
        try:
            grant = parse_answer(_Grant, json_of(answer))
        except Refused as refused:
            raise NotNexudus(f"status {refused.status} where tokens are issued") from None
        return Tokens(
            access_token=grant.access_token,
            refresh_token=grant.refresh_token,
            obtained_at=asked_at,
            expires_at=asked_at + timedelta(seconds=grant.expires_in),
            client_id=client_id,
            email=email,
        )

    async def _keep(self, tokens: Tokens) -> Tokens:
        """Write `tokens`, then use them. Until they are written they wait in `_unsaved`: the old pair is spent."""
        self._unsaved = tokens
        try:
            await asyncio.to_thread(self._file.save, tokens)
        except OSError as error:
            raise NeverSent(Unreached.STORAGE, type(error).__name__) from error
        self._unsaved = None
        self._adopt(tokens)
        return tokens

    def _adopt(self, tokens: Tokens) -> None:
        if self._is_refused(tokens):
            return
        if self._refused is not None or self._rest_since is not None:
            logger.info("the session at Nexudus is good again")
        self._tokens, self._refused, self._rest_since = tokens, None, None

    def _is_lacking(self) -> bool:
        return self._tokens is None or self._is_refused(self._tokens)

    def _is_refused(self, tokens: Tokens) -> bool:
        return tokens.refresh_token == self._refused

    def _is_alive(self, tokens: Tokens, now: datetime) -> bool:
        return tokens.alive(now) and tokens.access_token != self._rejected

    def _resting(self, now: datetime) -> bool:
        return self._rest_since is not None and self._rest_since <= now < self._rest_since + RENEWAL_PAUSE

    async def _finish(self, work: Coroutine[object, object, T]) -> T:
        """Run `work` to its end even if the caller is cancelled."""
        return await asyncio.shield(self._start(work))

    def _start(self, work: Coroutine[object, object, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, so that one whose caller is gone is not reported as forgotten
