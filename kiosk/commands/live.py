"""`kiosk scan --live`: what the camera sees, and what is read in it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

from kiosk.desk.frames import CameraState
from kiosk.sensors.camera import CameraError, FrameSource, choose_camera
from kiosk.sensors.decoder_words import decoder_words
from kiosk.sensors.live import TimedDecoder, live_scanner
from kiosk.sensors.scanner import CameraScanner
from kiosk.ui.live import LiveView

POLL_SECONDS = 0.2
"""How often it is looked whether to end."""


def run(spec: str, seconds: float | None) -> int:
    """Look until Ctrl-C, `q` or so many seconds.

    On a terminal the picture is drawn, and the lines are printed once it has gone. Where the output goes elsewhere, a
    line is written as soon as a code is read, and nothing is drawn. Status 0 if anything was read, else 1.
    """
    decoder = TimedDecoder()
    try:
        source = choose_camera(spec)
    except CameraError as error:
        return _refuse(error.staff)
    if source is None:
        return _refuse("There is no camera here. Name pictures to replay with --camera.")
    if not decoder.names:
        return _refuse(decoder_words(decoder))
    on_a_terminal = sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()
    return (_draw if on_a_terminal else _write)(source, decoder, seconds)


def _draw(source: FrameSource, decoder: TimedDecoder, seconds: float | None) -> int:
    lines: list[str] = []

    def note(line: str, text: str) -> None:
        lines.append(line)
        view.tell(text)

    scanner = live_scanner(source, decoder, note)
    view = LiveView(scanner, source.describe(), seconds)
    try:
        view.run()
    finally:
        scanner.stop()
    for line in lines:
        print(line)
    return view.return_code or (0 if lines else 1)


def _write(source: FrameSource, decoder: TimedDecoder, seconds: float | None) -> int:
    ended, found = threading.Event(), threading.Event()

    def note(line: str, text: str) -> None:
        found.set()
        try:
            print(line, flush=True)
        except BrokenPipeError:
            ended.set()  # whoever read the lines has gone

    scanner = live_scanner(source, decoder, note)
    scanner.listen(lambda code: None)
    try:
        _wait(ended, seconds, _Complaint(scanner))
    finally:
        scanner.stop()
    return 0 if found.is_set() else 1


class _Complaint:
    """Says once on standard error that the camera does not work, and once that it does again."""

    def __init__(self, scanner: CameraScanner) -> None:
        self._scanner = scanner
        self._is_live = True

    def __call__(self) -> None:
        state = self._scanner.state
        if state is not CameraState.STARTING and (state is CameraState.LIVE) != self._is_live:
            self._is_live = not self._is_live
            words = "The camera works." if self._is_live else "The camera does not work; it is tried again by itself."
            print(f"kiosk: {words}", file=sys.stderr)


def _wait(ended: threading.Event, seconds: float | None, each_time: Callable[[], None]) -> None:
    """Wait until told to end by a signal, by the reader of the lines, or by the clock."""

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        left = seconds
        while left is None or left > 0:
            if ended.wait(POLL_SECONDS if left is None else min(POLL_SECONDS, left)):
                return
            each_time()
            left = None if left is None else left - POLL_SECONDS
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _refuse(why: str) -> int:
    print(f"kiosk: {why}", file=sys.stderr)
    return 1
