"""The port through which a screen sees the camera, and a decoder its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Frame:
    """One grey picture.

    Attributes:
        grey: `width * height` bytes, row by row without padding, 0 black to 255 white.
        width: In pixels.
        height: In pixels.
        at: When it was taken, in seconds of `time.monotonic()`.
    """

    grey: bytes
    width: int
    height: int
    at: float

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 0 or len(self.grey) != self.width * self.height:
            raise ValueError(
                f"a {self.width}x{self.height} frame needs {self.width * self.height} bytes, got {len(self.grey)}"
            )


class CameraState(StrEnum):
    """What can be said of the camera at this moment."""

    ABSENT = "absent"
    """None is configured, or none was found."""
    STARTING = "starting"
    """It has been opened and has not delivered a picture yet."""
    LIVE = "live"
    """Pictures arrive."""
    LOST = "lost"
    """It failed after it was configured; it is tried again by itself."""


class CameraFault(StrEnum):
    """Why the camera does not work. Staff are told with a cure; visitors only that codes are typed."""

    MISSING = "missing"
    """None is connected."""
    SOFTWARE_MISSING = "software missing"
    """The library that drives it is not installed, or does not load."""
    FORBIDDEN = "forbidden"
    """The kiosk's user may not open it."""
    BUSY = "busy"
    """Another program holds it."""
    LOST = "lost"
    """It was there and stopped: unplugged, or its driver gave up."""
    GARBLED = "garbled"
    """It delivers, but nothing that is a picture."""
    UNUSABLE = "unusable"
    """The pictures to replay in its place cannot be used."""


@dataclass(frozen=True, slots=True)
class CameraStanding:
    """How the camera stands, for `kiosk status` and `kiosk doctor`.

    Attributes:
        name: What it is, in a few words.
        state: What it is doing.
        frames_per_second: Pictures of the last second or two; 0 while it is not live.
        fault: Why it does not work; None while it does.
        cure: What is wrong and what to do about it, for staff; empty without a fault.
    """

    name: str
    state: CameraState
    frames_per_second: float = 0.0
    fault: CameraFault | None = None
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where in the picture a code was read.

    Attributes:
        corners: Its outline, going round, in pixels of the frame it was read in: x to the right and y down. Four points
            as a rule, though a decoder may tell more, or fewer.
        width: Of that frame, in pixels.
        height: Of that frame, in pixels.
        at: When that frame was taken, in seconds of `time.monotonic()`.
    """

    corners: tuple[tuple[float, float], ...]
    width: int
    height: int
    at: float


class Hint(StrEnum):
    """What keeps a code from being read, as far as the picture tells, and thus what somebody could do."""

    NONE = "none"
    """Nothing to say: a code was read, or none is held up."""
    TOO_DARK = "too dark"
    """Nothing bright is in the picture: no lit screen, and no light on paper."""
    TOO_CLOSE = "too close"
    """The code is larger than the picture, or so near that it is out of focus."""
    TOO_FAR = "too far"
    """The modules of the code are smaller than what a decoder can tell apart."""
    HOLD_STILL = "hold still"
    """A code is there and its edges are smeared."""
    TILT = "tilt"
    """A light is mirrored in the code."""
    SEVERAL = "several"
    """More than one code is held up; nobody can know which is meant."""


class Viewfinder(Protocol):
    """The newest picture and the state of the camera, for whoever wants to look. Both may be read from any thread."""

    @property
    def state(self) -> CameraState:
        """What the camera is doing."""
        ...

    @property
    def latest(self) -> Frame | None:
        """The newest picture, or None while there is none."""
        ...
