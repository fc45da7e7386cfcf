"""Which addresses the kiosk's password and tokens may be sent to."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from kiosk.nexudus.errors import WrongAddress


@dataclass(frozen=True, slots=True)
class Address:
    """A checked base address.

    Attributes:
        url: Scheme and host, with the port if one was given, without a slash at the end.
        loopback: Whether it is this machine, where a simulated Nexudus may speak plain HTTP.
    """

    url: str
    loopback: bool


def parse_address(text: str) -> Address:
    """Check the configured base address: https anywhere, http on this machine only, and nothing but scheme, host and
    port.

    Raises:
        WrongAddress: It would send the sign-in in clear, carries a user name, or is no address at all.
    """
    text = text.strip()
    if not text.isascii() or not text.isprintable() or " " in text:
        raise WrongAddress("holds characters that no address has")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise WrongAddress("is malformed") from None
    if parts.scheme not in ("http", "https") or not host:
        raise WrongAddress("must begin with https:// and name a host")
    if parts.username is not None or parts.password is not None:
        raise WrongAddress("must not hold a user name or password")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise WrongAddress("must end after the host")
    loopback = _is_loopback(host)
    if parts.scheme == "http" and not loopback:
        raise WrongAddress("must use https, so that nobody on the way can read the sign-in")
    shown = f"[{host}]" if ":" in host else host
    url = f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")
    try:
        httpx.URL(url)
    except httpx.InvalidURL:
        raise WrongAddress("names no valid host") from None
    return Address(url, loopback)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
