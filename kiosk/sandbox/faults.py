"""Trouble on the line, on demand: lost answers, lost requests, slowness, refusals.

A layer around the whole application, so that a fault looks to the client exactly as it does in life: the connection is
gone, or the answer comes late, or a busy service turns writes away.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HANG_UP = "hang_up"
"""The request state under which the server hands over a callable that drops the connection."""

_WRITES = frozenset({"POST", "PUT", "DELETE"})
_SIGN_IN = "/api/token"


@dataclass(slots=True)
class Faults:
    """The switches. Set them at any time, from any thread; all are off to begin with.

    The sign-in is not counted as a write. A request that waits is carried out even when its client has given up by
    then: that is the late execution a client must reckon with.
    """

    drop_after_commit: int = 0
    """So many next writes are carried out and never answered."""

    drop_before_commit: int = 0
    """So many next writes are dropped without being carried out."""

    delay_seconds: float = 0.0
    """Every request waits so long before it is looked at."""

    refuse_writes_with: int | None = None
    """The HTTP status that answers every write, which is then not carried out."""

    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def take_drop_before(self) -> bool:
        """Whether this write is to be dropped unseen; counts it."""
        with self._lock:
            due = self.drop_before_commit > 0
            self.drop_before_commit -= due
            return due

    def take_drop_after(self) -> bool:
        """Whether this write is to be carried out unanswered; counts it."""
        with self._lock:
            due = self.drop_after_commit > 0
            self.drop_after_commit -= due
            return due


class FaultLayer:
    """The ASGI layer that acts on `Faults`."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request, with whatever trouble is due."""
        if scope["type"] == "http" and self._faults.delay_seconds > 0:
            receive = await _taken(receive)
            await asyncio.sleep(self._faults.delay_seconds)
        if not _is_write(scope):
            await self._app(scope, receive, send)
        elif self._faults.take_drop_before():
            # The request is read first, so that the client meets an orderly end and not a reset.
            await _taken(receive)
            await _hang_up(scope, receive)
        elif (status := self._faults.refuse_writes_with) is not None:
            await refusal(status)(scope, receive, send)
        elif self._faults.take_drop_after():
            await self._app(scope, receive, _unsent)
            await _hang_up(scope, receive)
        else:
            await self._app(scope, receive, send)


def refusal(status: int) -> Response:
    """What the service answers with `status` when it is busy or broken (contract 2 and 2.1)."""
    if status == 409:
        return Response(status_code=409, headers={"Retry-After": "1", "Cache-Control": "no-cache"})
    if status == 429:
        return JSONResponse({"Message": "Too many requests. Wait 1.0 seconds"}, 429)
    return JSONResponse({"Message": "An error has occurred."}, status)


def _is_write(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in _WRITES and scope["path"] != _SIGN_IN


async def _unsent(_message: Message) -> None:
    """Swallow the answer."""


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
