"""The routes of the sign-in, and who is asking."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kiosk.sandbox.answers import who_am_i
from kiosk.sandbox.errors import AccessDenied, GrantRefused
from kiosk.sandbox.tokens import grant, user_of
from kiosk.sandbox.world import User, World

_FORM = "application/x-www-form-urlencoded"


def sign_in_routes(world: World) -> list[Route]:
    """The token endpoint and the question who is signed in."""

    async def token(request: Request) -> Response:
        """Only a form is understood, and `client_id` is a header, not a field (contract 1.1, 1.2)."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
            raise GrantRefused("unsupported_grant_type")
        async with request.form() as sent:
            form = {name: value for name, value in sent.items() if isinstance(value, str)}
        pair = await run_in_threadpool(grant, world, form, request.headers.get("client_id"))
        return JSONResponse(
            {
                "access_token": pair.access,
                "token_type": "bearer",
                "expires_in": pair.expires_in,
                "refresh_token": pair.refresh,
            },
            headers={"Cache-Control": "no-store"},
        )

    async def me(request: Request) -> Response:
        return JSONResponse(who_am_i(world, caller(world, request)))

    return [Route("/api/token", token, methods=["POST"]), Route("/api/auth/me", me, methods=["GET"])]


def caller(world: World, request: Request, role: str | None = None) -> User:
    """The user who sent the request, who must have `role` if one is named.

    Raises AccessDenied for a missing or bad bearer and for a missing role alike (contract 1.6).
    """
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise AccessDenied
    user = user_of(world, bearer.strip())
    if role in user.denied:
        raise AccessDenied
    return user
