from __future__ import annotations

import errno
import io
import itertools
import logging
import os
import queue
import sys
from pathlib import Path

import pytest
from PIL import Image

from kiosk.desk.frames import Frame
from kiosk.sensors.auto import FirstFound
from kiosk.sensors.camera import (
    CameraBusy,
    CameraError,
    CameraForbidden,
    CameraGarbled,
    CameraLost,
    CameraMissing,
    Pace,
    WebcamSoftwareMissing,
    choose_camera,
)
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.picamera import PicameraSource
from kiosk.sensors.watcher import CodeWatcher
from kiosk.sensors.webcam import MOST_GARBLED, WebcamSource, wait_readable
from tests.sensors.clock import HandClock
from tests.sensors.codes import draw, in_view
from tests.sensors.kernel import MONOTONIC, Kernel, Webcam, video

SHOWN = in_view(draw("held up"))
GREY = SHOWN.grey
YUYV = bytes(value for pixel in GREY for value in (pixel, 0x80))
EXPOSURE_AUTO_PRIORITY = 0x009A0903


def jpeg() -> bytes:
    file = io.BytesIO()
    Image.frombytes("L", (640, 480), GREY).convert("RGB").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def kernel(tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    return Kernel(tmp_path, clock, monkeypatch)


def source_on(kernel: Kernel, device: str | None = None) -> WebcamSource:
    path = None if device is None else kernel.folder / device
    return WebcamSource(path, kernel.clock, kernel.clock.sleep, kernel.wait, kernel.folder)


def opened(kernel: Kernel, webcam: Webcam | None = None) -> WebcamSource:
    kernel.plug("video0", webcam or Webcam(picture=lambda number: YUYV))
    source = source_on(kernel)
    source.open()
    return source


def picture(source: WebcamSource) -> Frame:
    frame = source.read(0.5)
    assert frame is not None
    return frame


@pytest.mark.parametrize(
    ("formats", "chosen"), [(("GREY", "YUYV", "MJPG"), "GREY"), (("MJPG", "YUYV"), "YUYV"), (("H264", "MJPG"), "MJPG")]
)
def test_the_cheapest_format_is_chosen_and_its_codes_are_read(
    kernel: Kernel, both: Decoder, formats: tuple[str, ...], chosen: str
) -> None:
    data = {"GREY": GREY, "YUYV": YUYV, "MJPG": jpeg()}[chosen]
    webcam = Webcam(formats=formats, picture=lambda number: data)
    source = opened(kernel, webcam)
    reading = both.read(picture(source))
    source.close()
    assert webcam.chosen == chosen
    assert reading is not None
    assert reading.text == "held up"


def test_padding_at_the_end_of_rows_is_cut_off(kernel: Kernel) -> None:
    rows = b"".join(YUYV[at : at + 1280] + b"\xee" * 64 for at in range(0, len(YUYV), 1280))
    source = opened(kernel, Webcam(padding=64, picture=lambda number: rows))
    assert picture(source).grey == GREY
    source.close()


def test_it_is_asked_for_thirty_pictures_a_second_in_the_dark_as_well(kernel: Kernel) -> None:
    webcam = Webcam(picture=lambda number: YUYV, controls={EXPOSURE_AUTO_PRIORITY: 1})
    opened(kernel, webcam).close()
    assert webcam.rate == 30
    assert webcam.controls == {EXPOSURE_AUTO_PRIORITY: 0}


def test_one_that_has_neither_rate_nor_control_is_used_as_it_is(kernel: Kernel) -> None:
    source = opened(kernel, Webcam(picture=lambda number: YUYV, refusals={"S_PARM": errno.ENOTTY}))
    assert picture(source).grey == GREY
    source.close()


def test_a_picture_bears_the_time_at_which_the_driver_stamped_it(kernel: Kernel) -> None:
    source = opened(kernel)
    frame = picture(source)
    assert frame.at == pytest.approx(1000 + 1 / 30, abs=1e-5)
    assert kernel.clock.now == pytest.approx(frame.at + 0.02, abs=0.002)
    source.close()


@pytest.mark.parametrize("flags", [MONOTONIC, 0])
@pytest.mark.parametrize("slowness", [0.0, 0.01, 0.05, 0.1, 0.29, 2.0])
def test_a_slow_decoder_gets_new_pictures_and_drops_those_between(kernel: Kernel, slowness: float, flags: int) -> None:
    """Each picture is all of one grey: the number of its frame, counted from the start."""
    source = opened(kernel, Webcam(picture=lambda number: bytes([number % 256]) * len(YUYV), flags=flags))
    begun, ages = kernel.clock.now, []
    for _ in range(20):
        seen = picture(source).grey[0]
        newest = round((kernel.clock.now - begun) * 30)
        number = next(number for number in range(newest, -1, -1) if number % 256 == seen)
        ages.append(kernel.clock.now - begun - number / 30)
        kernel.clock.advance(slowness)
    source.close()
    assert max(ages) < 2 / 30


def test_when_idle_fewer_pictures_are_fetched_and_at_full_pace_all_again(kernel: Kernel) -> None:
    source = opened(kernel)

    def times(count: int) -> float:
        begun = kernel.clock.now
        for _ in range(count):
            frame = None
            while frame is None:
                frame = source.read(0.5)
        return count / (kernel.clock.now - begun)

    assert times(30) == pytest.approx(30, rel=0.05)
    source.pace(Pace.IDLE)
    assert 5 <= times(30) <= 8
    source.pace(Pace.FULL)
    assert times(30) == pytest.approx(30, rel=0.05)
    source.close()


def test_a_reader_waits_no_longer_than_it_said(kernel: Kernel) -> None:
    source = opened(kernel, Webcam())
    assert source.read(0.5) is None
    assert kernel.clock.now == pytest.approx(1000.5)
    source.close()


def test_of_several_devices_the_first_on_usb_that_captures_is_taken(kernel: Kernel) -> None:
    kernel.plug("video10", Webcam(card=b"tenth"))
    kernel.plug("video2", Webcam(card=b"second", picture=lambda number: YUYV))
    kernel.plug("video1", Webcam(card=b"its metadata", capabilities=video.Capability.META_CAPTURE))
    kernel.plug("video0", Webcam(card=b"a codec", bus=b"platform:bcm2835-codec"))
    source = source_on(kernel)
    source.open()
    assert source.describe() == "webcam second"
    source.close()


def test_one_that_is_named_need_not_be_on_usb(kernel: Kernel) -> None:
    kernel.plug("video7", Webcam(card=b"loop\x1b[2Jback", bus=b"platform:v4l2loopback", picture=lambda number: YUYV))
    source = source_on(kernel, "video7")
    source.open()
    assert source.describe() == "webcam loop[2Jback"  # its name cannot control a terminal
    source.close()


def test_one_that_fails_while_it_is_looked_at_is_passed_over(kernel: Kernel) -> None:
    kernel.plug("video0", Webcam(refusals={"QUERYCAP": errno.EIO}))
    kernel.plug("video1", Webcam(card=b"\xff\xfe", picture=lambda number: YUYV, refusals={"QUERYCAP": errno.ENODEV}))
    kernel.plug("video2", Webcam(card=b"good", picture=lambda number: YUYV))
    source = source_on(kernel)
    source.open()
    assert source.describe() == "webcam good"
    source.close()


@pytest.mark.parametrize(
    ("webcam", "kind", "said"),
    [
        (Webcam(refusals={"S_FMT": errno.EBUSY}), CameraBusy, "in use by another program"),
        (Webcam(refusals={"REQBUFS": errno.EBUSY}), CameraBusy, "in use by another program"),
        (Webcam(refusals={"STREAMON": errno.EBUSY}), CameraBusy, "in use by another program"),
        (Webcam(refusals={"STREAMON": errno.ENOSPC}), CameraLost, "another port"),
        (Webcam(refusals={"STREAMON": errno.EIO}), CameraLost, "would not start"),
        (Webcam(refusals={"REQBUFS": errno.ENOMEM}), CameraLost, "would not start"),
        (Webcam(refusals={"S_FMT": errno.ENODEV}), CameraMissing, "There is no webcam"),
        (Webcam(card=b"\xff\xfe"), CameraLost, "would not start"),
        (Webcam(formats=("H264", "NV12")), CameraGarbled, "none of the formats"),
        (Webcam(formats=("YUYV",), substitute="NV12"), CameraGarbled, "none of the formats"),
        (Webcam(capabilities=video.Capability.VIDEO_CAPTURE), CameraMissing, "is no camera"),
        (Webcam(capabilities=video.Capability.META_CAPTURE), CameraMissing, "is no camera"),
        (Webcam(refusals={"QUERYCAP": errno.ENOTTY}), CameraMissing, "is no camera"),
    ],
)
def test_one_that_cannot_be_used_says_why_and_is_given_back(
    kernel: Kernel, webcam: Webcam, kind: type[CameraError], said: str
) -> None:
    kernel.plug("video0", webcam)
    source = source_on(kernel, "video0")
    with pytest.raises(CameraError, match=said) as raised:
        source.open()
    assert type(raised.value) is kind
    assert (webcam.streaming, webcam.buffers) == (False, [])


@pytest.mark.parametrize("refused", ["QUERYCAP", "S_FMT", "REQBUFS", "STREAMON"])
def test_a_busy_one_can_be_tried_for_ever_without_files_left_open(kernel: Kernel, refused: str) -> None:
    kernel.plug("video0", Webcam(refusals={refused: errno.EBUSY}))
    source = source_on(kernel, "video0")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        with pytest.raises(CameraBusy):
            source.open()
    assert len(os.listdir("/proc/self/fd")) == before


def test_without_any_it_is_missing(kernel: Kernel) -> None:
    with pytest.raises(CameraMissing, match="No webcam was found"):
        source_on(kernel).open()
    with pytest.raises(CameraMissing, match="There is no webcam"):
        source_on(kernel, "video3").open()


def test_one_that_may_not_be_opened_is_told_apart_from_none(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    (kernel.folder / "video0").write_bytes(b"")
    # Permissions do not hold for the super-user, as whom tests may run.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(CameraForbidden) as raised:
        source_on(kernel).open()
    assert "group video" in raised.value.staff


def test_without_linuxpy_staff_are_told_how_to_get_it(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "linuxpy.video.device", None)
    with pytest.raises(WebcamSoftwareMissing) as raised:
        source_on(kernel).open()
    assert "set-up script" in raised.value.staff


def test_one_that_is_unplugged_is_lost_and_found_again_at_another_place(kernel: Kernel) -> None:
    source = opened(kernel)
    picture(source)
    kernel.unplug("video0")
    with pytest.raises(CameraLost, match="unplugged"):
        source.read(0.5)
    source.close()
    with pytest.raises(CameraMissing):
        source.open()
    kernel.plug("video2", Webcam(picture=lambda number: YUYV))
    source.open()
    assert picture(source).grey == GREY
    source.close()


def test_one_that_goes_while_a_picture_is_fetched_is_lost(kernel: Kernel) -> None:
    webcam = Webcam(picture=lambda number: YUYV)
    source = opened(kernel, webcam)
    webcam.refusals["DQBUF"] = errno.EIO
    with pytest.raises(CameraLost):
        source.read(0.5)
    source.close()


@pytest.mark.parametrize("length", [1, len(YUYV) // 2, len(YUYV) - 1])
def test_a_frame_that_is_no_picture_is_passed_over(kernel: Kernel, length: int) -> None:
    source = opened(kernel, Webcam(picture=lambda number: YUYV[:length] if number % 3 else YUYV))
    for _ in range(20):
        assert picture(source).grey == GREY
    source.close()


@pytest.mark.parametrize(
    "webcam",
    [
        Webcam(formats=("MJPG",), picture=lambda number: jpeg()[: 2000 + number]),
        Webcam(formats=("YUYV",), picture=lambda number: YUYV[: 1000 * number]),
        Webcam(formats=("YUYV",), picture=lambda number: YUYV, flags=MONOTONIC | video.BufferFlag.ERROR),
    ],
)
def test_one_that_delivers_no_picture_for_a_second_is_taken_for_broken(kernel: Kernel, webcam: Webcam) -> None:
    source = opened(kernel, webcam)
    with pytest.raises(CameraGarbled, match="delivers no pictures"):
        list(iter(lambda: source.read(0.5), SHOWN))  # reads on, since SHOWN itself never comes
    assert kernel.clock.now == pytest.approx(1000 + MOST_GARBLED / 30, abs=0.1)
    source.close()


def test_closing_twice_or_before_opening_does_nothing(kernel: Kernel) -> None:
    webcam = Webcam(picture=lambda number: YUYV)
    source = source_on(kernel)
    source.close()
    source = opened(kernel, webcam)
    source.close()
    source.close()
    assert (webcam.streaming, webcam.buffers) == (False, [])
    with pytest.raises(CameraLost):
        source.read(0.5)


def test_it_can_be_opened_again_and_again(kernel: Kernel) -> None:
    source = opened(kernel)
    for _ in range(50):
        assert picture(source).grey == GREY
        source.close()
        source.open()
    source.close()


def test_the_library_does_not_tell_of_each_attempt(kernel: Kernel, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        source = opened(kernel, Webcam(formats=("YUYV", "zzzz"), picture=lambda number: YUYV))
        source.close()
    assert caplog.records == []


def test_auto_takes_it_where_there_is_no_raspberry_pi_camera(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "picamera2", None)
    kernel.plug("video0", Webcam(picture=lambda number: YUYV))
    source = FirstFound([PicameraSource(), source_on(kernel)])
    source.open()
    assert source.describe() == "webcam HD Pro Webcam C920"
    source.close()


def test_unplugged_and_plugged_in_elsewhere_it_reads_on_and_is_logged_once_each_way(
    kernel: Kernel, both: Decoder, caplog: pytest.LogCaptureFixture
) -> None:
    """The whole road of a webcam, from the kernel to a reading, in the watcher's own thread."""
    read: queue.Queue[str] = queue.Queue()

    def plug(name: str, text: str) -> None:
        grey = in_view(draw(text)).grey
        kernel.plug(name, Webcam(formats=("GREY",), picture=lambda number: grey))

    plug("video0", "before")
    watcher = CodeWatcher(
        source_on(kernel), both, lambda reading: read.put(reading.text), kernel.clock, lambda: itertools.repeat(0.001)
    )
    with caplog.at_level(logging.INFO):
        watcher.start()
        try:
            assert read.get(timeout=20) == "before"
            kernel.unplug("video0")
            plug("video2", "after")
            assert read.get(timeout=20) == "after"
        finally:
            watcher.stop()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "unplugged" in caplog.records[0].getMessage()


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("v4l2", "USB webcam"),
        ("/dev/video3", "webcam /dev/video3"),
        ("/dev/v4l/by-id/usb-C920", "webcam /dev/v4l/by-id/usb-C920"),
    ],
)
def test_it_is_chosen_by_name(spec: str, name: str) -> None:
    source = choose_camera(spec)
    assert isinstance(source, WebcamSource)
    assert source.describe() == name


def test_waiting_ends_with_what_can_be_read_or_with_the_time() -> None:
    reading, writing = os.pipe()
    try:
        assert wait_readable(reading, 0.0) == 0
        os.write(writing, b"x")
        assert wait_readable(reading, 20.0) & 1
    finally:
        os.close(reading)
        os.close(writing)
