"""Lines out: one whole line at a time, and nothing in it that could steer a terminal."""

from __future__ import annotations

from typing import TextIO

from kiosk.line.aside import aside
from kiosk.text import clean

LONGEST_ANSWER = 2000
"""Characters of a line that is written."""

# Frames and blocks are read out one by one by a screen reader, and a stranger's name could draw with them.
_DRAWING = dict.fromkeys(range(0x2500, 0x25A0))


class OutputLost(Exception):
    """Answers reach nobody any more.

    OutputLost           the output failed; the message is for staff
    └── ListenerGone     whoever read the output has closed it, as `kiosk line | head` does
    """


class ListenerGone(OutputLost):
    """Whoever read the output has closed it."""


def plain(text: str, encoding: str = "utf-8") -> str:
    """`text` as one line of printable characters that `encoding` has; a `?` stands for each that it has not."""
    line = clean(text.translate(_DRAWING), LONGEST_ANSWER)
    return line.encode(encoding, "replace").decode(encoding)


class Output:
    """Writes lines, in a thread: a terminal that was stopped with Ctrl-S must not stop the upload."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._encoding = out.encoding or "utf-8"

    async def write(self, text: str) -> None:
        """Write one line at once. Raises ListenerGone or OutputLost."""
        line = plain(text, self._encoding) + "\n"
        try:
            await aside(lambda: self._write(line))
        except BrokenPipeError as error:
            raise ListenerGone from error
        except OSError as error:
            raise OutputLost(f"the output cannot be written: {error}") from error

    def _write(self, line: str) -> None:
        self._out.write(line)
        self._out.flush()
