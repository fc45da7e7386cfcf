"""QR codes out of picture files, through the kiosk's own decoders: `kiosk scan`."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.sensors.decoder import Decoder, Reading
from kiosk.sensors.passes import Prepared
from kiosk.sensors.pictures import PictureError, fit, open_photograph, surround, to_frame
from kiosk.sensors.symbol import FORMAT, Point

LARGEST = 2000
"""The longest side, in pixels, at which a photograph is searched."""

NO_DECODER = "No QR decoder is installed: install zxing-cpp, or pyzbar and the system's libzbar0."


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """One code in a file.

    Attributes:
        text: Its content: UTF-8, or else Latin-1.
        payload: The bytes in base64, when they are not valid UTF-8 and `text` is thus a guess.
        corners: Its outline, in pixels of the picture in the file, upright.
    """

    text: str
    payload: str | None
    corners: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What one file came to. Without `codes` and without `error` it is a picture in which no code was found.

    Attributes:
        file: The path, as it was given or under the folder that was given.
        codes: The codes in it, each content once; the nearest to the middle first.
        read_by: The library and the pass that read them.
        milliseconds: Time spent on the file, reading it included.
        error: Why it could not be searched, in a sentence.
    """

    file: str
    codes: tuple[ScannedCode, ...]
    read_by: str | None
    milliseconds: float
    error: str | None

    def as_json(self) -> str:
        """Return this as one line of JSON in plain ASCII: what a code contains cannot control a terminal."""
        fields = {
            "file": self.file,
            "texts": [code.text for code in self.codes],
            "format": FORMAT if self.codes else None,
            "pass": self.read_by,
            "milliseconds": self.milliseconds,
            "corners": [[[round(x, 1), round(y, 1)] for x, y in code.corners] for code in self.codes],
            "payloads": [code.payload for code in self.codes],
            "error": self.error,
        }
        return json.dumps(fields)


def scan_files(
    paths: Iterable[Path], decoder: Decoder, clock: Callable[[], float] = time.perf_counter
) -> Iterator[ScanResult]:
    """Yield the result of each file, in order, as soon as it is known. Never raises for a bad file."""
    for path in paths:
        started = clock()
        codes: tuple[ScannedCode, ...] = ()
        read_by, error = None, None
        try:
            if decoder.names:
                codes, read_by = _search(path, decoder)
            else:
                error = NO_DECODER
        except PictureError as problem:
            error = str(problem)
        yield ScanResult(str(path), codes, read_by, round((clock() - started) * 1000, 1), error)


def _search(path: Path, decoder: Decoder) -> tuple[tuple[ScannedCode, ...], str | None]:
    """Look quickly at every size, and if that reads nothing, deeply. Raises PictureError."""
    photograph = open_photograph(path, (LARGEST, LARGEST))
    sizes = list(_sizes(photograph.grey))
    found: dict[bytes, tuple[Reading, Prepared]] = {}
    for look in (decoder.quick_look, decoder.deep_look):
        for size in sizes:
            for reading in look(to_frame(size.picture, at=0.0)).readings:
                found.setdefault(reading.payload, (reading, size))
            if found and look == decoder.deep_look:
                break
        if found:
            break
    scale = photograph.width / photograph.grey.width, photograph.height / photograph.grey.height
    codes = tuple(_code(reading, size, scale) for reading, size in found.values())
    return codes, next((reading.decoder for reading, _ in found.values()), None)


def _sizes(picture: Image.Image) -> Iterator[Prepared]:
    """Yield the picture as it is searched: as the camera would see it, and larger as far as it is larger.

    Small first: it is quickest, and the noise of single pixels is gone from it. Mid grey around the picture gives a
    code that touches its edge the margin it lacks.
    """
    small = fit(picture, 640, 480)
    across, down = picture.width / small.width, picture.height / small.height
    left, top = (640 - small.width) // 2 * across, (480 - small.height) // 2 * down
    yield Prepared(surround(small, 640, 480), -left, -top, across, down)
    for width, height, enough in ((1280, 960, (640, 480)), (LARGEST, LARGEST, (1280, 960))):
        if picture.width > enough[0] or picture.height > enough[1]:
            large = fit(picture, width, height)
            yield Prepared(large, 0.0, 0.0, picture.width / large.width, picture.height / large.height)


def _code(reading: Reading, size: Prepared, scale: tuple[float, float]) -> ScannedCode:
    places = (size.back(corner) for corner in reading.corners)
    corners = tuple((x * scale[0], y * scale[1]) for x, y in places)
    try:
        return ScannedCode(reading.payload.decode("utf-8"), None, corners)
    except UnicodeDecodeError:
        encoded = base64.b64encode(reading.payload).decode("ascii")
        return ScannedCode(reading.payload.decode("latin-1"), encoded, corners)
