"""How far the way to Nexudus goes: its name, a connection, encryption, an answer. Each step by itself, so that staff
know whether to look at the cable, at the network's owner, at the clock or at Nexudus.

No sign-in is used and nothing is changed: the one request asks who is signed in, and nobody is.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from kiosk.nexudus.address import Address, parse_address
from kiosk.nexudus.answers import is_web_page
from kiosk.nexudus.assumptions import ME_PATH
from kiosk.nexudus.errors import NexudusError
from kiosk.nexudus.wire import Call, Wire, trusted_roots

STEP_SECONDS: Final = 8.0
"""How long one step may take."""

_EXPIRED, _NOT_YET_VALID, _WRONG_NAME = 10, 9, 62  # X509_V_ERR_* of OpenSSL
_PORTS: Final = {"http": 80, "https": 443}


class Step(StrEnum):
    """The steps, in their order."""

    NAME = "name"
    CONNECTION = "connection"
    ENCRYPTION = "encryption"
    ANSWER = "answer"


class Obstacle(StrEnum):
    """What stops a step, for whoever has words of their own for it."""

    NO_NAME_SERVER = "no name server"
    NAME_UNKNOWN = "name unknown"
    NO_ROUTE = "no route"
    NO_CONNECTION = "no connection"
    CLOCK = "clock"
    NOT_TRUSTED = "not trusted"
    SOMEBODY_ELSE = "somebody else"
    OUT_OF_ORDER = "out of order"


class Passage(StrEnum):
    """What came of a step."""

    PASSED = "passed"
    STOPPED = "stopped"
    NOT_TRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One step of the way.

    Attributes:
        step: Which.
        passage: What came of it.
        said: What was found, for staff.
        cure: What to do about it; empty where nothing is to be done.
        obstacle: What stopped it; None where nothing did.
    """

    step: Step
    passage: Passage
    said: str
    cure: str = ""
    obstacle: Obstacle | None = None


OnDate = Callable[[datetime, float], None]
"""Told the `Date` of the answer, and the seconds of its round trip."""


@dataclass(frozen=True, slots=True)
class _Gate:
    """Where the first connection leads: Nexudus, or the proxy before it."""

    host: str
    port: int
    proxy: str = ""


async def explore(address: str, on_date: OnDate | None = None, step_seconds: float = STEP_SECONDS) -> list[Stretch]:
    """Go the way to Nexudus step by step, to its end or to where it stops.

    Args:
        address: The base address.
        on_date: Told the time that Nexudus says it is.
        step_seconds: How long one step may take.

    Returns:
        One stretch for each `Step`, in order.

    Raises:
        WrongAddress: The address cannot be used.
    """
    base = parse_address(address)
    gate = _gate_to(base)
    steps: tuple[Callable[[], Awaitable[Stretch]], ...] = (
        lambda: _name(gate, step_seconds),
        lambda: _connection(gate, step_seconds),
        lambda: _encryption(base, gate, step_seconds),
        lambda: _answer(base, on_date, step_seconds),
    )
    way: list[Stretch] = []
    for step in steps:
        way.append(await step())
        if way[-1].passage is Passage.STOPPED:
            break
    untried = "Not tried: the way stops before it."
    return way + [Stretch(step, Passage.NOT_TRIED, untried) for step in list(Step)[len(way) :]]


def _gate_to(base: Address) -> _Gate:
    parts = urlsplit(base.url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    proxies = {} if base.loopback else getproxies()
    proxy = urlsplit(proxies.get(parts.scheme) or proxies.get("all") or "")
    if not proxy.hostname or proxy_bypass(host):
        return _Gate(host, port)
    return _Gate(proxy.hostname, proxy.port or _PORTS.get(proxy.scheme, 80), f"the proxy {proxy.hostname}")


async def _name(gate: _Gate, seconds: float) -> Stretch:
    what, obstacle = gate.proxy or gate.host, Obstacle.NO_NAME_SERVER
    try:
        async with asyncio.timeout(seconds):
            found = await asyncio.get_running_loop().getaddrinfo(gate.host, gate.port, type=socket.SOCK_STREAM)
    except TimeoutError:
        said, cure = "No name server answers.", "Check the network cable or Wi-Fi, and which DNS the network gives."
    except (socket.gaierror, UnicodeError) as error:
        if getattr(error, "errno", None) == socket.EAI_AGAIN:
            said, cure = "No name server answers.", "Check the network cable or Wi-Fi, and which DNS the network gives."
        else:
            said, obstacle = f"The name {gate.host} is not known to the name server.", Obstacle.NAME_UNKNOWN
            cure = "Check the Nexudus address in the settings, and whether the network filters names."
    else:
        count = len({entry[4][0] for entry in found})
        return Stretch(Step.NAME, Passage.PASSED, f"{what} is found at {count} address{'es' if count > 1 else ''}.")
    return Stretch(Step.NAME, Passage.STOPPED, said, cure, obstacle)


async def _connection(gate: _Gate, seconds: float) -> Stretch:
    what, obstacle = gate.proxy or gate.host, Obstacle.NO_CONNECTION
    try:
        async with asyncio.timeout(seconds), _connected(gate.host, gate.port):
            return Stretch(Step.CONNECTION, Passage.PASSED, f"{what} takes connections on port {gate.port}.")
    except ConnectionRefusedError:
        said = f"{what} refuses connections on port {gate.port}."
        cure = "Check the address in the settings; else a firewall stands between, or the service is down."
    except TimeoutError:
        said = f"{what} does not answer on port {gate.port} in {seconds:g} s."
        cure = "Check the network's firewall, and whether other devices in it reach the internet."
    except OSError as error:
        said, obstacle = f"There is no way to {what}: {error.strerror or type(error).__name__}.", Obstacle.NO_ROUTE
        cure = "Check the network cable or Wi-Fi."
    return Stretch(Step.CONNECTION, Passage.STOPPED, said, cure, obstacle)


async def _encryption(base: Address, gate: _Gate, seconds: float) -> Stretch:
    if base.url.startswith("http:"):
        return Stretch(Step.ENCRYPTION, Passage.PASSED, "None is needed on this machine.")
    if gate.proxy:
        return Stretch(Step.ENCRYPTION, Passage.NOT_TRIED, f"It is part of the answer through {gate.proxy}.")
    context, obstacle = await asyncio.to_thread(trusted_roots), Obstacle.NOT_TRUSTED
    try:
        async with asyncio.timeout(seconds), _connected(gate.host, gate.port, context) as writer:
            version = writer.get_extra_info("ssl_object").version()
            return Stretch(Step.ENCRYPTION, Passage.PASSED, f"The certificate is trusted ({version}).")
    except ssl.SSLCertVerificationError as error:
        said, cure, obstacle = _why_not_trusted(error, gate.host)
    except TimeoutError:
        obstacle = Obstacle.NO_CONNECTION
        said, cure = "No encryption was agreed on in time.", "Check whether a firewall holds secure connections up."
    except OSError as error:  # an SSLError is one
        said = f"No encryption could be agreed on ({type(error).__name__})."
        cure = "Check whether the network intercepts secure connections, and the address in the settings."
    return Stretch(Step.ENCRYPTION, Passage.STOPPED, said, cure, obstacle)


def _why_not_trusted(error: ssl.SSLCertVerificationError, host: str) -> tuple[str, str, Obstacle]:
    match error.verify_code:
        case code if code in (_EXPIRED, _NOT_YET_VALID):
            state = "has run out" if code == _EXPIRED else "is not valid yet"
            return (
                f"By this device's clock the certificate {state}.",
                "Check the date and time of this device first.",
                Obstacle.CLOCK,
            )
        case code if code == _WRONG_NAME:
            return (
                f"The certificate is not that of {host}.",
                "Somebody else answers: sign this device in to the network's own page if it has one, and check the "
                "Nexudus address in the settings.",
                Obstacle.SOMEBODY_ELSE,
            )
        case _:
            return (
                "The certificate comes from nobody this device trusts.",
                "The network seems to intercept secure connections: have it leave this device alone, or install its "
                "authority among the system's certificates.",
                Obstacle.NOT_TRUSTED,
            )


async def _answer(base: Address, on_date: OnDate | None, seconds: float) -> Stretch:
    wire, obstacle = Wire(base.url, on_date=on_date), Obstacle.OUT_OF_ORDER
    try:
        async with asyncio.timeout(seconds):
            answer = await wire.exchange(Call("GET", ME_PATH))
    except TimeoutError:
        said, cure = f"Nexudus gives no answer in {seconds:g} s.", "Try again; if this lasts, ask Nexudus."
    except NexudusError as error:
        said, cure = f"The request is not answered ({error}).", error.staff
    else:
        status = answer.status
        if status >= 500:
            said, cure = f"Nexudus is out of order (status {status}).", "Wait, and see its status page; try again."
        elif 300 <= status < 400 or (status != 401 and is_web_page(answer)):
            said, obstacle = f"Something other than Nexudus answers (status {status}).", Obstacle.SOMEBODY_ELSE
            cure = "Sign this device in to the network's own page if it has one, and check the Nexudus address."
        elif status == 404:
            said = "Whoever answers at this address does not know Nexudus's calls (status 404)."
            obstacle = Obstacle.SOMEBODY_ELSE
            cure = "Check the Nexudus address in the settings. It usually is https://spaces.nexudus.com"
        else:
            return Stretch(Step.ANSWER, Passage.PASSED, "Nexudus answers.")
    finally:
        await wire.aclose()
    return Stretch(Step.ANSWER, Passage.STOPPED, said, cure, obstacle)


@contextlib.asynccontextmanager
async def _connected(
    host: str, port: int, context: ssl.SSLContext | None = None
) -> AsyncIterator[asyncio.StreamWriter]:
    """A connection to the first of the host's addresses that takes one; closed at the end, unused."""
    name = host if context is not None else None
    _, writer = await asyncio.open_connection(host, port, ssl=context, server_hostname=name, happy_eyeballs_delay=0.25)
    try:
        yield writer
    finally:
        writer.transport.abort()  # an orderly end would wait for the other side
