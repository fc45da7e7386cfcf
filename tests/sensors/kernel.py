"""A stand-in for the kernel's side of V4L2, beneath the real linuxpy: webcams that answer ioctl as drivers do.

The library's own code runs, so what the kiosk calls in it exists and means what the kiosk takes it for. A device is a
FIFO in a folder of the test; ioctl and the mapping of memory end up here. What a driver refuses is refused:

    what is done                                 errno
    -------------------------------------------  ------
    format, buffers or streaming of another's    EBUSY
    a format while there are buffers             EBUSY
    new buffers, or their end, while streaming   EBUSY
    streaming without buffers                    EINVAL
    a buffer queued twice, or that is not there  EINVAL
    a picture while not streaming                EINVAL
    a picture where none is there yet            EAGAIN
    a control that the camera lacks              EINVAL
    anything, of one that was unplugged          ENODEV
"""

from __future__ import annotations

import errno
import importlib
import math
import mmap
import os
import select
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.sensors.clock import HandClock

video: Any = importlib.import_module("linuxpy.video.device")  # it has no types

CAPTURE = video.Capability.VIDEO_CAPTURE | video.Capability.STREAMING
MONOTONIC = video.BufferFlag.TIMESTAMP_MONOTONIC

_PERIOD = 1 / 30


def silence(number: int) -> bytes:
    """The pictures of a webcam that delivers none."""
    return b""


@dataclass
class Webcam:
    """A device, what it offers, and what it was told.

    Attributes:
        picture: Makes the bytes of each frame, given its number.
        road: Seconds from the stamp of a picture, its exposure, until it can be fetched.
        refusals: The ioctls that fail, by name, and with which errno.
    """

    card: bytes = b"HD Pro Webcam C920"
    bus: bytes = b"usb-0000:01:00.0-1.2"
    capabilities: int = CAPTURE
    formats: tuple[str, ...] = ("YUYV", "MJPG")
    size: tuple[int, int] = (640, 480)
    padding: int = 0
    picture: Callable[[int], bytes] = silence
    flags: int = MONOTONIC
    road: float = 0.02
    substitute: str = ""
    refusals: dict[str, int] = field(default_factory=dict)
    unplugged: bool = False
    chosen: str = ""
    rate: float = 0.0
    controls: dict[int, int] = field(default_factory=dict)
    streaming: bool = False
    buffers: list[mmap.mmap] = field(default_factory=list)
    queued: list[int] = field(default_factory=list)
    filled: list[tuple[int, int, float]] = field(default_factory=list)
    delivered: int = 0


class Kernel:
    """The devices of one folder, and the clock by which their pictures come."""

    def __init__(self, folder: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.clock = clock
        self._webcams: dict[int, Webcam] = {}
        self._mapped: dict[int, tuple[Webcam, int]] = {}
        monkeypatch.setattr("linuxpy.ioctl.fcntl", SimpleNamespace(ioctl=self._ioctl))
        monkeypatch.setattr(video, "mem_map", self._map)
        monkeypatch.setattr("linuxpy.device.is_device_file", lambda path, read_write=True: Path(path).is_fifo())

    def plug(self, name: str, webcam: Webcam) -> Webcam:
        path = self.folder / name
        os.mkfifo(path)
        self._webcams[path.stat().st_ino] = webcam
        return webcam

    def unplug(self, name: str) -> None:
        path = self.folder / name
        self._webcams[path.stat().st_ino].unplugged = True
        path.unlink()

    def wait(self, file: int, seconds: float) -> int:
        """As poll does, by the clock of the test."""
        webcam = self._webcams[os.fstat(file).st_ino]
        if webcam.unplugged:
            return select.POLLERR | select.POLLHUP
        if not webcam.streaming:
            return select.POLLERR
        self._fill(webcam)
        while not webcam.filled:
            if seconds <= 0 or not webcam.queued or webcam.picture is silence:
                self.clock.advance(max(0.0, seconds))
                return 0
            step = min(seconds, 0.001)
            self.clock.advance(step)
            seconds -= step
            self._fill(webcam)
        return select.POLLIN

    def _fill(self, webcam: Webcam) -> None:
        """Let the camera fill the queued buffers with what it saw since; without one, pictures are lost."""
        while True:
            number = webcam.delivered + 1
            at = self._begun + number * _PERIOD
            if at + webcam.road > self.clock.now:
                return
            webcam.delivered = number
            data = webcam.picture(number)
            if webcam.queued and data:
                index = webcam.queued.pop(0)
                webcam.buffers[index][: len(data)] = data
                webcam.filled.append((index, len(data), at))

    def _map(self, device: Any, length: int, offset: int) -> mmap.mmap:
        webcam = self._webcams[os.fstat(device.fileno()).st_ino]
        return webcam.buffers[offset // mmap.PAGESIZE]

    def _ioctl(self, device: Any, request: Any, argument: Any = None) -> int:
        webcam = self._webcams[os.fstat(device.fileno()).st_ino]
        if webcam.unplugged:
            raise _refused(errno.ENODEV)
        if request.name in webcam.refusals:
            raise _refused(webcam.refusals[request.name])
        handler = getattr(self, f"_{request.name.lower()}", None)
        if handler is None:
            raise _refused(errno.ENOTTY)
        handler(webcam, argument)
        return 0

    def _querycap(self, webcam: Webcam, answer: Any) -> None:
        answer.driver, answer.card, answer.bus_info = b"uvcvideo", webcam.card, webcam.bus
        answer.device_caps = webcam.capabilities

    def _enum_fmt(self, webcam: Webcam, answer: Any) -> None:
        if answer.index >= len(webcam.formats):
            raise _refused(errno.EINVAL)
        answer.pixelformat = video.raw.v4l2_fourcc(*webcam.formats[answer.index])
        answer.description = webcam.formats[answer.index].encode()

    def _s_fmt(self, webcam: Webcam, wanted: Any) -> None:
        if webcam.buffers:
            raise _refused(errno.EBUSY)
        webcam.chosen = webcam.substitute or _fourcc(wanted.fmt.pix.pixelformat)

    def _g_fmt(self, webcam: Webcam, answer: Any) -> None:
        width, height = webcam.size
        pixels = answer.fmt.pix
        pixels.width, pixels.height = width, height
        pixels.pixelformat = video.raw.v4l2_fourcc(*webcam.chosen)
        bytes_a_pixel = {"GREY": 1, "YUYV": 2}.get(webcam.chosen, 0)
        pixels.bytesperline = bytes_a_pixel * width + (webcam.padding if bytes_a_pixel else 0)
        pixels.sizeimage = max(pixels.bytesperline * height, 2 * width * height)

    def _s_parm(self, webcam: Webcam, wanted: Any) -> None:
        time = wanted.parm.capture.timeperframe
        webcam.rate = time.denominator / time.numerator

    def _s_ctrl(self, webcam: Webcam, wanted: Any) -> None:
        if wanted.id not in webcam.controls:
            raise _refused(errno.EINVAL)
        webcam.controls[wanted.id] = wanted.value

    def _reqbufs(self, webcam: Webcam, wanted: Any) -> None:
        if webcam.streaming:
            raise _refused(errno.EBUSY)
        length = 4 * webcam.size[0] * webcam.size[1]
        webcam.buffers = [mmap.mmap(-1, length) for _ in range(wanted.count)]
        webcam.queued, webcam.filled = [], []

    def _querybuf(self, webcam: Webcam, answer: Any) -> None:
        answer.length = len(webcam.buffers[answer.index])
        answer.m.offset = answer.index * mmap.PAGESIZE

    def _qbuf(self, webcam: Webcam, buffer: Any) -> None:
        if buffer.index >= len(webcam.buffers) or buffer.index in webcam.queued:
            raise _refused(errno.EINVAL)
        webcam.queued.append(buffer.index)

    def _dqbuf(self, webcam: Webcam, answer: Any) -> None:
        if not webcam.streaming:
            raise _refused(errno.EINVAL)
        if not webcam.filled:
            raise _refused(errno.EAGAIN)
        answer.index, answer.bytesused, at = webcam.filled.pop(0)
        answer.flags = webcam.flags
        answer.timestamp.secs = math.floor(at)
        answer.timestamp.usecs = round((at - math.floor(at)) * 1_000_000)

    def _streamon(self, webcam: Webcam, kind: Any) -> None:
        if not webcam.buffers:
            raise _refused(errno.EINVAL)
        webcam.streaming, webcam.delivered = True, 0
        self._begun = self.clock.now

    def _streamoff(self, webcam: Webcam, kind: Any) -> None:
        webcam.streaming = False
        webcam.queued, webcam.filled = [], []


def _refused(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def _fourcc(value: int) -> str:
    return "".join(chr(value >> shift & 0xFF) for shift in (0, 8, 16, 24))
