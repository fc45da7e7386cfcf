"""Nothing of whoever walked away is left on the terminal: read from the very bytes that it was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from tests.ui.terminal import Glass

PROGRAM = """
import sys
from kiosk.i18n.speech import Speech
from kiosk.ui.app import KioskApp, Patience
from tests.ui.desk import FakeScanner, ScriptedDesk
app = KioskApp(ScriptedDesk(), FakeScanner(), Speech(), Patience(idle=600, form=2, countdown=1))
app.run()
sys.exit(app.return_code)
"""

_PARTS = re.compile(rb"\x1b\[([0-9;?<=>]*)([@-~])|\x1b.|([\n\r])|([^\x1b\n\r]+)")
ROWS, COLUMNS = 24, 80


class Buffer:
    """What a terminal holds: as much of one as a kiosk needs, which places its text and never scrolls."""

    def __init__(self) -> None:
        self._cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self._row = self._column = 0

    def feed(self, drawn: bytes) -> None:
        """Take what was drawn."""
        for part in _PARTS.finditer(drawn):
            values, command, line, text = part.groups()
            if command == b"H":
                row, _, column = values.partition(b";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            elif line == b"\n":
                self._row = min(self._row + 1, ROWS - 1)
            elif line == b"\r":
                self._column = 0
            elif text:
                self._put(text.decode(errors="replace"))

    def _put(self, text: str) -> None:
        for char in text:
            width = cell_len(char)
            if width > 0 and self._column + width <= COLUMNS:
                self._cells[self._row][self._column : self._column + width] = [char, *[""] * (width - 1)]
                self._column += width

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join("".join(row) for row in self._cells)


@pytest.fixture
def glass() -> Iterator[Glass]:
    glass = Glass(PROGRAM)
    yield glass
    if glass.process.poll() is None:
        glass.process.kill()
        glass.process.wait()


def test_after_the_wipe_the_terminal_holds_nothing_of_who_walked_away(glass: Glass) -> None:
    buffer = Buffer()

    def drawn_until(text: bytes) -> None:
        glass.until(text)
        buffer.feed(glass.drawn)

    drawn_until(b"Harbour Works")
    glass.type(b"\x1bOQ")  # F2: a visitor
    drawn_until(b"It is in the e-mail")
    glass.type(b"\x1bOQ")  # F2: without a code
    drawn_until(b"name@company.com")
    glass.type(b"quokka@zebra.org\r")
    drawn_until(b"2 / 4")
    glass.type(b"Quokka")
    drawn_until(b"Quokka")
    assert "Quokka" in buffer.text, "it was there"
    glass.type(b"")
    drawn_until(b"Are you still there?")
    glass.type(b"")
    drawn_until(b"Or hold the QR code")
    assert "Or hold the QR code" in buffer.text
    assert not any(word in buffer.text.lower() for word in ("quokka", "zebra"))
    assert glass.close() == 0
