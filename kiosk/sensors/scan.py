"""QR codes out of picture files, through the kiosk's own decoders: `kiosk scan`."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.sensors.decoder import Decoder, Reading
from kiosk.sensors.pictures import PictureError, fit, open_grey, surround, to_frame

LARGEST = 2000
"""The longest side, in pixels, at which a photograph is searched."""

NO_DECODER = "No QR decoder is installed: install zxing-cpp, or pyzbar and the system's libzbar0."


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What one file came to. Without `text` and without `error` it is a picture in which no code was found.

    Attributes:
        file: The path as it was given.
        text: The content of the code: UTF-8, or else Latin-1.
        payload: The bytes of the code in base64, when they are not valid UTF-8 and `text` is thus a guess.
        decoder: The library and the pass that read it.
        milliseconds: Time spent on the file, reading it included.
        error: Why it could not be searched, in a sentence.
    """

    file: str
    text: str | None
    payload: str | None
    decoder: str | None
    milliseconds: float
    error: str | None

    def as_json(self) -> str:
        """Return this as one line of JSON in plain ASCII: what a code contains cannot control a terminal."""
        fields = {
            "file": self.file,
            "text": self.text,
            "payload": self.payload,
            "decoder": self.decoder,
            "milliseconds": self.milliseconds,
            "error": self.error,
        }
        return json.dumps(fields)


def scan_files(
    paths: Sequence[Path], decoder: Decoder, clock: Callable[[], float] = time.perf_counter
) -> Iterator[ScanResult]:
    """Yield the result of each file, in order, as soon as it is known. Never raises for a bad file."""
    for path in paths:
        started = clock()
        reading, error = None, None
        try:
            if decoder.names:
                reading = _search(open_grey(path, (LARGEST, LARGEST)), decoder)
            else:
                error = NO_DECODER
        except PictureError as problem:
            error = str(problem)
        yield _result(path, reading, error, round((clock() - started) * 1000, 1))


def _search(picture: Image.Image, decoder: Decoder) -> Reading | None:
    for size in _sizes(picture):
        reading = decoder.deep_read(to_frame(size, at=0.0))
        if reading is not None:
            return reading
    return None


def _sizes(picture: Image.Image) -> Iterator[Image.Image]:
    """Yield the picture as it is searched: as the camera would see it, and larger as far as it is larger.

    Small first: it is quickest, and the noise of single pixels is gone from it. Mid grey around the picture gives a
    code that touches its edge the margin it lacks.
    """
    yield surround(fit(picture, 640, 480), 640, 480)
    if picture.width > 640 or picture.height > 480:
        yield fit(picture, 1280, 960)
    if picture.width > 1280 or picture.height > 960:
        yield fit(picture, LARGEST, LARGEST)


def _result(path: Path, reading: Reading | None, error: str | None, milliseconds: float) -> ScanResult:
    if reading is None:
        return ScanResult(str(path), None, None, None, milliseconds, error)
    try:
        text, payload = reading.payload.decode("utf-8"), None
    except UnicodeDecodeError:
        text, payload = reading.payload.decode("latin-1"), base64.b64encode(reading.payload).decode("ascii")
    return ScanResult(str(path), text, payload, reading.decoder, milliseconds, error)
