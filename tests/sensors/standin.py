"""A stand-in for the module picamera2, with the habits of the real one that matter: strides, jobs and refusals."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

STRIDE = 704  # libcamera pads rows to a multiple of 64 bytes, and sometimes further
CAMERA_MODULE_3 = {"Model": "imx708", "Id": "/base/soc/i2c0mux/i2c@1/imx708@1a", "Num": 0}
STREAM_KEYS = {"size", "format"}


class Request:
    """A picture that the camera has completed. The buffer is one of few, and has to be given back."""

    def __init__(self, rows: list[bytes], stride: int) -> None:
        width, height = len(rows[0]), len(rows)
        padded = b"".join(row + b"\xee" * (stride - width) for row in rows)
        self.buffer = bytearray(padded + b"\x55" * (stride * height // 2))
        self.shape = (height * 3 // 2, stride)
        self.released = False

    def release(self) -> None:
        assert not self.released
        self.released = True


class MappedArray:
    """The real one has a numpy array here, of which the kiosk uses only the buffer protocol."""

    def __init__(self, request: Request, stream: str, reshape: bool = True, write: bool = True) -> None:
        assert (stream, write) == ("lores", False)
        self._request = request

    def __enter__(self) -> MappedArray:
        self.array = memoryview(self._request.buffer).cast("B", self._request.shape)
        return self

    def __exit__(self, *_: object) -> None:
        self.array.release()
        # Unmapping fails while anybody still looks at the buffer, and so does growing it.
        self._request.buffer.append(0)


class StandIn:
    """What the camera is to do, and what was done with it."""

    def __init__(
        self, cameras: list[dict[str, object]] | None = None, *, has_lens: bool = True, stride: int = STRIDE
    ) -> None:
        self.cameras = [CAMERA_MODULE_3] if cameras is None else cameras
        self.controls = ["FrameDurationLimits", "AeExposureMode"] + ["AfMode", "LensPosition"] * has_lens
        self.stride = stride
        self.pictures: list[list[bytes]] = []
        self.requests: list[Request] = []
        self.configuration: dict[str, Any] = {}
        self.log: list[str] = []
        self.failure: Exception | None = None
        self.fails_at = ""

    def install(self, monkeypatch: pytest.MonkeyPatch) -> StandIn:
        module = ModuleType("picamera2")
        module.__dict__.update(Picamera2=self._make_class(), MappedArray=MappedArray)
        monkeypatch.setitem(sys.modules, "picamera2", module)
        return self

    def fail(self, at: str, failure: Exception) -> StandIn:
        self.fails_at, self.failure = at, failure
        return self

    def step(self, name: str) -> None:
        if name == self.fails_at and self.failure is not None:
            raise self.failure
        self.log.append(name)

    def _make_class(self) -> type:
        stand_in = self

        class Picamera2:
            sensor_resolution = (4608, 2592)
            camera_properties = {"Model": "imx708"}  # noqa: RUF012  # as the real one offers it, not typed

            @staticmethod
            def global_camera_info() -> list[dict[str, object]]:
                stand_in.step("look")
                return stand_in.cameras

            def __init__(self, number: int = 0) -> None:
                stand_in.step("init")
                self.number = number
                self.jobs: list[object] = []

            @property
            def camera_controls(self) -> dict[str, tuple[int, int, int]]:
                return dict.fromkeys(stand_in.controls, (0, 0, 0))

            def create_video_configuration(
                self,
                main: dict[str, Any],
                lores: dict[str, Any],
                raw: None,
                buffer_count: int,
                controls: dict[str, Any],
                display: None,
                encode: None,
                queue: bool,
                sensor: dict[str, Any],
            ) -> dict[str, Any]:
                assert set(main) == set(lores) == STREAM_KEYS
                return {"main": main, "lores": lores, "controls": controls, "sensor": sensor, "queue": queue}

            def configure(self, configuration: dict[str, Any]) -> None:
                stand_in.step("configure")
                if any(
                    a > b for a, b in zip(configuration["lores"]["size"], configuration["main"]["size"], strict=True)
                ):
                    raise RuntimeError("lores stream dimensions may not exceed main stream")
                for name in configuration["controls"]:
                    if name not in self.camera_controls:
                        raise RuntimeError(f"Control {name} is not advertised by libcamera")
                stand_in.configuration = configuration

            def camera_configuration(self) -> dict[str, Any]:
                return stand_in.configuration

            def start(self) -> None:
                stand_in.step("start")

            def capture_request(self, wait: bool) -> object:
                assert wait is False
                stand_in.step("capture")
                self.jobs.append(object())
                return self.jobs[-1]

            def wait(self, job: object, timeout: float) -> Request:
                assert job in self.jobs
                stand_in.step("wait")
                if not stand_in.pictures:
                    raise TimeoutError
                self.jobs.remove(job)
                stand_in.requests.append(Request(stand_in.pictures.pop(0), stand_in.stride))
                return stand_in.requests[-1]

            def cancel_all_and_flush(self) -> None:
                stand_in.step("cancel")
                self.jobs.clear()

            def close(self) -> None:
                # The real one waits for ever behind a job that is not done.
                assert not self.jobs
                stand_in.step("close")

        return Picamera2
