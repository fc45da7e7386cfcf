"""What the switches of `Faults` do to a request.

A layer around the whole application, so that a fault looks to the client exactly as it does in life: the connection is
gone, or the answer comes late or broken, or a busy service turns writes away.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.sandbox.faults import Answers, Faults, Throttle

HANG_UP = "hang_up"
"""The request state under which the server hands over a callable that drops the connection."""

_WRITES = frozenset({"POST", "PUT", "DELETE"})
_SIGN_IN = "/api/token"
_LATE_LOOK_SECONDS = 0.02
"""How often a held request looks at the service's clock, which a test may move."""

_WEB_PAGE = "<!DOCTYPE html><html><head><title>Guest Wi-Fi</title></head><body>Please accept the terms.</body></html>"


class FaultLayer:
    """The ASGI layer that acts on `Faults`. `now` is the service's clock."""

    def __init__(self, app: ASGIApp, faults: Faults, now: Callable[[], datetime]) -> None:
        self._app = app
        self._faults = faults
        self._now = now
        self._held: dict[asyncio.Task[None], datetime] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, with whatever trouble is due."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await self._carry_out_held()
        if self._faults.delay_seconds > 0:
            receive = await _taken(receive)
            await asyncio.sleep(self._faults.delay_seconds)
        if (instead := self._answer_instead()) is not None:
            await instead(scope, receive, send)
        elif _is_write(scope):
            await self._write(scope, receive, send)
        else:
            await self._carry_out(scope, receive, send)

    def _answer_instead(self) -> Response | None:
        """What answers every request just now, in place of the service."""
        faults = self._faults
        if faults.throttle is not None:
            return _throttled(faults.throttle)
        if faults.fail_with is not None:
            return refusal(faults.fail_with)
        if faults.web_page_with is not None:
            return HTMLResponse(_WEB_PAGE, faults.web_page_with)
        return None

    async def _write(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._faults.take_drop_before():
            # The request is read first, so that the client meets an orderly end and not a reset.
            await _taken(receive)
            await _hang_up(scope, receive)
        elif (status := self._faults.refuse_writes_with) is not None:
            await refusal(status)(scope, receive, send)
        elif (late := self._faults.late_seconds) > 0:
            self._hold(scope, await _taken(receive), self._now() + timedelta(seconds=late))
            await _hang_up(scope, receive)
        elif self._faults.take_drop_after():
            await self._app(scope, receive, _unsent)
            await _hang_up(scope, receive)
        else:
            await self._carry_out(scope, receive, send)

    async def _carry_out(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._faults.answers is Answers.CUT:
            await self._app(scope, receive, _halved(send))
            await _hang_up(scope, receive)
        else:
            await self._app(scope, receive, send)

    def _hold(self, scope: Scope, receive: Receive, due: datetime) -> None:
        task = asyncio.create_task(self._later(scope, receive, due))
        self._held[task] = due
        task.add_done_callback(self._held.pop)

    async def _carry_out_held(self) -> None:
        """A held request whose time has come goes before whatever comes now, also where a test has moved the clock."""
        due = [task for task, at in self._held.items() if at <= self._now()]
        if due:
            await asyncio.wait(due)

    async def _later(self, scope: Scope, receive: Receive, due: datetime) -> None:
        while True:
            left = (due - self._now()).total_seconds()
            if left <= 0:
                break
            await asyncio.sleep(min(left, _LATE_LOOK_SECONDS))
        await self._app(scope, receive, _unsent)


def refusal(status: int) -> Response:
    """What the service answers with `status` when it is busy or broken (contract 2 and 2.1)."""
    if status in (409, 429):
        return _throttled(Throttle(status, 1.0))
    return JSONResponse({"Message": "An error has occurred."}, status)


def _throttled(throttle: Throttle) -> Response:
    wait = throttle.wait_seconds
    if throttle.status == 429:
        return JSONResponse({"Message": f"Too many requests. Wait {wait:.1f} seconds"}, 429)
    return Response(status_code=throttle.status, headers={"Retry-After": f"{wait:g}", "Cache-Control": "no-cache"})


def _is_write(scope: Scope) -> bool:
    return scope["method"] in _WRITES and scope["path"] != _SIGN_IN


async def _unsent(_message: Message) -> None:
    """Swallow the answer."""


def _halved(send: Send) -> Send:
    """Send the head, which promises a whole body, and half of that body."""

    async def half(message: Message) -> None:
        body = message.get("body", b"")
        if message["type"] == "http.response.body":
            message = {**message, "body": body[: len(body) // 2], "more_body": True}
        await send(message)

    return half


async def _taken(receive: Receive) -> Receive:
    """Read the whole request now. What is returned gives it again, even when the client has gone in the meantime."""
    pending: deque[Message] = deque()
    more = True
    while more:
        message = await receive()
        pending.append(message)
        more = message["type"] == "http.request" and message.get("more_body", False)

    async def again() -> Message:
        return pending.popleft() if pending else await receive()

    return again


async def _hang_up(scope: Scope, receive: Receive) -> None:
    hang_up: Callable[[], None] = scope["state"][HANG_UP]
    hang_up()
    while (await receive())["type"] != "http.disconnect":
        pass
