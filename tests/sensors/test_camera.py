from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kiosk.sensors.camera import CameraBusy, CameraError, CameraLost, CameraMissing, PicturesUnusable, choose_camera
from kiosk.sensors.picamera import PicameraSource
from kiosk.sensors.replay import ReplaySource
from tests.sensors.codes import draw
from tests.sensors.standin import StandIn


def test_none_means_no_camera() -> None:
    assert choose_camera("none") is None


def test_auto_without_picamera2_means_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "picamera2", None)
    assert choose_camera("auto") is None


@pytest.mark.parametrize(
    ("cameras", "found"),
    [
        ([], False),
        ([{"Model": "UVC Camera", "Id": "/base/scb/pcie@7d500000/usb@0,0-1:1.0-046d:0825", "Num": 0}], False),
        ([{"Model": "imx708", "Id": "/base/soc/i2c0mux/i2c@1/imx708@1a", "Num": 0}], True),
    ],
)
def test_auto_takes_the_raspberry_pi_camera_if_there_is_one(
    monkeypatch: pytest.MonkeyPatch, cameras: list[dict[str, object]], found: bool
) -> None:
    StandIn(cameras=cameras).install(monkeypatch)
    assert isinstance(choose_camera("auto"), PicameraSource) is found


def test_picamera2_is_taken_at_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "picamera2", None)
    assert isinstance(choose_camera("picamera2"), PicameraSource)


def test_a_path_is_replayed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw("code").save(tmp_path / "code.png")
    monkeypatch.setenv("HOME", str(tmp_path))
    for spec in (str(tmp_path), str(tmp_path / "code.png"), "~/code.png"):
        assert isinstance(choose_camera(spec), ReplaySource)


@pytest.mark.parametrize("spec", ["", "  ", "/no/such/folder"])
def test_a_setting_that_names_nothing_is_refused(spec: str) -> None:
    with pytest.raises(PicturesUnusable):
        choose_camera(spec)


@pytest.mark.parametrize("kind", [CameraMissing, CameraBusy, CameraLost])
def test_every_error_says_what_happened_and_what_to_do(kind: type[CameraError]) -> None:
    error = kind("Something happened")
    assert error.staff.startswith("Something happened. ")
    assert error.staff.endswith(".")
    assert error.cure != CameraError.cure
