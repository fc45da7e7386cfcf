"""One HTTP exchange: bounded in time and size, its failures sorted by whether the request can have been carried out.

What httpx raises decides between `NeverSent` and `NoAnswer`. That split was measured against a server that refuses,
drops, cuts and delays: only failures to connect are certain. Everything after the first byte left is not.

Nothing here logs. httpx and httpcore do, with whole URLs, and a URL can hold a PIN: the application keeps
`CHATTY_LOGGERS` at WARNING.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Final, Protocol, Self, cast

import httpx

from kiosk import __version__
from kiosk.nexudus.address import parse_address
from kiosk.nexudus.errors import NeverSent, NoAnswer, Unreached

CHATTY_LOGGERS: Final = ("httpx", "httpcore")
"""Loggers that write whole URLs below WARNING."""

BODY_LIMIT: Final = 64 * 1024 * 1024
"""Bytes of an answer, after decompression, beyond which it is given up: a thousand full records are about 3 MB."""

Params = Mapping[str, str | int | bool]
"""Query parameters by name."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds. `whole` bounds the exchange from first to last byte, since a server that sends one byte now and then
    never exceeds `read`.
    """

    connect: float = 5.0
    read: float = 20.0
    write: float = 10.0
    pool: float = 5.0
    whole: float = 60.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request, kept as data so that it can be sent again unchanged with another token.

    Attributes:
        method: The HTTP verb.
        path: Begins with a slash; ids in it are integers, never text.
        params: Query parameters. They may hold a PIN or code.
        body: For a JSON body.
        form: For a form-encoded body.
        headers: Beyond those that every request carries.
    """

    method: str
    path: str
    params: Params = field(default_factory=dict, repr=False)
    body: Mapping[str, object] | None = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, complete and decompressed."""

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)


class Carrier(Protocol):
    """What the session and the client need of a connection. `Wire` is one; so is whatever paces one."""

    @property
    def last_date(self) -> tuple[datetime, float] | None:
        """See `Wire.last_date`."""
        ...

    async def exchange(self, call: Call) -> Answer:
        """Send `call` and return the answer. Raises `NeverSent`, `NoAnswer`, and `Throttled` where it is held back."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...


class Wire:
    """The connection to one Nexudus host, shared by the session and the client. Close it with `aclose` or `async with`.

    Building one reads the system's certificates: do it before the event loop is busy.

    Args:
        address: The base address (see `kiosk.nexudus.address`).
        transport: Stands in for the network in tests.
        timeouts: How long each step may take.
        body_limit: Bytes after which an answer is given up.
        monotonic: The clock that stamps `last_date` and measures round trips.
        on_date: Called with each answer's `Date`, in UTC and whole seconds, and the seconds from sending the request to
            the head of the answer, as soon as that is there.

    Raises:
        WrongAddress: The address cannot be used.
    """

    def __init__(
        self,
        address: str,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        timeouts: Timeouts | None = None,
        body_limit: int = BODY_LIMIT,
        monotonic: Callable[[], float] = time.monotonic,
        on_date: Callable[[datetime, float], None] | None = None,
    ) -> None:
        base = parse_address(address)
        self._timeouts = timeouts or Timeouts()
        self._body_limit = body_limit
        self._monotonic = monotonic
        self._on_date = on_date
        self._last_date: tuple[datetime, float] | None = None
        limits = self._timeouts
        self._http = httpx.AsyncClient(
            base_url=base.url,
            transport=transport,
            verify=trusted_roots() if transport is None else True,
            timeout=httpx.Timeout(connect=limits.connect, read=limits.read, write=limits.write, pool=limits.pool),
            limits=httpx.Limits(max_connections=8, max_keepalive_connections=2, keepalive_expiry=30.0),
            follow_redirects=False,
            trust_env=not base.loopback,  # a proxy of the environment has no business with this machine's own server
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),  # a session is a token here, never a cookie
            headers={
                "User-Agent": f"nexudus-kiosk/{__version__}",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            },
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    @property
    def last_date(self) -> tuple[datetime, float] | None:
        """The newest `Date` the server gave, in UTC and whole seconds, and the monotonic time at which its head
        arrived.

        Over TLS nobody but the server can have written it, so a device without a battery clock may correct its own by
        it.
        """
        return self._last_date

    async def exchange(self, call: Call) -> Answer:
        """Send `call` and return the answer, whatever its status.

        Raises:
            NeverSent: No connection came about.
            NoAnswer: The connection broke, ran out of time, or the answer was too large or garbled.
        """
        try:
            async with asyncio.timeout(self._timeouts.whole):
                request, began = self._request(call), self._monotonic()
                response = await self._http.send(request, stream=True)
                try:
                    self._note_date(response.headers, began)
                    body = await self._read(response.headers, cast(httpx.AsyncByteStream, response.stream))
                finally:
                    await response.aclose()
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.PoolTimeout,
            httpx.ProxyError,
            httpx.UnsupportedProtocol,
        ) as error:
            raise NeverSent(_why_unreached(error), type(error).__name__) from error
        except (httpx.HTTPError, OSError, zlib.error) as error:
            raise NoAnswer(type(error).__name__) from error
        return Answer(response.status_code, response.headers, body)

    def _request(self, call: Call) -> httpx.Request:
        """Build the request. JSON goes out as ASCII: a lone surrogate in a record that is written back has no UTF-8,
        but has an escape.
        """
        headers = dict(call.headers)
        content = None
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(call.body, allow_nan=False).encode("ascii")
        return self._http.build_request(
            call.method, call.path, params=call.params or None, content=content, data=call.form, headers=headers
        )

    async def _read(self, headers: httpx.Headers, stream: httpx.AsyncByteStream) -> bytes:
        """Return the body, decompressed step by step so that a small bomb cannot become a large one in memory."""
        encoding = headers.get("Content-Encoding", "identity").strip().lower()
        if encoding not in ("identity", "gzip", ""):
            raise NoAnswer("an encoding that was not asked for")
        inflate = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
        body = bytearray()
        async for chunk in stream:
            body += inflate.decompress(chunk, self._body_limit - len(body) + 1) if inflate else chunk
            if len(body) > self._body_limit:
                raise NoAnswer("answer too large")
        if inflate and body and not inflate.eof:
            raise NoAnswer("answer cut short")
        return bytes(body)

    def _note_date(self, headers: httpx.Headers, began: float) -> None:
        moment = parse_http_date(headers.get("Date", ""))
        if moment is None or "Age" in headers:  # out of a cache on the way, it tells when the answer was made
            return
        arrived = self._monotonic()
        self._last_date = (moment, arrived)
        if self._on_date is not None:
            self._on_date(moment, arrived - began)


def parse_http_date(text: str) -> datetime | None:
    """Return the moment of an HTTP date (RFC 9110, 5.6.7) in UTC, or None if it is none."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _why_unreached(error: BaseException) -> Unreached:
    """Look through the causes of a failure to connect for the one that says what staff should check."""
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return Unreached.TIME
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return Unreached.NAME
        if isinstance(cause, ssl.SSLError):
            return Unreached.TLS
        cause = cause.__cause__ or cause.__context__
    return Unreached.CONNECTION


def trusted_roots() -> ssl.SSLContext:
    """Return a context that trusts the system's certificate authorities, which its updates and an operator's own
    authority reach; where a system has none, those that httpx brings.
    """
    paths = ssl.get_default_verify_paths()
    if paths.cafile or paths.capath:
        return ssl.create_default_context()
    return httpx.create_ssl_context()
