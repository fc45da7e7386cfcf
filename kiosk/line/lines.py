"""Lines of text out of a stream of bytes that may hold anything, in bounded memory."""

from __future__ import annotations

import asyncio
import io
import logging
import select
from collections import deque
from enum import StrEnum
from typing import Protocol

from kiosk.line.aside import aside
from kiosk.text import clean

logger = logging.getLogger(__name__)

LONGEST_LINE = 4096
"""Bytes of a line; no code or command needs a quarter of it."""

CHUNK = 4096
"""Bytes asked of the stream at once."""


class Flaw(StrEnum):
    """Why a line could not be taken."""

    NOT_UTF8 = "not-utf-8"
    TOO_LONG = "too-long"


Line = str | Flaw
"""A line as clean text (see `kiosk.text.clean`), or why there is none."""


class EndOfInput(Exception):
    """No line comes any more."""


class ByteSource(Protocol):
    """A stream of bytes, such as `sys.stdin.buffer`."""

    def read(self, size: int, /) -> bytes | None:
        """Up to `size` bytes; empty at the end, None if the stream does not block and nothing is there yet."""
        ...

    def fileno(self) -> int:
        """The file descriptor; asked only of a stream that does not block."""
        ...


class LineCutter:
    """Cuts bytes into lines. Of a line that does not end it keeps `LONGEST_LINE` bytes at most, and then none."""

    def __init__(self) -> None:
        self._begun = b""
        self._overlong = False

    def feed(self, chunk: bytes) -> list[Line]:
        """The lines that end in `chunk`, at a line feed with or without a carriage return."""
        *ended, self._begun = (self._begun + chunk).split(b"\n")
        lines = [self._finish(raw) for raw in ended]
        if self._overlong or len(self._begun) > LONGEST_LINE:
            self._begun, self._overlong = b"", True
        return lines

    def end(self) -> list[Line]:
        """The last line, if the stream did not end with a line feed."""
        return self.feed(b"\n") if self._begun or self._overlong else []

    def _finish(self, raw: bytes) -> Line:
        if self._overlong or len(raw) > LONGEST_LINE:
            self._overlong = False
            return Flaw.TOO_LONG
        try:
            return clean(raw.decode(), LONGEST_LINE)
        except UnicodeDecodeError:
            return Flaw.NOT_UTF8


class Lines:
    """The lines of a stream, each read when it is asked for. The event loop never waits for the stream.

    Nothing may have been read from a buffered stream before: its lock would be held while a read blocks, which Python
    does not survive at its own end, so its raw stream is read instead.
    """

    def __init__(self, source: ByteSource) -> None:
        self._source: ByteSource = source.raw if isinstance(source, io.BufferedReader) else source
        self._cutter = LineCutter()
        self._ready: deque[Line] = deque()
        self._reading: asyncio.Future[bytes] | None = None
        self._ended = False

    async def next(self, within: float | None = None) -> Line:
        """The next line, waiting up to `within` seconds, or for as long as it takes.

        Raises EndOfInput, and TimeoutError if no line came in time; what has been typed of it by then is kept.
        """
        async with asyncio.timeout(within):
            while not self._ready:
                if self._ended:
                    raise EndOfInput
                await self._fill()
        return self._ready.popleft()

    async def _fill(self) -> None:
        if self._reading is None:
            self._reading = aside(self._read)
        chunk = await asyncio.shield(self._reading)  # a wait that is given up leaves the read to the next one
        self._reading = None
        self._ended = not chunk
        self._ready.extend(self._cutter.feed(chunk) if chunk else self._cutter.end())

    def _read(self) -> bytes:
        """Up to `CHUNK` bytes; empty at the end, and when a terminal is gone."""
        try:
            while (chunk := self._source.read(CHUNK)) is None:
                select.select([self._source], [], [])  # another program has left this terminal non-blocking
        except OSError as error:
            logger.warning("the input cannot be read and counts as ended: %s", error)
            return b""
        return chunk
