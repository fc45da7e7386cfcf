"""The Raspberry Pi camera, through picamera2."""

from __future__ import annotations

import contextlib
import errno
import importlib
import logging
import os
import time
from collections.abc import Callable
from typing import Any

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import (
    DIOPTRES,
    CameraBusy,
    CameraError,
    CameraLost,
    CameraMissing,
    CameraSoftwareMissing,
    Pace,
)
from kiosk.text import clean

logger = logging.getLogger(__name__)

SIZE = (640, 480)
"""Pixels of the pictures. A 45 mm code at 30 cm has about four pixels a module, and more pixels only slow zbar down."""

LONGEST_ROAD = 1.0
"""Seconds from the exposure to the kiosk beyond which a picture's own time stamp is not believed."""

# libcamera's values of its controls AeExposureMode, AeConstraintMode and AfMode, as numbers so that its module is not
# needed. In the tuning of every Raspberry Pi module, short means under 10 ms until the gain is fourfold; the highlight
# constraint keeps a bright telephone in a dark lobby from burning out.
_SHORT_EXPOSURE = 1
_SPARE_HIGHLIGHTS = 1
_MANUAL_FOCUS = 0

_MICROSECONDS = 1_000_000
_NANOSECONDS = 1_000_000_000

# What picamera2 and libcamera raise when they are missing, broken, or without a camera: ValueError and AttributeError
# come from a numpy that does not match the system's.
_LOAD_ERRORS = (ImportError, OSError, RuntimeError, IndexError, ValueError, AttributeError)
_CAMERA_ERRORS = (RuntimeError, IndexError, OSError)


def find_camera() -> int | None:
    """Return the place of the first camera on a ribbon cable in picamera2's list, or None if there is none.

    `Picamera2(...)` takes that place, not the `Num` in the entry, which counts in libcamera's own order: beside a
    webcam the two differ. USB webcams are passed over: libcamera lists them, but gives none of the controls used here.

    Raises:
        CameraSoftwareMissing: picamera2 is not installed, or does not load.
    """
    try:
        cameras = _load().Picamera2.global_camera_info()
    except _LOAD_ERRORS as error:
        raise CameraSoftwareMissing(f"The Raspberry Pi camera's software does not work ({_said(error)})") from error
    return next((place for place, info in enumerate(cameras) if "usb" not in str(info["Id"]).lower()), None)


class PicameraSource:
    """Grey pictures of 640 x 480 from the Raspberry Pi camera.

    The whole height of the sensor is read out with its pixels binned, and the image processor scales it down to a small
    YUV picture whose Y plane is the grey image as it stands: what is decoded, and what the view-finder draws, so that
    the mark around a code lies where the code is. Exposure is kept short, since a hand is never quite still: at 0.2 m/s
    a module of 1.5 mm is smeared over its neighbour within 8 ms.

    picamera2 keeps the newest completed picture and gives the others back: one slot, and no queue.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, dioptres: float = DIOPTRES) -> None:
        self._clock = clock
        self._dioptres = dioptres
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
        place = find_camera()
        if place is None:
            raise CameraMissing("No Raspberry Pi camera was found")
        try:
            self._camera = _open_camera(self._module.Picamera2, place)
            self._start(self._camera)
        except _CAMERA_ERRORS as error:
            self.close()
            raise _explain(error) from error

    def read(self, timeout: float) -> Frame | None:
        """Return the newest picture, at most one frame old, or None when none came within `timeout` seconds.

        `at` is the beginning of its exposure, as the sensor's driver stamped it.

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
            grey, at = self._luma(request), self._taken(request)
        except (*_CAMERA_ERRORS, ValueError) as error:
            raise _lost(error) from error
        finally:
            request.release()
        return Frame(grey, *self._size, at)

    def pace(self, wanted: Pace) -> None:
        """Change the length of a frame; the camera keeps running.

        Raises:
            CameraLost: The camera stopped.
        """
        if self._camera is None:
            raise CameraLost("The camera is not open")
        try:
            self._camera.set_controls(_only_known({"FrameDurationLimits": _duration(wanted)}, self._camera))
        except _CAMERA_ERRORS as error:
            raise _lost(error) from error

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
            "FrameDurationLimits": _duration(Pace.FULL),
            "AeExposureMode": _SHORT_EXPOSURE,
            "AeConstraintMode": _SPARE_HIGHLIGHTS,
            "AfMode": _MANUAL_FOCUS,
            "LensPosition": self._dioptres,
        }
        width, height = camera.sensor_resolution
        configuration = camera.create_video_configuration(
            # picamera2 needs a main stream, and lores may not exceed it. Nobody looks at this one: the smaller the
            # better, and its shape is the part of the view that both show.
            main={"size": SIZE, "format": "YUV420"},
            lores={"size": SIZE, "format": "YUV420"},
            raw=None,
            # Half the sensor's resolution is, on each of the Raspberry Pi's modules, the mode that bins the full view;
            # chosen by the size of `main` alone it would be a cropped one on the Camera Module 3.
            sensor={"output_size": (width // 2, height // 2)},
            buffer_count=4,
            queue=True,
            controls=_only_known(wanted, camera),
            display=None,
            encode=None,
        )
        camera.configure(configuration)
        self._size = tuple(camera.camera_configuration()["lores"]["size"])  # libcamera may have adjusted it
        self._model = clean(str(camera.camera_properties.get("Model", "")))
        camera.start()

    def _taken(self, request: Any) -> float:
        """When a picture was exposed: its stamp, or now where it bears none of this clock."""
        now = self._clock()
        stamp = request.get_metadata().get("SensorTimestamp")
        taken = stamp / _NANOSECONDS if isinstance(stamp, int) else now
        return taken if 0 <= now - taken <= LONGEST_ROAD else now

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


def _open_camera(kind: Any, place: int) -> Any:
    """Make a `Picamera2`. One whose constructor fails would leave a pipe open: one for each attempt at a busy camera,
    and a process has about a thousand."""
    camera = kind.__new__(kind)
    try:
        camera.__init__(place)
    except Exception:
        with contextlib.suppress(Exception):
            if camera.is_open:
                camera.close()
            else:
                os.close(camera.notifyme_w)
                camera.notifyme_w = -1
        raise
    return camera


def _duration(pace: Pace) -> tuple[int, int]:
    """The shortest and the longest frame, in microseconds; no exposure is longer."""
    microseconds = round(_MICROSECONDS / pace.value)
    return microseconds, microseconds


def _only_known(controls: dict[str, object], camera: Any) -> dict[str, object]:
    """Without those that this camera lacks, such as the focus of one without a lens: picamera2 refuses them."""
    known = camera.camera_controls
    return {name: value for name, value in controls.items() if name in known}


def _load() -> Any:
    # libcamera writes its log to the standard error stream, where the screen is drawn, unless told otherwise before it
    # is loaded.
    os.environ.setdefault("LIBCAMERA_LOG_FILE", "syslog")
    # picamera2 tells of each failure as well, and each attempt at a broken camera is one.
    logging.getLogger("picamera2").setLevel(logging.CRITICAL)
    try:
        return importlib.import_module("picamera2")
    except _LOAD_ERRORS as error:
        raise CameraSoftwareMissing(f"The Raspberry Pi camera's software does not load ({_said(error)})") from error


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
