"""What the service sees of each request, for tests that ask what a kiosk gives away on the wire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as it came.

    Attributes:
        method: The HTTP verb.
        target: Path and query exactly as they were sent, still percent-encoded: what the logs of servers and proxies
            keep.
        scheme: The first word of the Authorization header, in lower case; empty where there is none.
    """

    method: str
    target: str
    scheme: str


class WatchLayer:
    """The outermost ASGI layer: tells of each request before anything is done with it."""

    def __init__(self, app: ASGIApp, tell: Callable[[RequestLine], None]) -> None:
        self._app = app
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell of the request, and hand it on."""
        if scope["type"] == "http":
            query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
            scheme = Headers(scope=scope).get("authorization", "").partition(" ")[0].lower()
            self._tell(RequestLine(scope["method"], scope["raw_path"].decode("latin-1") + query, scheme))
        await self._app(scope, receive, send)
