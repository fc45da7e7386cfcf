"""How many photographs of QR codes are read, and in what time: by the kiosk, and by each decoder alone."""

from __future__ import annotations

import importlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kiosk.bench.figures import BenchFailed, Goal, Side, milliseconds
from kiosk.bench.known_codes import SIZE, KnownCode
from kiosk.desk.frames import Frame
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.zxing import ZxingFinder

FRAMES = 5
"""A picture is shown to the kiosk so many times, a sixth of a second at 30 frames, or until it is read."""

MEDIAN_LIMIT_MS = 2.0
P95_LIMIT_MS = 33.0
"""One frame at 30 a second."""

KIOSK, ZXING, PYZBAR = "kiosk", "zxing-cpp alone", "pyzbar alone"

_Reader = Callable[[Frame], Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class DecodingFigures:
    """What one decoder made of all the pictures.

    Attributes:
        pictures: How many held a code.
        read: Of how many the code was read.
        at_first: Of those, how many in the first frame.
        wrong: Of how many pictures something else was read.
        frames: How many frames were searched.
        median_ms: Time for a frame.
        p95_ms: The slowest of twenty.
    """

    pictures: int
    read: int
    at_first: int
    wrong: int
    frames: int
    median_ms: float
    p95_ms: float

    @property
    def rate(self) -> float:
        """The share of codes that were read, in percent."""
        return 100 * self.read / self.pictures if self.pictures else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return {
            "pictures": self.pictures,
            "read": self.read,
            "rate_percent": round(self.rate, 2),
            "read_at_first_frame": self.at_first,
            "wrong": self.wrong,
            "frames": self.frames,
            "median_ms": self.median_ms,
            "p95_ms": self.p95_ms,
        }


@dataclass(slots=True)
class _Tally:
    """One decoder, at work.

    Attributes:
        reader: Gives the payloads that it finds in a frame.
        shown: How many times a picture is shown to it.
    """

    reader: _Reader
    shown: int = 1
    pictures: int = 0
    read: int = 0
    at_first: int = 0
    wrong: int = 0
    seconds: list[float] = field(default_factory=list)

    def show(self, known: KnownCode) -> None:
        """Show it a picture until it reads something."""
        self.pictures += bool(known.content)
        for turn in range(self.shown):
            began = time.perf_counter()
            found = self.reader(known.frame)
            self.seconds.append(time.perf_counter() - began)
            if not found:
                continue
            right = bool(known.content) and any(known.is_said_by(payload) for payload in found)
            self.read += right
            self.at_first += right and turn == 0
            self.wrong += not right
            return

    def figures(self) -> DecodingFigures:
        """The result."""
        ordered = sorted(self.seconds)
        median, p95 = (milliseconds(ordered[len(ordered) * share // 100]) for share in (50, 95))
        return DecodingFigures(self.pictures, self.read, self.at_first, self.wrong, len(ordered), median, p95)


def measure_decoding(pictures: Iterable[KnownCode]) -> dict[str, DecodingFigures]:
    """Show every picture to the kiosk's decoder and, in turn with it, to each library alone; who is first changes.

    Raises:
        BenchFailed: There is no decoder, or what `pictures` raises.
    """
    tallies = _tallies()
    for tally in tallies.values():  # what is loaded or laid out at the first call is not a frame's
        tally.reader(Frame(bytes(SIZE[0] * SIZE[1]), *SIZE, 0.0))
    order = deque(tallies.values())
    for known in pictures:
        for tally in order:
            tally.show(known)
        order.rotate()  # the first finds the picture outside the processor's cache
    return {name: tally.figures() for name, tally in tallies.items()}


def decoding_goals(figures: Mapping[str, DecodingFigures]) -> dict[str, Goal]:
    """What is wanted: at least what the better decoder reads alone, in the time of a frame."""
    ours = figures[KIOSK]
    alone = max((other.rate for name, other in figures.items() if name != KIOSK), default=0.0)
    return {
        "rate_percent": Goal(ours.rate, Side.AT_LEAST, round(alone, 2)),
        "median_ms": Goal(ours.median_ms, Side.AT_MOST, MEDIAN_LIMIT_MS),
        "p95_ms": Goal(ours.p95_ms, Side.AT_MOST, P95_LIMIT_MS),
    }


def _tallies() -> dict[str, _Tally]:
    """Each decoder that this machine has."""
    decoder = Decoder()
    if not decoder.names:
        raise BenchFailed("there is no QR decoder: install zxing-cpp, or pyzbar and the system's libzbar0")
    tallies = {KIOSK: _Tally(lambda frame: [reading.payload for reading in decoder.look(frame).readings], FRAMES)}
    if "zxing" in decoder.names:
        tallies[ZXING] = _Tally(_zxing())
    if "zbar" in decoder.names:
        tallies[PYZBAR] = _Tally(_pyzbar())
    return tallies


def _zxing() -> _Reader:
    finder = ZxingFinder()

    def read(frame: Frame) -> Sequence[bytes]:
        found = finder.find(frame.grey, frame.width, frame.height)
        return [symbol.payload for symbol in found if symbol.payload]

    return read


def _pyzbar() -> _Reader:
    """pyzbar as it is shipped, looking for QR codes only; on some codes it raises, which is a miss."""
    pyzbar: Any = importlib.import_module("pyzbar.pyzbar")

    def read(frame: Frame) -> Sequence[bytes]:
        try:
            found = pyzbar.decode((frame.grey, frame.width, frame.height), symbols=[pyzbar.ZBarSymbol.QRCODE])
        except Exception:
            return []
        return [symbol.data for symbol in found if symbol.data]

    return read
