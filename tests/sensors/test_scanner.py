"""The camera tells the screens credentials, not readings."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

import pytest

from kiosk.bench.desk import frame_with
from kiosk.desk.credentials import Code, Via
from kiosk.desk.foreign import Foreign
from kiosk.desk.frames import CameraState, Hint
from kiosk.desk.payloads import Shown
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.replay import ReplaySource
from kiosk.sensors.scanner import CameraScanner, NoScanner


def picture_of(folder: Path, text: str) -> Path:
    file = folder / "code.pgm"
    file.write_bytes(b"P5 640 480 255\n" + frame_with(text).grey)
    return file


def first_code(file: Path) -> Shown:
    heard: queue.Queue[Shown] = queue.Queue()
    scanner = CameraScanner(ReplaySource(file), Decoder())
    scanner.listen(heard.put)
    try:
        return heard.get(timeout=30)
    finally:
        scanner.stop()


def test_a_code_before_the_camera_is_a_credential(tmp_path: Path) -> None:
    code = first_code(picture_of(tmp_path, "https://example.test/visitors/checkin?code=228904"))
    assert code == Code("228904", Via.CAMERA)


@pytest.mark.parametrize("payload", ["x" * 300, "1" * 600, "\x1b]0;owned\x07", "48\x00213"])
def test_a_code_that_can_be_none_of_ours_is_told_as_such(tmp_path: Path, payload: str) -> None:
    assert first_code(picture_of(tmp_path, payload)) is None


def test_a_code_that_is_meant_for_something_else_is_told_by_its_kind(tmp_path: Path) -> None:
    assert first_code(picture_of(tmp_path, "WIFI:S:guests;;")) is Foreign.WIFI


def test_without_a_camera_there_is_nothing_to_hear() -> None:
    scanner = NoScanner()
    scanner.listen(lambda code: None)
    assert scanner.state is CameraState.ABSENT
    assert scanner.latest is None
    scanner.stop()
    assert scanner.sighting is None
    assert scanner.hint is Hint.NONE


def test_a_code_has_a_place_in_the_picture_as_long_as_the_camera_looks_for_codes(tmp_path: Path) -> None:
    heard: queue.Queue[Shown] = queue.Queue()
    scanner = CameraScanner(ReplaySource(picture_of(tmp_path, "228904")), Decoder())
    scanner.listen(heard.put)
    try:
        heard.get(timeout=30)
        while (seen := scanner.sighting) is None:
            threading.Event().wait(0.01)
        assert (seen.width, seen.height) == (640, 480)
        assert len(seen.corners) == 4
        scanner.pause()
        gone = scanner.sighting
        assert gone is None
    finally:
        scanner.stop()
