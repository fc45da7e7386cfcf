"""QR codes out of camera frames, with whichever decoding libraries this machine has.

A code is an envelope from a stranger: its payload is bounded, taken as bytes, and never followed or logged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

from PIL import Image

from kiosk.desk.frames import Frame
from kiosk.desk.sights import Sight
from kiosk.sensors.passes import Pass, every_frame, for_stills, in_turn, second_opinion
from kiosk.sensors.symbol import Point, Symbol, SymbolFinder, clearly_meant, each_content_once
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


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a picture came to.

    Attributes:
        sight: What can be said of the codes in it.
        readings: The codes that were read, each content once, the nearest to the middle first. All of them are from the
            same pass.
        unread: The outlines of codes that were made out and could not be read, in pixels of the frame.
    """

    sight: Sight
    readings: tuple[Reading, ...] = ()
    unread: tuple[tuple[Point, ...], ...] = ()

    @property
    def reading(self) -> Reading | None:
        """The code that is meant, or None: of several, the one that is clearly in the middle, else none of them."""
        return self.readings[0] if self.sight is Sight.CODE else None


class Decoder:
    """Reads QR codes with zxing, zbar, or both; the two fail on different codes.

    A live frame gets bounded time: zxing, and after a miss one turn of deeper passes, another one each time. What stays
    in view for a sixth of a second has so been tried in every way.

    Not for use by two threads at once.
    """

    def __init__(self) -> None:
        self._finders = {
            finder.name: finder for finder in (_load(ZxingFinder), _load(ZbarFinder)) if finder is not None
        }
        zxing, zbar = self._finders.get("zxing"), self._finders.get("zbar")
        self._every_frame = every_frame(zxing, zbar)
        self._in_turn = in_turn(zxing, zbar)
        self._for_stills = for_stills(zxing, zbar)
        self._second_opinion = second_opinion(zxing, zbar)
        self._turn = 0
        self._failing: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The decoding libraries of this machine; with none, nothing is ever read."""
        return tuple(self._finders)

    @property
    def turns(self) -> int:
        """How many frames at most it takes until a picture has been tried in every way that a live one is."""
        return max(1, len(self._in_turn))

    def read(self, frame: Frame) -> Reading | None:
        """Return the code in a live frame, or None if there is none to be read or none is clearly meant. Never raises.

        A payload of more than `LONGEST_PAYLOAD` bytes is cut, and says so.
        """
        return self.look(frame).reading

    def look(self, frame: Frame) -> Look:
        """Return what a live frame shows. Never raises. Payloads are cut as in `read`."""
        seen = self._search(self._every_frame, frame)
        if not seen.readings and self._in_turn:
            deeper = self._in_turn[self._turn % len(self._in_turn)]
            self._turn += 1
            seen = _either(self._search(deeper, frame), seen)
        bounded = (replace(reading, payload=reading.payload[:LONGEST_PAYLOAD]) for reading in seen.readings)
        return replace(seen, readings=tuple(bounded))

    def agrees(self, frame: Frame, reading: Reading) -> bool:
        """Whether the other library reads the same in the same live frame. Never raises.

        The two go about it in different ways, and are wrong in different ways, so this says more than a second frame,
        and says it sooner. False tells nothing: the other one may not be able to read it at all.
        """
        if reading.decoder not in {attempt.name for attempt in self._every_frame}:
            return False
        seen = self._search(self._second_opinion, frame)
        return any((other.payload, other.length) == (reading.payload, reading.length) for other in seen.readings)

    def quick_look(self, frame: Frame) -> Look:
        """Return what the passes for every frame find in a still picture. Never raises. Payloads are whole."""
        return self._search(self._every_frame, frame)

    def deep_look(self, frame: Frame) -> Look:
        """Return what is found in a still picture with every pass until one reads something. Never raises.

        For a file that staff name: it takes a hundred times as long as `look`, and payloads are whole.
        """
        return self._search(chain(self._every_frame, *self._in_turn, self._for_stills), frame)

    def _search(self, passes: Iterable[Pass], frame: Frame) -> Look:
        """Try passes until one reads something."""
        if not frame.grey:
            return Look(Sight.NOTHING)
        picture = Image.frombytes("L", (frame.width, frame.height), frame.grey)
        middle = (frame.width / 2, frame.height / 2)
        unread: tuple[tuple[Point, ...], ...] = ()
        for attempt in passes:
            found = self._find(attempt, picture)
            read = each_content_once(found, middle)
            if read:
                sight = Sight.CODE if clearly_meant(read, middle) else Sight.SEVERAL
                return Look(sight, tuple(_reading(symbol, attempt.name) for symbol in read))
            unread = unread or tuple(symbol.corners for symbol in found if symbol.payload is None)
        return Look(Sight.UNREAD if unread else Sight.NOTHING, (), unread)

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


def _either(new: Look, earlier: Look) -> Look:
    """What a deeper look found, or else what the first one did."""
    return earlier if new.sight is Sight.NOTHING else new


def _reading(symbol: Symbol, decoder: str) -> Reading:
    payload = symbol.payload or b""
    text = clean(decode_text(payload), LONGEST_PAYLOAD)
    return Reading(payload, text, decoder, symbol.corners, len(payload))
