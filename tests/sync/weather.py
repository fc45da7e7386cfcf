"""A network for tests in virtual time: the client's own HTTP code on one side, the simulated Nexudus on the other, and
weather in between."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import httpx

from kiosk.nexudus.wire import Timeouts
from kiosk.sandbox.app import create_app
from kiosk.sandbox.limits import Limits
from kiosk.sandbox.world import World

GIVES_UP = Timeouts().read
"""Seconds after which the client does."""


@dataclass(frozen=True, slots=True)
class Weather:
    """What becomes of requests, each by its share of all; what remains is answered.

    Attributes:
        lost: Never arrive.
        unanswered: Are carried out, and the answer is lost.
        late: Are carried out up to `latest` seconds after they left, long after the client has given up.
        broken: Are answered with a 502 by somebody in between, after they were carried out.
        power: The kiosk loses its power with the request under way.
    """

    lost: float = 0.0
    unanswered: float = 0.0
    late: float = 0.0
    broken: float = 0.0
    power: float = 0.0
    latest: float = 60.0


FINE = Weather()


LISTS = ("/api/spaces/checkins", "/api/spaces/visitors")
"""Which lists do not show at once what has been made."""


class Network(httpx.AsyncBaseTransport):
    """Carries requests to the service, as far as the weather allows.

    The lists of check-ins and of visitors lag behind by `lag` seconds. The token endpoint is spared all but an outage:
    a lost answer there ends the session for good, which is another story than this one.

    Behind it the service takes as much in a minute as is published, by the loop's time, and turns away the rest.
    """

    def __init__(self, world: World, weather: Weather, draw: random.Random, lag: float = 5.0) -> None:
        self._world = world
        world.limits = Limits(now=lambda: asyncio.get_running_loop().time())
        self._service = httpx.ASGITransport(app=create_app(world))
        self.weather = weather
        self._draw = draw
        self._lag = lag
        self._late: set[asyncio.Task[None]] = set()
        self.down = False
        self.next_write: str | None = None
        """What becomes of the next write, whatever the weather."""
        self.swallowed = 0
        self.writes_lost = 0
        self._turned_away: list[int] = []
        self.arrived: list[tuple[float, str]] = []
        """When each request reached the service, and its verb."""
        self.too_many = 0
        """How many of these the service answered with a 409."""
        self.cut_power: Callable[[], None] = lambda: None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request."""
        content = await request.aread()
        request = httpx.Request(request.method, request.url, headers=request.headers, content=content)
        if self.down:
            await asyncio.sleep(0.1)
            raise httpx.ConnectError("no route", request=request)
        if self._turned_away:
            return refusal(self._turned_away.pop())
        fate = self._fate(request)
        await asyncio.sleep(self._draw.uniform(0.02, 0.2))
        if fate == "power":
            if self._draw.random() < 0.5:
                await self._serve(request)
            self.cut_power()
            await asyncio.Event().wait()
        if fate == "lost":
            self.swallowed += 1
            raise await self._given_up(request)
        if fate in ("late", "much later"):
            wait = self._draw.uniform(0, self.weather.latest) if fate == "late" else GIVES_UP + self.weather.latest
            self._later(request, wait)
            raise await self._given_up(request)
        response = await self._serve(request)
        if fate == "unanswered":
            raise httpx.RemoteProtocolError("closed", request=request)
        if fate == "broken":
            return httpx.Response(502, text="Bad Gateway", request=request)
        await asyncio.sleep(self._draw.uniform(0.02, 0.2))
        return response

    def turn_away(self, status: int, calls: int) -> None:
        """The next calls are answered by a service that is too busy, or broken; none is carried out."""
        self._turned_away = [status] * calls

    def _fate(self, request: httpx.Request) -> str:
        if request.url.path == "/api/token":
            return "answered"
        if self.next_write is not None and request.method != "GET":
            fate, self.next_write = self.next_write, None
            return fate
        drawn = self._draw.random()
        for fate in ("lost", "unanswered", "late", "broken", "power"):
            share: float = getattr(self.weather, fate)
            if drawn < share:
                self.writes_lost += request.method != "GET"
                return fate
            drawn -= share
        return "answered"

    async def _given_up(self, request: httpx.Request) -> Exception:
        await asyncio.sleep(GIVES_UP)
        return httpx.ReadTimeout("no answer", request=request)

    def _later(self, request: httpx.Request, wait: float) -> None:
        async def arrive() -> None:
            await asyncio.sleep(wait)
            await self._serve(request)

        task = asyncio.create_task(arrive())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _serve(self, request: httpx.Request) -> httpx.Response:
        self.arrived.append((asyncio.get_running_loop().time(), request.method))
        response = await self._service.handle_async_request(request)
        await response.aread()
        self.too_many += response.status_code == httpx.codes.CONFLICT
        if response.is_success and request.method == "GET" and request.url.path in LISTS:
            return self._lagging(response)
        return response

    def _lagging(self, response: httpx.Response) -> httpx.Response:
        listed = response.json()
        newest = self._world.now() - timedelta(seconds=self._lag)
        listed["Records"] = [row for row in listed["Records"] if _moment(row["CreatedOn"]) <= newest]
        headers = {"Content-Type": "application/json", "Date": response.headers["Date"]}
        return httpx.Response(response.status_code, headers=headers, content=json.dumps(listed).encode())

    def clear_up(self) -> None:
        """From now on the weather is fine."""
        self._turned_away = []
        self.weather = replace(FINE)
        self.down = False


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)


def refusal(status: int) -> httpx.Response:
    """What a busy or broken service answers with a status (contract 2, 2.1)."""
    if status == 409:
        return httpx.Response(409, headers={"Retry-After": "7"})
    if status == 429:
        return httpx.Response(429, json={"Message": "Too many requests. Wait 12 seconds"})
    return httpx.Response(status, json={"Message": "An error has occurred."})
