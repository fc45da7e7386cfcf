"""Where camera pictures come from: the interface of a source, what can go wrong with one, and the choice of one.

The errors, each with one sentence for staff. Visitors never see them: without a camera the kiosk offers the keypad.

    CameraError
    ├── CameraMissing           no camera is connected
    │   └── CameraSoftwareMissing   the camera's library is not installed, or does not load
    ├── CameraBusy              another program holds it
    ├── CameraLost              it was there, and stopped delivering
    └── PicturesUnusable        the file or folder to replay in its place cannot be used
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Protocol

from kiosk.desk.frames import Frame


class CameraError(Exception):
    """The camera cannot be used. Its text says what happened, without a full stop; `staff` says what to do as well."""

    cure: ClassVar[str] = "See the log of the kiosk."

    @property
    def staff(self) -> str:
        """What happened and what to do about it, for the status page and the command line."""
        return f"{self}. {self.cure}"


class CameraMissing(CameraError):
    """No camera is connected."""

    cure = "Switch the kiosk off, check both ends of the camera's ribbon cable, and start it again."


class CameraSoftwareMissing(CameraMissing):
    """The library that drives the camera is not installed, or does not load."""

    cure = (
        "Install it with: sudo apt install -y python3-picamera2 --no-install-recommends, and make the kiosk's virtual "
        "environment with --system-site-packages."
    )


class CameraBusy(CameraError):
    """Another program holds the camera; it is free again when that one ends."""

    cure = "Close the other program that uses the camera, or restart the kiosk."


class CameraLost(CameraError):
    """The camera was there, and stopped delivering."""

    cure = "It is tried again by itself. If it stays away, check the camera's cable and power, and restart the kiosk."


class PicturesUnusable(CameraError):
    """The file or folder that is to be replayed in place of a camera cannot be used."""

    cure = 'Name a picture or a folder of pictures (PNG, JPEG or WebP), or set the camera to "auto" or "none".'


class FrameSource(Protocol):
    """Something that delivers grey pictures. All calls come from one thread, the one that opened it."""

    def open(self) -> None:
        """Start delivering.

        Raises:
            CameraError: It cannot; another attempt later may succeed.
        """
        ...

    def read(self, timeout: float) -> Frame | None:
        """Return the newest picture, or None when none came within `timeout` seconds. Pictures in between are dropped.

        Raises:
            CameraError: The source broke; close it, and open it again later.
        """
        ...

    def close(self) -> None:
        """Stop delivering and give the device back. Does nothing when it is not open; never raises."""
        ...

    def describe(self) -> str:
        """Return what this is, in a few words for the status page."""
        ...


def choose_camera(spec: str, clock: Callable[[], float] = time.monotonic) -> FrameSource | None:
    """Return the source that the setting `spec` names, not opened yet, or None for a kiosk without a camera.

    `auto` and paths look at the machine and may take a second on a Raspberry Pi: call this off the event loop.

    Args:
        spec: `none`; `auto`, the Raspberry Pi camera if there is one; `picamera2`, that camera without looking first,
            so that one plugged in later is found; anything else is the path of a picture, or of a folder of pictures
            (`./auto` for one of that name).
        clock: Seconds that only grow; stamps the frames.

    Raises:
        PicturesUnusable: The path does not exist, cannot be read, or holds no readable picture.
    """
    # Imported here: both sources build on the errors and the protocol above.
    from kiosk.sensors.picamera import PicameraSource, find_camera
    from kiosk.sensors.replay import ReplaySource

    match spec.strip():
        case "":
            raise PicturesUnusable("The camera setting is empty")
        case "none":
            return None
        case "auto":
            return PicameraSource(clock) if find_camera() is not None else None
        case "picamera2":
            return PicameraSource(clock)
        case path:
            return ReplaySource(Path(path).expanduser(), clock)
