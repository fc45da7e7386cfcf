from __future__ import annotations

import errno
import logging
import os
import sys

import pytest

from kiosk.sensors.camera import CameraBusy, CameraError, CameraLost, CameraMissing, CameraSoftwareMissing, Pace
from kiosk.sensors.picamera import PicameraSource
from tests.sensors.clock import HandClock
from tests.sensors.codes import draw, in_view
from tests.sensors.standin import CAMERA_MODULE_3, STRIDE, WEBCAM, StandIn

FRAME = in_view(draw("held up"))
ROWS = [FRAME.grey[row * 640 : (row + 1) * 640] for row in range(480)]


@pytest.fixture
def camera(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return StandIn().install(monkeypatch)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set for libcamera does not outlive a test."""
    monkeypatch.setenv("LIBCAMERA_LOG_FILE", "")
    monkeypatch.delenv("LIBCAMERA_LOG_FILE")


@pytest.mark.parametrize("stride", [640, STRIDE])
def test_the_grey_plane_is_taken_out_of_padded_rows(monkeypatch: pytest.MonkeyPatch, stride: int) -> None:
    camera = StandIn(stride=stride).install(monkeypatch)
    camera.pictures = [ROWS]
    source = PicameraSource(HandClock(7.0))
    source.open()
    frame = source.read(0.5)
    assert frame is not None
    assert (frame.width, frame.height, frame.at) == (640, 480, 7.0)
    assert frame.grey == FRAME.grey
    assert [request.released for request in camera.requests] == [True]


def test_the_whole_view_is_binned_and_the_exposure_short(camera: StandIn) -> None:
    PicameraSource().open()
    assert camera.configuration["lores"] == {"size": (640, 480), "format": "YUV420"}
    assert camera.configuration["sensor"] == {"output_size": (2304, 1296)}
    assert (camera.configuration["queue"], camera.configuration["buffer_count"]) == (True, 4)
    assert camera.configuration["controls"] == {
        "FrameDurationLimits": (33_333, 33_333),
        "AeExposureMode": 1,
        "AeConstraintMode": 1,
        "AfMode": 0,
        "LensPosition": 4.0,
    }


def test_a_module_without_a_lens_is_not_asked_to_focus(monkeypatch: pytest.MonkeyPatch) -> None:
    camera = StandIn(has_lens=False).install(monkeypatch)
    PicameraSource().open()
    assert set(camera.configuration["controls"]) == {"FrameDurationLimits", "AeExposureMode", "AeConstraintMode"}


def test_the_lens_is_fixed_where_the_settings_say(camera: StandIn) -> None:
    PicameraSource(dioptres=6.5).open()
    assert camera.set["LensPosition"] == 6.5


def test_beside_a_webcam_the_ribbon_camera_is_opened_whatever_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    # libcamera found the webcam first; picamera2 sorts webcams to the end of its list and opens by place in it.
    camera = StandIn(cameras=[{**CAMERA_MODULE_3, "Num": 1}, {**WEBCAM, "Num": 0}]).install(monkeypatch)
    PicameraSource().open()
    assert [opened["Model"] for opened in camera.opened] == ["imx708"]


def test_the_pace_is_changed_while_the_camera_runs(camera: StandIn) -> None:
    source = PicameraSource()
    source.open()
    source.pace(Pace.IDLE)
    assert camera.set["FrameDurationLimits"] == (125_000, 125_000)
    source.pace(Pace.FULL)
    assert camera.set["FrameDurationLimits"] == (33_333, 33_333)
    assert camera.log.count("configure") == 1


def test_a_camera_without_a_frame_duration_keeps_its_pace(camera: StandIn) -> None:
    camera.controls.remove("FrameDurationLimits")
    source = PicameraSource()
    source.open()
    source.pace(Pace.IDLE)
    assert "FrameDurationLimits" not in camera.set


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        (6_980_000_000, 6.98),
        (7_100_000_000, 7.0),  # not of this clock
        (1_000_000_000, 7.0),
        ("soon", 7.0),
        (None, 7.0),
    ],
)
def test_a_picture_bears_the_time_of_its_exposure(camera: StandIn, stamp: object, at: float) -> None:
    camera.pictures, camera.metadata = [ROWS], {"SensorTimestamp": stamp}
    source = PicameraSource(HandClock(7.0))
    source.open()
    frame = source.read(0.5)
    assert frame is not None
    assert frame.at == pytest.approx(at)


def test_a_slow_decoder_gets_new_pictures_and_drops_those_between(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = HandClock()
    camera = StandIn().install(monkeypatch).runs(clock, ROWS)
    source = PicameraSource(clock)
    source.open()
    ages = []
    for _ in range(20):
        frame = source.read(0.5)
        assert frame is not None
        ages.append(clock.now - frame.at)
        clock.advance(0.29)  # nine frames long
    assert max(ages) < 2 / 30
    assert len(camera.requests) == 20
    assert all(request.released for request in camera.requests)


def test_libcamera_does_not_write_on_the_screen(camera: StandIn) -> None:
    PicameraSource().open()
    assert os.environ["LIBCAMERA_LOG_FILE"] == "syslog"


def test_a_late_picture_is_waited_for_again_and_no_second_one_is_asked_for(camera: StandIn) -> None:
    source = PicameraSource()
    source.open()
    assert source.read(0.5) is None
    assert source.read(0.5) is None
    camera.pictures = [ROWS]
    assert source.read(0.5) is not None
    assert camera.log.count("capture") == 1


def test_closing_drops_a_request_that_never_came(camera: StandIn) -> None:
    source = PicameraSource()
    source.open()
    source.read(0.5)
    source.close()
    assert camera.log[-2:] == ["cancel", "close"]


def test_closing_gives_back_a_picture_that_came_meanwhile(camera: StandIn) -> None:
    source = PicameraSource()
    source.open()
    source.read(0.5)
    camera.pictures = [ROWS]
    source.close()
    assert [request.released for request in camera.requests] == [True]
    assert camera.log[-1] == "close"


def test_closing_twice_or_before_opening_does_nothing(camera: StandIn) -> None:
    source = PicameraSource()
    source.close()
    source.open()
    source.close()
    source.close()
    assert camera.log.count("close") == 1


def test_it_can_be_opened_again(camera: StandIn) -> None:
    source = PicameraSource()
    for _ in range(2):
        source.open()
        camera.pictures = [ROWS]
        assert source.read(0.5) is not None
        source.close()


def test_the_model_is_named_once_it_is_known(camera: StandIn) -> None:
    source = PicameraSource()
    assert source.describe() == "Raspberry Pi camera"
    source.open()
    assert source.describe() == "Raspberry Pi camera imx708"


def test_without_picamera2_staff_are_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "picamera2", None)
    with pytest.raises(CameraSoftwareMissing) as raised:
        PicameraSource().open()
    assert "apt install -y python3-picamera2" in raised.value.staff


def busy() -> RuntimeError:
    """As picamera2 wraps what libcamera says."""
    error = RuntimeError("Camera __init__ sequence did not complete.")
    error.__context__ = RuntimeError("Failed to acquire camera: Device or resource busy")
    return error


@pytest.mark.parametrize(
    ("at", "failure", "kind"),
    [
        ("look", OSError("no libcamera"), CameraSoftwareMissing),
        ("init", RuntimeError("No camera number 0 found"), CameraMissing),
        ("init", IndexError("list index out of range"), CameraMissing),
        ("init", busy(), CameraBusy),
        ("init", OSError(errno.EBUSY, "Device or resource busy"), CameraBusy),
        ("init", OSError(errno.EIO, "Input/output error"), CameraLost),
        ("configure", RuntimeError("Failed to configure camera"), CameraLost),
        ("start", RuntimeError("Failed to start camera: Device or resource busy"), CameraBusy),
    ],
)
def test_a_camera_that_cannot_be_opened_says_why_and_is_given_back(
    camera: StandIn, at: str, failure: Exception, kind: type[CameraError]
) -> None:
    camera.fail(at, failure)
    source = PicameraSource()
    with pytest.raises(CameraError) as raised:
        source.open()
    assert type(raised.value) is kind
    assert raised.value.__cause__ is failure
    assert ("close" in camera.log) is (at in ("configure", "start"))


def test_a_busy_camera_can_be_tried_for_ever(camera: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    """Without an open file, or a line in the log, for each attempt."""
    camera.fail("init", busy())
    source = PicameraSource()
    before = len(os.listdir("/proc/self/fd"))
    with caplog.at_level(logging.INFO):
        for _ in range(20):
            with pytest.raises(CameraBusy):
                source.open()
    assert len(os.listdir("/proc/self/fd")) == before
    assert caplog.records == []


def test_no_camera_at_all_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    StandIn(cameras=[]).install(monkeypatch)
    with pytest.raises(CameraMissing, match="No Raspberry Pi camera was found"):
        PicameraSource().open()


def test_a_camera_that_stops_is_lost_and_closing_it_is_safe(camera: StandIn) -> None:
    source = PicameraSource()
    source.open()
    camera.fail("wait", RuntimeError("Camera frontend has timed out!"))
    with pytest.raises(CameraLost, match="frontend has timed out"):
        source.read(0.5)
    source.close()
    with pytest.raises(CameraLost):
        source.read(0.5)


def test_a_camera_that_is_not_open_is_lost_to_whoever_changes_its_pace(camera: StandIn) -> None:
    with pytest.raises(CameraLost):
        PicameraSource().pace(Pace.IDLE)
