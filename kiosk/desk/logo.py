"""The port through which the courier hands over the location's logo."""

from __future__ import annotations

from typing import Protocol

LARGEST_LOGO = 1024 * 1024
"""Bytes of a picture that is kept; the logos of web pages have some ten thousand."""


class LogoKeeper(Protocol):
    """Where it is kept. May be asked from any thread."""

    def keep(self, picture: bytes | None) -> bool:
        """Write it, or remove it where there is none; answers whether anything has changed by that.

        Raises NotRecorded.
        """
        ...
