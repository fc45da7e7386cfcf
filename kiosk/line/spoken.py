"""Lines that are read aloud as they are written, until whoever listens has typed the next one."""

from __future__ import annotations

from typing import TextIO, cast

from kiosk.desk.hearing import Voice
from kiosk.line.lines import ByteSource


class HeardOut:
    """Fulfils `ByteSource`: whoever types has heard enough of what was said before."""

    def __init__(self, source: ByteSource, voice: Voice) -> None:
        self._source = source
        self._voice = voice

    def read(self, size: int, /) -> bytes | None:
        """The same bytes."""
        data = self._source.read(size)
        if data:
            self._voice.hush()
        return data

    def fileno(self) -> int:
        """Of the stream itself."""
        return self._source.fileno()


class _ReadAloud:
    """As much of a text stream as lines are written to."""

    def __init__(self, out: TextIO, voice: Voice) -> None:
        self._out = out
        self._voice = voice
        self.encoding = out.encoding

    def write(self, text: str) -> int:
        written = self._out.write(text)
        self._voice.speak(text.strip())
        return written

    def flush(self) -> None:
        self._out.flush()


def read_aloud(out: TextIO, voice: Voice) -> TextIO:
    """Return `out`, whose lines are also spoken. They are written even so: somebody may read along."""
    return cast(TextIO, _ReadAloud(out, voice))
