from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from typing import BinaryIO

import pytest

from kiosk.line.lines import CHUNK, LONGEST_LINE, EndOfInput, Flaw, Line, Lines


async def all_lines(source: bytes) -> list[Line]:
    lines = Lines(io.BytesIO(source))
    found: list[Line] = []
    while True:
        try:
            found.append(await lines.next())
        except EndOfInput:
            return found


@pytest.fixture
def pipe() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """A real pipe: unlike bytes in memory it can be silent without having ended."""
    reading, writing = os.pipe()
    with open(reading, "rb") as source, open(writing, "wb", buffering=0) as sink:
        yield source, sink


async def test_lines_end_with_a_line_feed_or_with_both_or_with_the_input() -> None:
    assert await all_lines(b"one\ntwo\r\n\nlast") == ["one", "two", "", "last"]


async def test_control_characters_and_escapes_are_dropped_from_a_line() -> None:
    assert await all_lines(b"\x1b[2J pin\t12\x0034\x07\x9b\n") == [Flaw.NOT_UTF8]
    assert await all_lines("\ufeff\x1b]0;pin\t12\x0034\x07\u009b\n".encode()) == ["]0;pin 1234"]


async def test_a_byte_that_is_no_utf_8_spoils_its_own_line_only() -> None:
    assert await all_lines(b"pin \xff\nZo\xc3\xab\n\xc3") == [Flaw.NOT_UTF8, "Zoë", Flaw.NOT_UTF8]


@pytest.mark.parametrize("length", [LONGEST_LINE + 1, CHUNK * 2, 100_000])
async def test_an_overlong_line_is_one_flaw_and_the_next_line_is_whole(length: int) -> None:
    assert await all_lines(b"x" * length + b"\npin 1234\n") == [Flaw.TOO_LONG, "pin 1234"]
    assert await all_lines(b"x" * length) == [Flaw.TOO_LONG]


async def test_the_longest_line_that_is_taken_is_taken_wherever_chunks_end() -> None:
    longest = "x" * LONGEST_LINE

    assert await all_lines(f"1\n{longest}\n{longest}".encode()) == ["1", longest, longest]


class Endless(io.RawIOBase):
    """Four megabytes without a line feed."""

    def __init__(self) -> None:
        self._left = 4_000_000

    def read(self, size: int = -1, /) -> bytes:
        self._left -= size
        return b"x" * size if self._left > 0 else b""


async def test_input_without_a_line_feed_takes_no_memory() -> None:
    lines = Lines(Endless())
    tracemalloc.start()
    try:
        assert await lines.next() is Flaw.TOO_LONG
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 500_000


async def test_the_event_loop_goes_on_while_nothing_is_typed(pipe: tuple[BinaryIO, BinaryIO]) -> None:
    source, sink = pipe
    waiting = asyncio.create_task(Lines(source).next())
    for _ in range(3):
        await asyncio.sleep(0)
    assert not waiting.done()

    sink.write(b"undo\n")

    assert await waiting == "undo"


async def test_what_was_typed_when_patience_ran_out_belongs_to_the_next_line(pipe: tuple[BinaryIO, BinaryIO]) -> None:
    source, sink = pipe
    lines = Lines(source)
    sink.write(b"sta")
    with pytest.raises(TimeoutError):
        await lines.next(within=0.01)

    sink.write(b"tus\n")

    assert await lines.next() == "status"


async def test_a_stream_that_another_program_left_non_blocking_is_waited_for(pipe: tuple[BinaryIO, BinaryIO]) -> None:
    source, sink = pipe
    os.set_blocking(source.fileno(), False)
    waiting = asyncio.create_task(Lines(source).next())
    await asyncio.sleep(0.01)
    assert not waiting.done()

    sink.write(b"status\n")

    assert await waiting == "status"


class HungUp(io.RawIOBase):
    """A terminal whose line was cut: reading it fails with EIO."""

    def read(self, size: int = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


async def test_a_terminal_that_hung_up_is_the_end_of_input(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(EndOfInput):
        await Lines(HungUp()).next()

    assert len(caplog.records) == 1


_GIVE_UP = """
import asyncio, sys
from kiosk.line.lines import Lines

async def main():
    try:
        await Lines(sys.stdin.buffer).next(within=0.05)
    except TimeoutError:
        print("gave up")

asyncio.run(main())
"""


def test_a_program_ends_while_its_input_is_open_and_silent() -> None:
    reading, writing = os.pipe()
    try:
        ended = subprocess.run(
            [sys.executable, "-c", _GIVE_UP], stdin=reading, capture_output=True, timeout=60, check=False
        )
    finally:
        os.close(reading)
        os.close(writing)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"gave up\n", b"")
