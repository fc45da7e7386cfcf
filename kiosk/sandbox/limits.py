"""How much the service takes in a minute (contract 2.1), and what it answers beyond that."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

_WRITES = frozenset({"POST", "PUT", "DELETE"})
_SIGN_IN = "/api/token"

WRITES_A_MINUTE = 60
CALLS_A_MINUTE = 120
"""The stricter of the documented generations. That of a call in each tenth of a second is left out: nobody has seen it
enforced."""


class Limits:
    """The limits of one account, counted over the last minute. Safe from any thread.

    Args:
        writes: How many creates, updates and deletes a minute it takes. The sign-in is none.
        calls: How many calls of any kind.
        minute: How long a minute lasts, in seconds: a shorter one is for whoever cannot wait.
        now: The seconds that pass.
    """

    def __init__(
        self,
        writes: int = WRITES_A_MINUTE,
        calls: int = CALLS_A_MINUTE,
        minute: float = 60.0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._writes = writes
        self._calls = calls
        self._minute = minute
        self._now = now
        self._lock = threading.Lock()
        self._of_calls: deque[float] = deque()
        self._of_writes: deque[float] = deque()
        self.turned_away = 0
        """How many calls were too many."""

    def wait_for(self, *, write: bool) -> float:
        """Count a call; answers 0 if it may come in, else the seconds after which it may."""
        with self._lock:
            now = self._now()
            counted = [(self._of_calls, self._calls), *([(self._of_writes, self._writes)] if write else [])]
            wait = max(self._until_free(times, most, now) for times, most in counted)
            if wait > 0:
                self.turned_away += 1
                return wait
            for times, _ in counted:
                times.append(now)
            return 0.0

    def _until_free(self, times: deque[float], most: int, now: float) -> float:
        while times and times[0] <= now - self._minute:
            times.popleft()
        return times[0] + self._minute - now if len(times) >= most else 0.0


class LimitLayer:
    """The ASGI layer that turns calls away: 409 with `Retry-After` and no body."""

    def __init__(self, app: ASGIApp, limits: Limits | None) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or say how long to wait."""
        if scope["type"] == "http" and self._limits is not None:
            write = scope["method"] in _WRITES and scope["path"] != _SIGN_IN
            if wait := self._limits.wait_for(write=write):
                refusal = Response(status_code=409, headers={"Retry-After": f"{wait:.3f}"})
                return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)
