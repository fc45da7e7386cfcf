"""The Raspberry Pi camera, through picamera2."""

from __future__ import annotations

import errno
import importlib
import logging
import os
import time
from collections.abc import Callable
from typing import Any

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import CameraBusy, CameraError, CameraLost, CameraMissing, CameraSoftwareMissing
from kiosk.text import clean

logger = logging.getLogger(__name__)

SIZE = (640, 480)
"""Pixels of the pictures. A 45 mm code at 30 cm has about four pixels a module, and more pixels only slow zbar down."""

FRAMES_PER_SECOND = 20
"""Enough to hit the moment when a hand is still, and half the heat of thirty."""

DIOPTRES = 4.0
"""Fixed focus at 25 cm: codes are sharp enough from 10 to 40 cm, and no time goes into focusing."""

# libcamera's values of its controls AeExposureMode and AfMode, as numbers so that its module is not needed.
_SHORT_EXPOSURE = 1
_MANUAL_FOCUS = 0

_MICROSECONDS = 1_000_000

# What picamera2 and libcamera raise when they are missing, broken, or without a camera: ValueError and AttributeError
# come from a numpy that does not match the system's.
_LOAD_ERRORS = (ImportError, OSError, RuntimeError, IndexError, ValueError, AttributeError)
_CAMERA_ERRORS = (RuntimeError, IndexError, OSError)


def find_camera() -> int | None:
    """Return the number of the first camera on a ribbon cable, or None without one or without picamera2.

    USB webcams are passed over: libcamera lists them, but gives none of the controls used here.
    """
    try:
        module = _load()
        cameras = module.Picamera2.global_camera_info()
    except (CameraSoftwareMissing, *_LOAD_ERRORS):
        return None
    return next((int(info.get("Num", at)) for at, info in enumerate(cameras) if "usb" not in str(info["Id"])), None)


class PicameraSource:
    """Grey pictures of 640 x 480 from the Raspberry Pi camera.

    The whole field of view is read out with its pixels binned, and the image processor scales it down to a small YUV
    picture whose Y plane is the grey image as it stands. Exposure is kept short, since a hand is never quite still: at
    0.2 m/s a module of 1.5 mm is smeared over its neighbour within 8 ms.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._module: Any = None
        self._camera: Any = None
        self._job: Any = None
        self._size = SIZE
        self._model = ""

    def describe(self) -> str:
        """The name of the source, with the camera's model once it is known."""
        return f"Raspberry Pi camera {self._model}".rstrip()

    def open(self) -> None:
        """Configure the camera and start it.

        Raises:
            CameraSoftwareMissing: picamera2 is not installed, or does not load.
            CameraMissing: There is no camera on a ribbon cable.
            CameraBusy: Another program has it.
            CameraLost: It would not start.
        """
        self._module = _load()
        number = find_camera()
        if number is None:
            raise CameraMissing("No camera was found")
        try:
            self._camera = self._module.Picamera2(number)
            self._start(self._camera)
        except _CAMERA_ERRORS as error:
            self.close()
            raise _explain(error) from error

    def read(self, timeout: float) -> Frame | None:
        """Return the newest picture, at most one frame old, or None when none came within `timeout` seconds.

        `at` is the moment it was handed over, a few hundredths of a second after the exposure.

        Raises:
            CameraLost: The camera stopped.
        """
        if self._camera is None:
            raise CameraLost("The camera is not open")
        try:
            # A request that is not there in time stays asked for: asking anew would leave the first one unclaimed, and
            # with it one of the camera's few buffers.
            if self._job is None:
                self._job = self._camera.capture_request(wait=False)
            request = self._camera.wait(self._job, timeout)
            self._job = None
        except TimeoutError:
            return None
        except _CAMERA_ERRORS as error:
            raise _lost(error) from error
        try:
            grey = self._luma(request)
        except (*_CAMERA_ERRORS, ValueError) as error:
            raise _lost(error) from error
        finally:
            request.release()
        return Frame(grey, *self._size, self._clock())

    def close(self) -> None:
        """Stop the camera and give it back. Never raises."""
        camera, self._camera = self._camera, None
        job, self._job = self._job, None
        if camera is None:
            return
        try:
            if job is not None:
                _give_up(camera, job)
            camera.close()  # stops it first
        except Exception as error:  # a camera that is gone may raise anything on the way out
            logger.debug("The camera did not close in order (%s).", type(error).__name__)

    def _start(self, camera: Any) -> None:
        wanted = {
            "FrameDurationLimits": (_MICROSECONDS // FRAMES_PER_SECOND, _MICROSECONDS // FRAMES_PER_SECOND),
            "AeExposureMode": _SHORT_EXPOSURE,
            "AfMode": _MANUAL_FOCUS,
            "LensPosition": DIOPTRES,
        }
        width, height = camera.sensor_resolution
        configuration = camera.create_video_configuration(
            # picamera2 needs a main stream, and lores may not exceed it.
            main={"size": (2 * SIZE[0], 2 * SIZE[1]), "format": "YUV420"},
            lores={"size": SIZE, "format": "YUV420"},
            raw=None,
            # Half the sensor's resolution is, on each of the Raspberry Pi's modules, the mode that bins the full view;
            # chosen by the size of `main` alone it would be a cropped one on the Camera Module 3.
            sensor={"output_size": (width // 2, height // 2)},
            buffer_count=4,
            queue=True,
            # A module without a lens has no focus to set, and picamera2 refuses controls that are not there.
            controls={name: value for name, value in wanted.items() if name in camera.camera_controls},
            display=None,
            encode=None,
        )
        camera.configure(configuration)
        self._size = tuple(camera.camera_configuration()["lores"]["size"])  # libcamera may have adjusted it
        self._model = clean(str(camera.camera_properties.get("Model", "")))
        camera.start()

    def _luma(self, request: Any) -> bytes:
        """Copy the Y plane out of a YUV420 buffer of `height * 3 / 2` rows, each padded to the stride.

        The view is given back before the buffer is: a mapped buffer in use cannot be unmapped.
        """
        width, height = self._size
        with (
            self._module.MappedArray(request, "lores", write=False) as mapped,
            memoryview(mapped.array) as planes,
            planes.cast("B") as flat,
        ):
            stride = planes.shape[1] if planes.shape is not None else width
            if stride == width:
                return bytes(flat[: width * height])
            return b"".join(flat[row * stride : row * stride + width] for row in range(height))


def _load() -> Any:
    # libcamera writes its log to the standard error stream, where the screen is drawn, unless told otherwise before it
    # is loaded.
    os.environ.setdefault("LIBCAMERA_LOG_FILE", "syslog")
    try:
        return importlib.import_module("picamera2")
    except _LOAD_ERRORS as error:
        raise CameraSoftwareMissing(f"The camera software does not load ({_said(error)})") from error


def _give_up(camera: Any, job: Any) -> None:
    """Take back a request that was asked for, or drop it: `close()` waits for ever behind one that never comes."""
    try:
        camera.wait(job, 0).release()
    except TimeoutError:
        camera.cancel_all_and_flush()


def _explain(error: Exception) -> CameraError:
    """Return the error of ours for one of picamera2's, which wraps what libcamera said."""
    said: BaseException | None = error
    while said is not None:
        if (isinstance(said, OSError) and said.errno == errno.EBUSY) or "busy" in str(said).lower():
            return CameraBusy("The camera is in use by another program")
        said = said.__cause__ or said.__context__
    if isinstance(error, IndexError) or str(error).startswith("No camera number"):
        return CameraMissing("No camera was found")
    return CameraLost(f"The camera would not start ({_said(error)})")


def _lost(error: Exception) -> CameraLost:
    return CameraLost(f"The camera stopped ({_said(error)})")


def _said(error: Exception) -> str:
    return clean(str(error)) or type(error).__name__
