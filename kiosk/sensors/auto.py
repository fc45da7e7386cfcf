"""Whichever camera this machine has."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import CameraLost, CameraMissing, CameraSoftwareMissing, FrameSource, Pace


class FirstFound:
    """The first of several cameras that is there, looked for anew at each opening: one plugged in later is found.

    One that is there and does not work is not passed over: staff want to hear of it.
    """

    def __init__(self, candidates: Sequence[FrameSource]) -> None:
        """Prepare; nothing is looked at before `open`. The first of `candidates` is the one preferred."""
        self._candidates = candidates
        self._found: FrameSource | None = None
        self._name = "none found yet"

    def describe(self) -> str:
        """What was found last."""
        return self._name

    def open(self) -> None:
        """Open the first camera that is there.

        Raises:
            CameraMissing: There is none. The text says if one kind could not be looked for.
            CameraError: It is there, and cannot be used.
        """
        blind = None
        for candidate in self._candidates:
            try:
                candidate.open()
            except CameraSoftwareMissing as missing:
                blind = blind or missing
            except CameraMissing:
                continue
            else:
                self._found = candidate
                self._name = candidate.describe()
                return
        raise CameraMissing("No camera was found" if blind is None else f"No camera was found. {blind}") from blind

    def read(self, timeout: float) -> Frame | None:
        """The newest picture of the camera that was found. Raises CameraError."""
        return self._opened().read(timeout)

    def pace(self, wanted: Pace) -> None:
        """Pass it on. Raises CameraError."""
        self._opened().pace(wanted)

    def close(self) -> None:
        """Close the camera that was found."""
        found, self._found = self._found, None
        if found is not None:
            found.close()

    def _opened(self) -> FrameSource:
        if self._found is None:
            raise CameraLost("The camera is not open")
        return self._found
