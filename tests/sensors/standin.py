"""A stand-in for the module picamera2: it delivers as the real one does, and refuses what version 0.3.36 refuses.

    what is done                                   what the real one does, and this
    ---------------------------------------------  -----------------------------------------------------------------
    `Picamera2(n)`                                 opens entry n of `global_camera_info()`; IndexError beyond its end
    a stream with an unknown key                   ValueError
    an unknown format, or odd or listed sizes      RuntimeError at `configure`
    `lores` larger than `main`                     RuntimeError at `configure`
    `lores` that is not YUV                        RuntimeError at `configure`, on a Raspberry Pi 4 and before
    an unknown key in `sensor`                     RuntimeError at `configure`
    a control that the camera lacks                RuntimeError at `configure` and at `set_controls`
    `configure` while it runs                      RuntimeError
    `display` or `encode` of no stream             RuntimeError
    a configuration after `close`                  RuntimeError
    a request given back twice                     RuntimeError
    a constructor that fails                       leaves a file open and an error in the log

What would make the real one wait for ever fails an assertion here: a capture from a camera that does not run, and
closing with a capture still asked for.
"""

from __future__ import annotations

import logging
import math
import os
import sys
from types import ModuleType
from typing import Any

import pytest

from tests.sensors.clock import HandClock

STRIDE = 704  # libcamera pads rows to a multiple of 64 bytes, and sometimes further
CAMERA_MODULE_3: dict[str, object] = {"Model": "imx708", "Id": "/base/soc/i2c0mux/i2c@1/imx708@1a", "Num": 0}
WEBCAM: dict[str, object] = {"Model": "C920", "Id": "/base/scb/pcie@7d500000/usb@0,0-1:1.0-046d:0825", "Num": 0}

_STREAM_KEYS = {"size", "format", "stride", "preserve_ar"}
_YUV = {"NV21", "NV12", "YUV420", "YVU420", "YVYU", "YUYV", "UYVY", "VYUY"}
_RGB = {"BGR888", "RGB888", "XBGR8888", "XRGB8888", "RGB161616", "BGR161616"}


class Request:
    """A picture that the camera has completed. The buffer is one of few, and has to be given back."""

    def __init__(self, rows: list[bytes], stride: int, metadata: dict[str, object]) -> None:
        width, height = len(rows[0]), len(rows)
        padded = b"".join(row + b"\xee" * (stride - width) for row in rows)
        self.buffer = bytearray(padded + b"\x55" * (stride * height // 2))
        self.shape = (height * 3 // 2, stride)
        self.released = False
        self._metadata = metadata

    def get_metadata(self) -> dict[str, object]:
        assert not self.released
        return self._metadata

    def release(self) -> None:
        if self.released:
            raise RuntimeError("CompletedRequest: lock now has negative ref_count")
        self.released = True


class MappedArray:
    """The real one has a numpy array here, of which the kiosk uses only the buffer protocol."""

    def __init__(self, request: Request, stream: str, reshape: bool = True, write: bool = True) -> None:
        assert (stream, write) == ("lores", False)
        assert not request.released
        self._request = request

    def __enter__(self) -> MappedArray:
        self.array = memoryview(self._request.buffer).cast("B", self._request.shape)
        return self

    def __exit__(self, *_: object) -> None:
        self.array.release()
        # Unmapping fails while anybody still looks at the buffer, and so does growing it.
        self._request.buffer.append(0)


class StandIn:
    """What the camera is to do, and what was done with it.

    It delivers the `pictures` one by one, or, once it `runs` by a clock, the newest picture of that moment.
    """

    def __init__(
        self, cameras: list[dict[str, object]] | None = None, *, has_lens: bool = True, stride: int = STRIDE
    ) -> None:
        self.cameras = [CAMERA_MODULE_3] if cameras is None else cameras
        exposure = ["FrameDurationLimits", "AeExposureMode", "AeConstraintMode"]
        self.controls = exposure + ["AfMode", "LensPosition"] * has_lens
        self.stride = stride
        self.pictures: list[list[bytes]] = []
        self.metadata: dict[str, object] = {}
        self.requests: list[Request] = []
        self.configuration: dict[str, Any] = {}
        self.set: dict[str, Any] = {}
        self.opened: list[dict[str, object]] = []
        self.log: list[str] = []
        self.failure: Exception | None = None
        self.fails_at = ""
        self.clock: HandClock | None = None

    def install(self, monkeypatch: pytest.MonkeyPatch) -> StandIn:
        module = ModuleType("picamera2")
        stand_in = self

        class Picamera2(_Picamera2):
            @staticmethod
            def global_camera_info() -> list[dict[str, object]]:
                stand_in.step("look")
                return stand_in.cameras

            def __init__(self, camera_num: int = 0) -> None:
                super().__init__(stand_in, camera_num)

        module.__dict__.update(Picamera2=Picamera2, MappedArray=MappedArray)
        monkeypatch.setitem(sys.modules, "picamera2", module)
        return self

    def runs(self, clock: HandClock, picture: list[bytes]) -> StandIn:
        """Complete `picture` again and again, at the frame duration that is set, and keep the newest one."""
        self.clock, self.pictures = clock, [picture]
        self._begun = self._delivered = clock.now
        return self

    def fail(self, at: str, failure: Exception) -> StandIn:
        self.fails_at, self.failure = at, failure
        return self

    def step(self, name: str) -> None:
        if name == self.fails_at and self.failure is not None:
            raise self.failure
        self.log.append(name)

    def next_picture(self, timeout: float) -> Request | None:
        if self.clock is None:
            return self._request(self.pictures.pop(0), self.metadata) if self.pictures else None
        duration = self.set["FrameDurationLimits"][1] / 1_000_000
        newest = self._begun + math.floor((self.clock.now - self._begun) / duration + 1e-6) * duration
        if newest <= self._delivered:
            newest += duration
            if newest > self.clock.now + timeout:
                self.clock.advance(timeout)
                return None
            self.clock.now = newest
        self._delivered = newest
        return self._request(self.pictures[0], {"SensorTimestamp": round(newest * 1_000_000_000)})

    def _request(self, rows: list[bytes], metadata: dict[str, object]) -> Request:
        self.requests.append(Request(rows, self.stride, metadata))
        return self.requests[-1]


class _Picamera2:
    def __init__(self, stand_in: StandIn, camera_num: int) -> None:
        self.is_open = self._is_running = False
        self._jobs: list[object] = []
        self._stand_in = stand_in
        try:
            camera = stand_in.cameras[camera_num]
            stand_in.step("init")
        except Exception:
            # The real one has a pipe by now, and closes it in `close` alone, which does nothing before it is open.
            self.notifyme_w = os.open(os.devnull, os.O_WRONLY)
            logging.getLogger("picamera2.picamera2").error("Camera __init__ sequence did not complete.")
            raise
        stand_in.opened.append(camera)
        self.sensor_resolution = (4608, 2592)
        self.camera_properties = {"Model": camera["Model"]}
        self.is_open = True

    @property
    def camera_controls(self) -> dict[str, tuple[int, int, int]]:
        return dict.fromkeys(self._stand_in.controls, (0, 0, 0)) if self.is_open else {}

    def create_video_configuration(
        self,
        main: dict[str, Any],
        lores: dict[str, Any],
        raw: None,
        buffer_count: int,
        controls: dict[str, Any],
        display: str | None,
        encode: str | None,
        queue: bool,
        sensor: dict[str, Any],
    ) -> dict[str, Any]:
        if not self.is_open:
            raise RuntimeError("Camera not opened")
        for stream in (main, lores):
            for key in stream:
                if key not in _STREAM_KEYS:
                    raise ValueError(f"Bad key {key!r}")
        made = {"main": main, "lores": lores, "raw": raw, "controls": controls, "sensor": sensor, "queue": queue}
        for name in (display, encode):
            if name is not None and made.get(name) is None:
                raise RuntimeError(f"Stream {name} was not defined")
        return {**made, "buffer_count": buffer_count}

    def configure(self, configuration: dict[str, Any]) -> None:
        self._stand_in.step("configure")
        if self._is_running:
            raise RuntimeError("Camera must be stopped before configuring")
        if bad := set(configuration["sensor"]) - {"bit_depth", "output_size"}:
            raise RuntimeError(f"Unexpected keys {bad} in sensor configuration")
        main, lores = configuration["main"], configuration["lores"]
        for stream in (main, lores):
            _check_stream(stream)
        if any(small > large for small, large in zip(lores["size"], main["size"], strict=True)):
            raise RuntimeError("lores stream dimensions may not exceed main stream")
        if lores["format"] not in _YUV:
            raise RuntimeError("lores stream must be YUV")
        self._stand_in.set = {}
        self.set_controls(configuration["controls"])
        self._stand_in.configuration = configuration

    def camera_configuration(self) -> dict[str, Any]:
        return self._stand_in.configuration if self.is_open else {}

    def set_controls(self, controls: dict[str, Any]) -> None:
        for name, value in controls.items():
            if name not in self.camera_controls:
                raise RuntimeError(f"Control {name} is not advertised by libcamera")
            self._stand_in.set[name] = value

    def start(self) -> None:
        self._stand_in.step("start")
        assert self._stand_in.configuration, "the real one would configure a preview"
        self._is_running = True

    def capture_request(self, wait: bool) -> object:
        assert wait is False
        assert self._is_running, "it would never come"
        self._stand_in.step("capture")
        self._jobs.append(object())
        return self._jobs[-1]

    def wait(self, job: object, timeout: float) -> Request:
        assert job in self._jobs
        self._stand_in.step("wait")
        request = self._stand_in.next_picture(timeout)
        if request is None:
            raise TimeoutError
        self._jobs.remove(job)
        return request

    def cancel_all_and_flush(self) -> None:
        self._stand_in.step("cancel")
        self._jobs.clear()

    def close(self) -> None:
        if not self.is_open:
            return
        assert not self._jobs, "it would wait for ever behind a job that is not done"
        self._stand_in.step("close")
        self.is_open = self._is_running = False


def _check_stream(stream: dict[str, Any]) -> None:
    if stream["format"] not in _YUV | _RGB | {"MJPEG"}:
        raise RuntimeError(f"Bad format {stream['format']}")
    size = stream["size"]
    if type(size) is not tuple or len(size) != 2:
        raise RuntimeError("size in stream should be (width, height)")
    if size[0] % 2 or size[1] % 2:
        raise RuntimeError("width and height should be even")
