"""Signing in: the two grants of the token endpoint, and the tokens they hand out (contract 1.1, 1.2, 1.5).

A token says itself what it stands for, and is signed with a fixed key: a sandbox that was restarted still accepts the
tokens it gave out before. The one refresh token per `client_id` that is good is remembered by its serial; a process
that has not seen a `client_id` yet takes the first genuine token it is shown.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import Enum

from kiosk.sandbox.errors import AccessDenied, GrantRefused
from kiosk.sandbox.world import User, World

# Signs for a pretended service on the loopback interface, so it guards nothing.
_SIGNING_KEY = b"harbour works sandbox"


class Use(Enum):
    """What a token is good for."""

    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says. `expires` is in seconds since 1970; `generation` is the user's count of password resets;
    `epoch` is the world's when it was given out.
    """

    use: str
    email: str
    client: str
    serial: str
    generation: int
    expires: int
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class TokenPair:
    """A granted pair. `expires_in` is in seconds."""

    access: str
    refresh: str
    expires_in: int


def grant(world: World, form: Mapping[str, str], client_id: str | None) -> TokenPair:
    """Answer a token request. Raises GrantRefused."""
    match form.get("grant_type"):
        case "password":
            return _grant_password(world, form, client_id)
        case "refresh_token":
            return _grant_refresh(world, form.get("refresh_token", ""), client_id)
        case _:
            raise GrantRefused("unsupported_grant_type")


def user_of(world: World, bearer: str) -> User:
    """The user an access token stands for. Raises AccessDenied."""
    claims = read(bearer)
    user = None if claims is None else _living_user(world, claims, Use.ACCESS)
    if user is None:
        raise AccessDenied
    return user


def sign(claims: Claims) -> str:
    """The token that says `claims`."""
    body = base64.urlsafe_b64encode(json.dumps(asdict(claims)).encode()).decode().rstrip("=")
    return f"{body}.{_signature(body)}"


def read(token: str) -> Claims | None:
    """What a token says, or None when it is not one of ours."""
    body, _, signature = token.partition(".")
    if not hmac.compare_digest(_signature(body).encode(), signature.encode()):
        return None
    try:
        return Claims(**json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))
    except (binascii.Error, ValueError, TypeError):
        return None


def _grant_password(world: World, form: Mapping[str, str], client_id: str | None) -> TokenPair:
    user = world.users.get(form.get("username", "").strip().lower())
    given = form.get("password", "")
    if user is None or not hmac.compare_digest(user.password.encode(), given.encode()):
        raise _wrong_sign_in()
    if user.totp is not None and form.get("totp", "") != user.totp:
        raise _wrong_sign_in()
    return _issue(world, user, client_id or user.email)


def _grant_refresh(world: World, token: str, client_id: str | None) -> TokenPair:
    claims = read(token)
    with world.lock:
        user = None if claims is None else _living_user(world, claims, Use.REFRESH)
        if claims is None or user is None or client_id != claims.client:
            raise GrantRefused("invalid_grant")
        if world.refresh_serials.get(claims.client, claims.serial) != claims.serial:
            raise GrantRefused("invalid_grant")
        return _issue(world, user, claims.client)


def _wrong_sign_in() -> GrantRefused:
    return GrantRefused("invalid_grant", "The user name or password is incorrect.")


def _issue(world: World, user: User, client: str) -> TokenPair:
    serial = secrets.token_hex(8)

    def token(use: Use, lifetime: timedelta) -> str:
        expires = int((world.now() + lifetime).timestamp())
        return sign(Claims(use.value, user.email, client, serial, user.generation, expires, world.token_epoch))

    pair = TokenPair(
        access=token(Use.ACCESS, world.access_lifetime),
        refresh=token(Use.REFRESH, world.refresh_lifetime),
        expires_in=max(int(world.access_lifetime.total_seconds()) - 1, 0),
    )
    with world.lock:
        world.refresh_serials[client] = serial
        world.changed()
    return pair


def _living_user(world: World, claims: Claims, use: Use) -> User | None:
    user = world.users.get(claims.email.lower())
    good_from = world.access_good_from if use is Use.ACCESS else world.refresh_good_from
    alive = claims.use == use.value and claims.expires > world.now().timestamp() and claims.epoch >= good_from
    return user if user and alive and claims.generation == user.generation else None


def _signature(body: str) -> str:
    return hmac.new(_SIGNING_KEY, body.encode(), hashlib.sha256).hexdigest()
