"""Nothing a visitor does, and no byte that arrives, leaves the kiosk or draws on it."""

from __future__ import annotations

import contextlib
import os
import pty
import threading
import time
from collections.abc import Iterator
from typing import IO, cast

import pytest
from rich.segment import ControlType, Segment
from textual.color import Color
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.lockdown import ControlFilter, ToTerminal
from kiosk.ui.screens.home import HomeScreen
from tests.ui.desk import FakeScanner, ScriptedDesk
from tests.ui.terminal import Glass


def test_an_escape_in_a_text_does_not_reach_the_terminal() -> None:
    hostile = Segment("A\x1b]0;owned\x07\x9b2J\x7f")
    (drawn,) = ControlFilter().apply([hostile], Color(0, 0, 0))
    assert not any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 for char in drawn.text)
    assert len(drawn.text) == len(hostile.text)


def test_clean_text_and_the_terminals_own_controls_pass() -> None:
    segments = [Segment("Zoë 李小龍"), Segment("", None, [(ControlType.HOME,)])]
    assert ControlFilter().apply(segments, Color(0, 0, 0)) is segments


@pytest.mark.parametrize(
    "key", ["ctrl+q", "ctrl+c", "ctrl+p", "ctrl+z", "ctrl+d", "ctrl+backslash", "ctrl+s", "f4", "tab", "escape"]
)
async def test_no_key_leaves_the_kiosk(key: str) -> None:
    app = KioskApp(ScriptedDesk(), FakeScanner(), Speech(), Patience())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert app.is_running
        assert isinstance(app.screen, HomeScreen)


def test_what_is_drawn_for_a_terminal_that_has_gone_keeps_nobody_waiting() -> None:
    master, slave = pty.openpty()
    with open(slave, "w") as terminal:
        os.close(master)
        writer = WriterThread(cast(IO[str], ToTerminal(terminal)))
        writer.start()

        def draw() -> None:
            for _ in range(10 * MAX_QUEUED_WRITES):
                writer.write("drawn")
            writer.stop()

        drawing = threading.Thread(target=draw, daemon=True)
        drawing.start()
        drawing.join(20)
        assert not drawing.is_alive()
        with contextlib.suppress(OSError):
            terminal.close()  # what was kept for it is lost with it


def test_a_terminal_that_goes_ends_the_kiosk_in_good_order(glass: Glass) -> None:
    glass.until(b"Harbour Works")
    os.close(glass.master)
    glass.process.terminate()
    assert glass.process.wait(20) == 0


@pytest.fixture
def glass() -> Iterator[Glass]:
    glass = Glass()
    yield glass
    if glass.process.poll() is None:
        glass.process.kill()
        glass.process.wait()


def test_bytes_of_no_utf8_and_thousands_of_characters_do_not_end_it(glass: Glass) -> None:
    glass.until(b"Harbour Works")
    glass.type(b"\xff\xfe\xc3\x28" + b"\xf0" + b"7" * 3_000 + b"\x1b]0;owned\x07\x1b[200~paste\x1b[201~")
    glass.type(b"1234\r")
    glass.until(b"We could not check you in")
    assert b"Traceback" not in glass.drawn
    assert glass.close() == 0


@pytest.mark.parametrize(
    "sequence", [b"\x1b[99999999u", b"\x1b[1114112;1;u", b"\x1b[48;0;0;0;0t", b"\x1b[48;3000;3000;9;9t", b"\x1b[200~"]
)
def test_a_sequence_that_a_scanner_types_neither_ends_nor_blinds_it(glass: Glass, sequence: bytes) -> None:
    glass.until(b"Harbour Works")
    glass.type(sequence)
    time.sleep(1)  # what was begun is forgotten when nothing follows
    glass.type(b"1234\r")
    glass.until(b"We could not check you in")
    assert glass.close() == 0
