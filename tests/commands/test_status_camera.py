"""What `kiosk status` says of the camera."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.assembly import open_kiosk
from kiosk.cli import main
from kiosk.commands.status import camera_words
from kiosk.control.clerk import Parts
from kiosk.control.protocol import Answer, CameraReport, Report, to_answer, to_line
from kiosk.desk.frames import CameraFault, CameraStanding, CameraState
from kiosk.desk.ports import Link
from kiosk.sensors.camera import CameraBusy, CameraForbidden, CameraMissing
from kiosk.sensors.scanner import NoScanner
from tests.test_assembly import kiosk_with


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (CameraStanding("webcam C920", CameraState.LIVE, 29.7), "webcam C920, 30 pictures a second"),
        (CameraStanding("webcam C920", CameraState.STARTING), "webcam C920, starting"),
        (NoScanner().standing(), "none"),
    ],
)
def test_a_camera_that_works_is_told_with_its_rate(standing: CameraStanding, words: str) -> None:
    assert camera_words(CameraReport.model_validate(standing)) == words


@pytest.mark.parametrize("error", [CameraMissing("None"), CameraBusy("In use"), CameraForbidden("Not allowed")])
def test_one_that_does_not_is_told_with_its_cure(error: CameraMissing | CameraBusy | CameraForbidden) -> None:
    standing = CameraStanding("USB webcam", CameraState.LOST, 0.0, error.fault, error.staff)
    assert camera_words(CameraReport.model_validate(standing)) == f"USB webcam: {error.staff}"


def test_it_goes_over_the_socket_and_back() -> None:
    standing = CameraStanding("\x1b[2Jwebcam", CameraState.LOST, 0.0, CameraFault.BUSY, "Close the other program.")
    camera = CameraReport.model_validate(standing)
    answer = Answer(done=True, report=Report(process=1, line=Link.ONLINE, waiting=0, refused=0, camera=camera))
    assert to_answer(to_line(answer)) == answer
    assert camera.name == "[2Jwebcam"


def test_the_running_kiosk_tells_how_its_camera_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = kiosk_with(1, tmp_path)
    standing = CameraStanding("webcam C920", CameraState.LIVE, 29.7)
    with open_kiosk(settings, parts=Parts(camera=lambda: standing)):
        assert main(["status", "--state", str(settings.state.folder)]) == 0
        assert main(["status", "--state", str(settings.state.folder), "--json"]) == 0
    words, _, data = capsys.readouterr().out.partition("{")
    assert "camera:    webcam C920, 30 pictures a second" in words
    assert json.loads("{" + data)["camera"] == {
        "name": "webcam C920",
        "state": "live",
        "frames_per_second": 29.7,
        "fault": None,
        "cure": "",
    }
