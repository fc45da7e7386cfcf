"""QR codes out of camera frames, with whichever decoding libraries this machine has.

A code is an envelope from a stranger: its payload is bounded, taken as bytes, and never followed or logged.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

from PIL import Image

from kiosk.desk.frames import Frame
from kiosk.sensors.passes import Pass, every_frame, for_stills, in_turn
from kiosk.sensors.symbol import Point, Symbol, SymbolFinder
from kiosk.sensors.zbar import ZbarFinder
from kiosk.sensors.zxing import ZxingFinder
from kiosk.text import clean

logger = logging.getLogger(__name__)

LONGEST_PAYLOAD = 512
"""Bytes kept of a code held before the camera. An invitation has under a hundred; a longer code is not one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One QR code, read.

    Attributes:
        payload: The bytes in it. From a live frame at most `LONGEST_PAYLOAD` of them.
        text: The payload as one line to work with: UTF-8 if it is valid UTF-8, else Latin-1, the standard's default
            (ISO/IEC 18004); without control characters, and bounded. Still a stranger's text.
        decoder: The library and the pass that read it.
        corners: The outline of the code, in pixels of the frame.
        length: The number of bytes in the code, which may be more than `payload` holds.
    """

    payload: bytes
    text: str
    decoder: str
    corners: tuple[Point, ...]
    length: int

    @property
    def is_cut(self) -> bool:
        """Whether the code holds more than `payload`. It is then no code of ours, and is refused."""
        return self.length > len(self.payload)


def decode_text(payload: bytes) -> str:
    """Return `payload` as UTF-8 if it is valid UTF-8, else as Latin-1, which can spell any bytes."""
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("latin-1")


class Decoder:
    """Reads QR codes with zxing, zbar, or both; the two fail on different codes.

    A live frame gets bounded time: zxing, and after a miss one deeper pass, a different one each time. What stays in
    view for a quarter of a second has so been tried in every way.

    Not for use by two threads at once.
    """

    def __init__(self) -> None:
        self._finders = {
            finder.name: finder for finder in (_load(ZxingFinder), _load(ZbarFinder)) if finder is not None
        }
        zxing, zbar = self._finders.get("zxing"), self._finders.get("zbar")
        self._every_frame = every_frame(zxing)
        self._in_turn = in_turn(zxing, zbar)
        self._for_stills = for_stills(zxing, zbar)
        self._turn = 0
        self._failing: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The decoding libraries of this machine; with none, nothing is ever read."""
        return tuple(self._finders)

    def read(self, frame: Frame) -> Reading | None:
        """Return the code in a live frame, the most central one of several, or None. Never raises.

        A payload of more than `LONGEST_PAYLOAD` bytes is cut, and says so.
        """
        reading = self._first(self._every_frame, frame)
        if reading is None and self._in_turn:
            deeper = self._in_turn[self._turn % len(self._in_turn)]
            self._turn += 1
            reading = self._first((deeper,), frame)
        return reading and replace(reading, payload=reading.payload[:LONGEST_PAYLOAD])

    def deep_read(self, frame: Frame) -> Reading | None:
        """Return the code in a still picture, trying every pass, or None. Never raises.

        For a file that staff name: it takes a hundred times as long as `read`, and the payload is whole.
        """
        return self._first(chain(self._every_frame, self._in_turn, self._for_stills), frame)

    def _first(self, passes: Iterable[Pass], frame: Frame) -> Reading | None:
        picture = Image.frombytes("L", (frame.width, frame.height), frame.grey)
        middle = (frame.width / 2, frame.height / 2)
        for attempt in passes:
            found = [symbol for symbol in self._find(attempt, picture) if symbol.payload]
            if found:
                symbol = min(found, key=lambda symbol: math.dist(symbol.centre, middle))
                return _reading(symbol, attempt.name)
        return None

    def _find(self, attempt: Pass, picture: Image.Image) -> list[Symbol]:
        """Search, counting any error of the library as a miss: no code held up by anyone may stop the camera."""
        try:
            found = attempt.find(picture)
        except Exception as error:
            if attempt.name not in self._failing:
                self._failing.add(attempt.name)
                logger.warning(
                    "The decoder pass %s failed (%s); it counts as a miss.", attempt.name, type(error).__name__
                )
            return []
        if attempt.name in self._failing:
            self._failing.discard(attempt.name)
            logger.info("The decoder pass %s works again.", attempt.name)
        return found


def _load(finder: Callable[[], SymbolFinder]) -> SymbolFinder | None:
    try:
        return finder()
    except (ImportError, OSError) as error:
        logger.info("A QR decoder is not available: %s", error)
        return None


def _reading(symbol: Symbol, decoder: str) -> Reading:
    text = clean(decode_text(symbol.payload), LONGEST_PAYLOAD)
    return Reading(symbol.payload, text, decoder, symbol.corners, len(symbol.payload))
