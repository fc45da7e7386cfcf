"""Where camera pictures come from: the interface of a source, what can go wrong with one, and the choice of one.

The errors, each with one sentence for staff. Visitors never see them: without a camera the kiosk offers the keypad.

    CameraError
    ├── CameraMissing               no camera is connected
    │   └── CameraSoftwareMissing   the camera's library is not installed, or does not load
    │       └── WebcamSoftwareMissing   that of webcams
    ├── CameraForbidden             the kiosk's user may not open it
    ├── CameraBusy                  another program holds it
    ├── CameraLost                  it was there, and stopped delivering
    │   └── CameraGarbled           what it delivers is no picture
    └── PicturesUnusable            the file or folder to replay in its place cannot be used
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import ClassVar, Protocol

from kiosk.desk.frames import CameraFault, Frame

DIOPTRES = 4.0
"""Fixed focus at 25 cm: codes are sharp enough from 10 to 40 cm, and no time goes into focusing."""


class CameraError(Exception):
    """The camera cannot be used. Its text says what happened, without a full stop; `staff` says what to do as well."""

    cure: ClassVar[str] = "See the log of the kiosk."
    fault: ClassVar[CameraFault] = CameraFault.LOST

    @property
    def staff(self) -> str:
        """What happened and what to do about it, for the status page and the command line."""
        return f"{self}. {self.cure}"


class CameraMissing(CameraError):
    """No camera is connected."""

    cure = (
        "It is looked for again by itself. A USB webcam: plug it in, into another port if need be. The Raspberry Pi "
        "camera: switch the kiosk off, check both ends of its ribbon cable, and start it again. For a kiosk without a "
        'camera set camera.source to "none".'
    )
    fault = CameraFault.MISSING


class CameraSoftwareMissing(CameraMissing):
    """The library that drives the camera is not installed, or does not load."""

    cure = (
        "Install it with: sudo apt install -y python3-picamera2 --no-install-recommends, and make the kiosk's virtual "
        "environment with --system-site-packages."
    )
    fault = CameraFault.SOFTWARE_MISSING


class WebcamSoftwareMissing(CameraSoftwareMissing):
    """The library that drives webcams is not installed, or does not load. It comes with the kiosk."""

    cure = "Run the set-up script again; it installs all that the kiosk needs."


class CameraForbidden(CameraError):
    """The kiosk's user may not open the camera."""

    cure = "Add the kiosk's user to the group video (sudo usermod -aG video USER), and restart the kiosk."
    fault = CameraFault.FORBIDDEN


class CameraBusy(CameraError):
    """Another program holds the camera; it is free again when that one ends."""

    cure = "Close the other program that uses the camera, or restart the kiosk."
    fault = CameraFault.BUSY


class CameraLost(CameraError):
    """The camera was there, and stopped delivering."""

    cure = "It is tried again by itself. If it stays away, check the camera's cable and power, and restart the kiosk."


class CameraGarbled(CameraLost):
    """The camera delivers, but nothing that is a picture."""

    cure = "It is tried again by itself. If it stays so, try another USB port without a hub, another cable or camera."
    fault = CameraFault.GARBLED


class PicturesUnusable(CameraError):
    """The file or folder that is to be replayed in place of a camera cannot be used."""

    cure = 'Name a picture, a video or a folder of pictures (PNG, JPEG, WebP), or set the camera to "auto" or "none".'
    fault = CameraFault.UNUSABLE


class Pace(Enum):
    """How many pictures a second are wanted of a source."""

    FULL = 30.0
    """Somebody may be there: the moment at which a hand is still is not to be missed."""
    IDLE = 8.0
    """Nothing has moved for a while. Enough to notice somebody within an eighth of a second, at little heat."""


class FrameSource(Protocol):
    """Something that delivers grey pictures. All calls come from one thread, the one that opened it.

    Pictures are handed over, never queued: there is one slot, which holds the newest.
    """

    def open(self) -> None:
        """Start delivering, at full pace.

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

    def pace(self, wanted: Pace) -> None:
        """Deliver at this pace from one of the next pictures on.

        Raises:
            CameraError: The source broke.
        """
        ...

    def close(self) -> None:
        """Stop delivering and give the device back. Does nothing when it is not open; never raises."""
        ...

    def describe(self) -> str:
        """Return what this is, in a few words for the status page. May be called from any thread."""
        ...


def choose_camera(
    spec: str, clock: Callable[[], float] = time.monotonic, dioptres: float = DIOPTRES
) -> FrameSource | None:
    """Return the source that the setting `spec` names, not opened yet, or None for a kiosk without a camera.

    | `spec` | source |
    | --- | --- |
    | `none` | none |
    | `auto` | the Raspberry Pi camera, else the first USB webcam; looked for at each opening |
    | `picamera2` | the Raspberry Pi camera |
    | `v4l2` | the first USB webcam |
    | `/dev/videoN`, or a link to one in `/dev/v4l` | that webcam |
    | `code:TEXT` | a QR code with that text, drawn |
    | anything else | the path of a picture, a video, or a folder of pictures (`./auto` for one of that name) |

    Devices are not looked for before they are opened, so that one plugged in later is found.

    Args:
        spec: As above.
        clock: Seconds that only grow; stamps the frames.
        dioptres: Where the lens of a Raspberry Pi camera is fixed.

    Raises:
        PicturesUnusable: The path does not exist, cannot be read, or holds no readable picture.
    """
    # Imported here: the sources build on the errors and the protocol above.
    from kiosk.sensors.auto import FirstFound
    from kiosk.sensors.picamera import PicameraSource
    from kiosk.sensors.replay import ReplaySource
    from kiosk.sensors.webcam import WebcamSource

    match spec.strip():
        case "":
            raise PicturesUnusable("The camera setting is empty")
        case "none":
            return None
        case "auto":
            return FirstFound([PicameraSource(clock, dioptres), WebcamSource(clock=clock)])
        case "picamera2":
            return PicameraSource(clock, dioptres)
        case "v4l2":
            return WebcamSource(clock=clock)
        case device if device.startswith(("/dev/video", "/dev/v4l/")):
            return WebcamSource(Path(device), clock)
        case seen:
            return ReplaySource(seen, clock)
