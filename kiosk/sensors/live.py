"""Codes held before a camera, as they are read: `kiosk scan --live`."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import FrameSource
from kiosk.sensors.decoder import Decoder, Look, Reading
from kiosk.sensors.scanner import CameraScanner


class TimedDecoder(Decoder):
    """A decoder that knows how long it took over the last frame."""

    def __init__(self) -> None:
        super().__init__()
        self.milliseconds = 0.0

    def look(self, frame: Frame) -> Look:
        began = time.perf_counter()
        try:
            return super().look(frame)
        finally:
            self.milliseconds = (time.perf_counter() - began) * 1000


def live_scanner(source: FrameSource, decoder: TimedDecoder, on_line: Callable[[str, str], None]) -> CameraScanner:
    """Return a scanner that tells, in its own thread, each code newly held up: a line of JSON, and its text."""

    def tell(reading: Reading) -> None:
        on_line(as_json(reading, decoder.milliseconds, datetime.now(UTC)), reading.text)

    return CameraScanner(source, decoder, tell)


def as_json(reading: Reading, milliseconds: float, at: datetime) -> str:
    """Return a reading as one line of plain ASCII: what a code contains cannot control a terminal.

    The fields are those of a file that was scanned, with the moment in place of the file.

    Args:
        reading: What was read. Of a long code only the beginning is told.
        milliseconds: How long the decoders took over the frame.
        at: When.
    """
    try:
        text, payload = reading.payload.decode("utf-8"), None
    except UnicodeDecodeError:
        text, payload = reading.payload.decode("latin-1"), base64.b64encode(reading.payload).decode("ascii")
    fields = {
        "at": at.isoformat(timespec="milliseconds"),
        "texts": [text],
        "format": "QRCode",
        "pass": reading.decoder,
        "milliseconds": round(milliseconds, 1),
        "corners": [[[round(x, 1), round(y, 1)] for x, y in reading.corners]],
        "payloads": [payload],
        "bytes": reading.length,
    }
    return json.dumps(fields)
