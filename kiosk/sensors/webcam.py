"""USB webcams, through V4L2."""

from __future__ import annotations

import contextlib
import errno
import importlib
import logging
import os
import select
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import (
    CameraBusy,
    CameraError,
    CameraForbidden,
    CameraGarbled,
    CameraLost,
    CameraMissing,
    Pace,
    WebcamSoftwareMissing,
)
from kiosk.sensors.luma import Layout, NotAPicture, grey_of
from kiosk.text import clean

logger = logging.getLogger(__name__)

SIZE = (640, 480)
"""Pixels asked for; the driver gives the nearest size that it has."""

BUFFERS = 2
"""One is filled while the other is read. More would only hold older pictures."""

FRESH_SECONDS = 0.05
"""A picture that has waited in a buffer for longer is dropped for the next one: one and a half frames at full pace."""

MOST_GARBLED = 30
"""After so many frames in a row that are no pictures the webcam is taken for broken. One or two are usual at first."""

_LAYOUTS = {"GREY": Layout.GREY, "YUYV": Layout.YUYV, "MJPEG": Layout.JPEG, "JPEG": Layout.JPEG}
"""What is understood, by V4L2's names, the cheapest first."""

_GONE = frozenset({errno.ENODEV, errno.ENXIO, errno.ENOENT})

Wait = Callable[[int, float], int]
"""Waits at a file descriptor for so many seconds, and returns poll's events, 0 for none."""


def wait_readable(file: int, seconds: float) -> int:
    """Wait until `file` can be read, has failed, or the time is over."""
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return next((events for _, events in poll.poll(max(0.0, seconds) * 1000)), 0)


class WebcamSource:
    """Grey pictures from a USB webcam; of several, the first, unless one is named.

    Uncompressed formats come first: their brightness is cut out in a fifth of a millisecond, where a JPEG takes one or
    two. The driver stamps each picture, and one that waited while a slow decoder was at work is dropped for a new one.
    """

    def __init__(
        self,
        device: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        wait: Wait = wait_readable,
        devices: Path = Path("/dev"),
    ) -> None:
        """Prepare; nothing is looked at before `open`.

        Args:
            device: Which webcam; None for the first one, wherever it was plugged in.
            clock: The kernel's monotonic clock, in seconds, by which drivers stamp pictures.
            sleep: Waits for so many seconds.
            wait: Waits for a picture.
            devices: Where the system lists its devices.
        """
        self._path = device
        self._clock = clock
        self._sleep = sleep
        self._wait = wait
        self._devices = devices
        self._video: Any = None
        self._device: Any = None
        self._capture: Any = None
        self._format: Any = None
        self._layout = Layout.GREY
        self._name = "USB webcam" if device is None else f"webcam {device}"
        self._pace = Pace.FULL
        self._due = self._asked = float("-inf")
        self._garbled = 0

    def describe(self) -> str:
        """The name of the source, with the webcam's own once it is known."""
        return self._name

    def open(self) -> None:
        """Find the webcam, agree on a format and start it.

        Raises:
            WebcamSoftwareMissing: linuxpy is not installed, or does not load.
            CameraMissing: There is no such webcam.
            CameraForbidden: The kiosk's user may not open it.
            CameraBusy: Another program has it.
            CameraGarbled: It has no format that is understood.
            CameraLost: It would not start.
        """
        self._video = _load()
        self._pace, self._due, self._garbled = Pace.FULL, float("-inf"), 0
        path = self._path or find_webcam(self._video, self._devices)
        try:
            self._device = self._video.Device(path)
            self._device.open()
            self._start()
        except CameraError:
            self.close()
            raise
        except (OSError, ValueError, self._video.V4L2Error) as error:
            self.close()
            raise _explain(error, path) from error
        self._asked = self._clock()

    def read(self, timeout: float) -> Frame | None:
        """Return the newest picture, or None when none came within `timeout` seconds.

        Raises:
            CameraGarbled: For a while now nothing has come that is a picture.
            CameraLost: The webcam is unplugged, or its driver gave up.
        """
        if self._capture is None:
            raise CameraLost("The webcam is not open")
        until = self._clock() + timeout
        if (early := self._due - self._clock()) > 0:
            self._sleep(min(early, timeout))
            if self._clock() < self._due:
                return None
        try:
            frame = self._newest(until)
        except (OSError, ValueError) as error:
            raise CameraLost(f"The webcam stopped ({_said(error)})") from error
        self._asked = self._clock()
        self._due = self._asked + 1 / self._pace.value if self._pace is not Pace.FULL else float("-inf")
        return frame

    def pace(self, wanted: Pace) -> None:
        """Fetch pictures more or less often. The webcam keeps its own rate: most can change it only when stopped."""
        self._pace = wanted
        self._due = float("-inf")

    def close(self) -> None:
        """Stop the webcam and give it back. Never raises."""
        capture, self._capture = self._capture, None
        device, self._device = self._device, None
        for part in (capture, device):
            if part is None:
                continue
            try:
                part.close()
            except Exception as error:  # one that is unplugged may raise anything on the way out
                logger.debug("The webcam did not close in order (%s).", type(error).__name__)

    def _start(self) -> None:
        video, device = self._video, self._device
        capabilities = device.info.device_capabilities
        if video.Capability.VIDEO_CAPTURE not in capabilities or video.Capability.STREAMING not in capabilities:
            raise CameraMissing(f"{device.filename} is no camera")
        self._name = f"webcam {clean(device.info.card) or device.filename}"
        self._agree()
        kind = video.BufferType.VIDEO_CAPTURE
        # Each of the two is a wish: drivers that cannot are used as they are.
        with contextlib.suppress(OSError):
            device.set_fps(kind, Pace.FULL.value)
        with contextlib.suppress(OSError):
            # Else most webcams expose for up to a fifth of a second in the dark, and smear every code.
            video.set_control(device, video.ControlID.EXPOSURE_AUTO_PRIORITY, 0)
        self._capture = video.VideoCapture(device, size=BUFFERS)
        self._capture.open()

    def _agree(self) -> None:
        """Set the cheapest format that the webcam has and the kiosk understands."""
        video, device = self._video, self._device
        kind = video.BufferType.VIDEO_CAPTURE
        offered = {each.pixel_format for each in device.info.buffer_formats(kind)}
        for name, layout in _LAYOUTS.items():
            pixel_format = video.PixelFormat[name]
            if pixel_format not in offered:
                continue
            device.set_format(kind, *SIZE, pixel_format)
            self._format, self._layout = device.get_format(kind), layout
            if self._format.pixel_format == pixel_format:  # a driver may answer with another
                return
        raise CameraGarbled(f"The webcam has none of the formats {', '.join(_LAYOUTS)}")

    def _newest(self, until: float) -> Frame | None:
        """The newest picture that is fresh; a waiting one that is not is given back for the next."""
        waiting = None
        for _ in range(BUFFERS):
            if self._ready(0.0):
                waiting = self._take()
        if waiting is not None and self._clock() - waiting[1] <= FRESH_SECONDS:
            frame = self._frame(*waiting)
            if frame is not None:
                return frame
        while self._ready(until - self._clock()):
            self._asked = self._clock()
            if (frame := self._frame(*self._take())) is not None:
                return frame
        return None

    def _ready(self, seconds: float) -> bool:
        events = self._wait(self._device.fileno(), seconds)
        if events and not events & select.POLLIN:
            raise OSError(errno.ENODEV, "it was unplugged, or its driver failed")
        return bool(events)

    def _take(self) -> tuple[Any, float]:
        """The next filled buffer, copied and given back, and when it was filled."""
        taken = self._capture.buffer.raw_read()
        is_ours = self._video.BufferFlag.TIMESTAMP_MONOTONIC in taken.flags and taken.timestamp <= self._clock()
        # Without a stamp of this clock, one that waited may be as old as the last time that somebody asked.
        return taken, taken.timestamp if is_ours else self._asked

    def _frame(self, taken: Any, at: float) -> Frame | None:
        try:
            if self._video.BufferFlag.ERROR in taken.flags:
                raise NotAPicture("The driver says that it is damaged")
            layout, form = self._layout, self._format
            grey, size = grey_of(taken.data, layout, form.width, form.height, form.bytes_per_line)
        except NotAPicture as error:
            self._garbled += 1
            if self._garbled >= MOST_GARBLED:
                raise CameraGarbled(f"The webcam delivers no pictures ({error})") from error
            return None
        self._garbled = 0
        return Frame(grey, *size, at)


def find_webcam(video: Any, devices: Path) -> Path:
    """Return the first webcam on USB. A Raspberry Pi lists its image processor and codecs as video devices as well.

    Raises:
        CameraMissing: There is none.
        CameraForbidden: There are video devices, and none may be opened.
    """
    found = sorted(video.iter_video_files(devices), key=lambda path: (len(path.name), path.name))
    for path in found:
        # One that is being unplugged may fail in any way; it is not there any more.
        with contextlib.suppress(OSError, ValueError), video.Device(path) as device:
            info = device.info
            if video.Capability.VIDEO_CAPTURE in info.device_capabilities and info.bus_info.startswith("usb"):
                return Path(path)
    if not found and any(not os.access(path, os.R_OK | os.W_OK) for path in devices.glob("video*")):
        raise CameraForbidden("The kiosk's user may not open any video device")
    raise CameraMissing("No webcam was found")


def _load() -> Any:
    try:
        video = importlib.import_module("linuxpy.video.device")
    except (ImportError, OSError, AttributeError) as error:
        raise WebcamSoftwareMissing(f"The webcam software does not load ({_said(error)})") from error
    # It tells of each opening, and each attempt at a broken webcam is one.
    logging.getLogger("linuxpy").setLevel(logging.ERROR)
    return video


def _explain(error: Exception, path: Path) -> CameraError:
    number = error.errno if isinstance(error, OSError) else None
    if number in _GONE:
        return CameraMissing(f"There is no webcam {path}")
    if number in (errno.EACCES, errno.EPERM):
        return CameraForbidden(f"The kiosk's user may not open {path}")
    if number == errno.EBUSY:
        return CameraBusy("The webcam is in use by another program")
    if number in (errno.ENOTTY, errno.EINVAL, errno.EISDIR):
        return CameraMissing(f"{path} is no camera")
    if number == errno.ENOSPC:
        return CameraLost("The webcam finds no room on its USB bus beside the other devices; try another port")
    return CameraLost(f"The webcam would not start ({_said(error)})")


def _said(error: Exception) -> str:
    return clean((isinstance(error, OSError) and error.strerror) or str(error)) or type(error).__name__
