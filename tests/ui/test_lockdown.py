"""Nothing a visitor does, and no byte that arrives, leaves the kiosk or draws on it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from rich.segment import ControlType, Segment
from textual.color import Color

from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.lockdown import ControlFilter
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


@pytest.fixture
def glass() -> Iterator[Glass]:
    glass = Glass()
    yield glass
    if glass.process.poll() is None:
        glass.process.kill()
        glass.process.wait()


def test_bytes_of_no_utf8_and_ten_thousand_characters_do_not_end_it(glass: Glass) -> None:
    glass.until(b"Harbour Works")
    glass.type(b"\xff\xfe\xc3\x28" + b"\xf0" + b"7" * 10_000 + b"\x1b]0;owned\x07\x1b[200~paste\x1b[201~")
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
