"""The simulated service as a web application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.sandbox.collection import collection_routes
from kiosk.sandbox.entities import ENTITIES
from kiosk.sandbox.errors import SandboxError
from kiosk.sandbox.fault_layer import FaultLayer
from kiosk.sandbox.limits import LimitLayer
from kiosk.sandbox.logo import logo_routes
from kiosk.sandbox.refusals import answer_failure, answer_http_error, answer_refusal
from kiosk.sandbox.sign_in import sign_in_routes
from kiosk.sandbox.watch import WatchLayer
from kiosk.sandbox.world import World


def create_app(world: World) -> Starlette:
    """The application that serves `world`, with the faults that are switched on there."""
    routes: list[Route] = [*sign_in_routes(world), *logo_routes(world)]
    for entity in ENTITIES:
        routes.extend(collection_routes(world, entity))

    def dated() -> datetime:
        return world.now() + timedelta(seconds=world.faults.date_offset_seconds)

    return Starlette(
        routes=routes,
        middleware=[
            Middleware(WatchLayer, tell=lambda line: world.on_request(line)),
            Middleware(Dated, now=dated),
            Middleware(ForgivingPaths),
            Middleware(FaultLayer, faults=world.faults, now=world.now),
            Middleware(LimitLayer, limits=world.limits),
        ],
        exception_handlers={
            SandboxError: answer_refusal,
            HTTPException: answer_http_error,
            Exception: answer_failure,
        },
    )


class Dated:
    """Each answer bears the service's own time, in place of the machine's: a kiosk sets its clock by it."""

    def __init__(self, app: ASGIApp, now: Callable[[], datetime]) -> None:
        self._app = app
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, and put the time into the head of the answer."""

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Date"] = format_datetime(self._now().astimezone(UTC), usegmt=True)
            await send(message)

        await self._app(scope, receive, dated)


class ForgivingPaths:
    """Paths in any case, with or without a slash at the end: the real service takes them all (contract 2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on under its plain path."""
        if scope["type"] == "http":
            scope = {**scope, "path": scope["path"].lower().rstrip("/") or "/"}
        await self._app(scope, receive, send)
