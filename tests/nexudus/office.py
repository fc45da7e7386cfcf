"""A Nexudus of a few lines, behind `httpx.MockTransport`: tokens, and answers that a test lays out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import httpx

from kiosk.nexudus.client import NexudusClient
from kiosk.nexudus.rights import COWORKER_LIST
from kiosk.nexudus.session import Session
from kiosk.nexudus.tokens import TokenFile, Tokens
from kiosk.nexudus.wire import Wire

ADDRESS = "https://spaces.nexudus.com"
RIGHT = COWORKER_LIST
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WEEK = timedelta(seconds=604_799)

Answering = Callable[[httpx.Request], httpx.Response]


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


class Office:
    """Answers requests, remembers them, and accepts the newest access token only.

    Attributes:
        asked: Every request, in order.
        answers: What a path answers to an accepted token; each call of the function makes a fresh answer.
        on_grant: Replaces the answer of the token endpoint.
        on_me: Replaces the answer of the account's own page.
        accepted: The access token that is good now, None for none at all.
    """

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answers: dict[str, Answering] = {}
        self.on_grant: Answering | None = None
        self.on_me: Answering | None = None
        self.accepted: str | None = "access-0"
        self.refresh = "refresh-0"
        self.issued = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if request.url.path == "/api/token":
            return self.on_grant(request) if self.on_grant else self.grant(request)
        if request.headers["Authorization"] != f"Bearer {self.accepted}":
            return httpx.Response(401)
        if request.url.path == "/api/auth/me":
            return self.on_me(request) if self.on_me else httpx.Response(200, json={"Id": 1, "FullName": "Kiosk"})
        return self.answers[request.url.path](request)

    def grant(self, request: httpx.Request) -> httpx.Response:
        """Issue the next pair for a password or for the newest refresh token."""
        form = form_of(request)
        if form["grant_type"] == "refresh_token" and form["refresh_token"] != self.refresh:
            return refusal()
        self.issued += 1
        self.accepted, self.refresh = f"access-{self.issued}", f"refresh-{self.issued}"
        return httpx.Response(200, json=pair(self.issued))

    def paths(self) -> list[str]:
        """Where the requests went, in order."""
        return [request.url.path for request in self.asked]

    def wire(self) -> Wire:
        """A connection to this office."""
        return Wire(ADDRESS, transport=httpx.MockTransport(self))

    def client(self, file: TokenFile, clock: Clock) -> NexudusClient:
        """A client of this office with the pair number 0, just issued, in `file`."""
        file.save(tokens(0))
        wire = self.wire()
        return NexudusClient(wire, Session(wire, file, "kiosk-guid", clock))


def pair(number: int) -> dict[str, object]:
    """The token endpoint's answer number so-and-so."""
    return {
        "access_token": f"access-{number}",
        "token_type": "bearer",
        "expires_in": 604_799,
        "refresh_token": f"refresh-{number}",
    }


def tokens(number: int, obtained_at: datetime = START) -> Tokens:
    """The pair number so-and-so as it is kept."""
    return Tokens.model_validate(
        {
            "access_token": f"access-{number}",
            "refresh_token": f"refresh-{number}",
            "obtained_at": obtained_at,
            "expires_at": obtained_at + WEEK,
            "client_id": "kiosk-guid",
            "email": "kiosk@example.org",
        }
    )


def refusal(_request: httpx.Request | None = None) -> httpx.Response:
    """What the token endpoint answers to a wrong password and to a spent refresh token."""
    described = "The user name or password is incorrect."
    return httpx.Response(400, json={"error": "invalid_grant", "error_description": described})


def form_of(request: httpx.Request) -> dict[str, str]:
    """The fields of a form-encoded request."""
    return {name: values[0] for name, values in parse_qs(request.content.decode()).items()}


def body_of(request: httpx.Request) -> dict[str, object]:
    """The JSON object of a request."""
    body = json.loads(request.content)
    assert isinstance(body, dict)
    return body


def listing(rows: list[dict[str, object]], *, more: bool = False) -> httpx.Response:
    """A page of a list."""
    return httpx.Response(200, json={"Records": rows, "HasNextPage": more, "CurrentSortDirection": "ASC"})


def done(record_id: int | None = None) -> httpx.Response:
    """The answer to a write that was carried out."""
    value = None if record_id is None else {"Id": record_id}
    return httpx.Response(200, json={"Status": 200, "WasSuccessful": True, "Message": "Done.", "Value": value})


def session(office: Office, file: TokenFile, clock: Clock) -> Session:
    """The kiosk's session with this office."""
    return Session(office.wire(), file, "kiosk-guid", clock)
