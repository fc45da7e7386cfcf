from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kiosk.desk.frames import CameraFault
from kiosk.sensors.camera import (
    CameraBusy,
    CameraError,
    CameraForbidden,
    CameraGarbled,
    CameraLost,
    CameraMissing,
    CameraSoftwareMissing,
    PicturesUnusable,
    choose_camera,
)
from kiosk.sensors.picamera import PicameraSource
from kiosk.sensors.replay import ReplaySource
from tests.sensors.codes import draw
from tests.sensors.standin import StandIn

KINDS = (
    CameraMissing,
    CameraSoftwareMissing,
    CameraForbidden,
    CameraBusy,
    CameraLost,
    CameraGarbled,
    PicturesUnusable,
)


def test_none_means_no_camera() -> None:
    assert choose_camera("none") is None


def test_auto_finds_the_raspberry_pi_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    StandIn().install(monkeypatch)
    source = choose_camera("auto")
    assert source is not None
    source.open()
    assert source.describe() == "Raspberry Pi camera imx708"


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


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_says_what_happened_and_what_to_do(kind: type[CameraError]) -> None:
    error = kind("Something happened")
    assert error.staff.startswith("Something happened. ")
    assert error.staff.endswith(".")
    assert error.cure != CameraError.cure


def test_every_fault_is_told_by_one_error() -> None:
    assert [kind.fault for kind in KINDS] == list(CameraFault)
