"""The camera as the screens see it: its readings turned into credentials."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.desk.credentials import Via
from kiosk.desk.frames import CameraStanding, CameraState, Frame, Hint, Sighting
from kiosk.desk.payloads import Shown, read_payload
from kiosk.sensors.camera import FrameSource
from kiosk.sensors.decoder import Decoder, Reading
from kiosk.sensors.lookout import Lookout
from kiosk.sensors.watcher import CodeWatcher

Listener = Callable[[Shown], None]


class CameraScanner:
    """Fulfils the desk's `CodeScanner` with a camera and a decoder. It senses and decides nothing."""

    def __init__(
        self, source: FrameSource, decoder: Decoder, on_reading: Callable[[Reading], None] = lambda reading: None
    ) -> None:
        """Prepare. `on_reading` is told, by the camera's thread, what is in each code newly held up."""
        self._listener: Listener | None = None
        self._on_reading = on_reading
        self._lookout = Lookout()
        self._watcher = CodeWatcher(source, decoder, self._read, on_look=self._lookout.saw)

    @property
    def state(self) -> CameraState:
        """What the camera is doing."""
        return self._watcher.state

    @property
    def latest(self) -> Frame | None:
        """The newest picture."""
        return self._watcher.latest

    @property
    def sighting(self) -> Sighting | None:
        """Where a code is in the picture now; nowhere while there is no picture."""
        return None if self.latest is None else self._lookout.sighting

    @property
    def hint(self) -> Hint:
        """What keeps a code from being read; nothing while there is no picture."""
        return Hint.NONE if self.latest is None else self._lookout.hint

    def standing(self) -> CameraStanding:
        """How the camera stands, for staff."""
        return self._watcher.standing()

    def listen(self, on_code: Listener) -> None:
        """Begin to look, and call `on_code` for each code read, from the camera's thread."""
        self._listener = on_code
        self._watcher.start()

    def stop(self) -> None:
        """Close the camera."""
        self._watcher.stop()

    def forget(self) -> None:
        """Let a code that was read a moment ago count again."""
        self._watcher.forget()

    def pause(self) -> None:
        """Read no codes; pictures go on."""
        self._watcher.pause()
        self._lookout.pause()

    def resume(self) -> None:
        """Read codes again."""
        self._lookout.resume()
        self._watcher.resume()

    def _read(self, reading: Reading) -> None:
        self._on_reading(reading)
        if self._listener is not None:
            self._listener(read_payload(reading.payload, Via.CAMERA, length=reading.length))


class NoScanner:
    """Fulfils `CodeScanner` for a kiosk without a camera, or without a decoder: codes are typed."""

    state = CameraState.ABSENT
    latest: Frame | None = None
    sighting: Sighting | None = None
    hint = Hint.NONE

    def standing(self) -> CameraStanding:
        """There is none."""
        return CameraStanding("none", self.state)

    def listen(self, on_code: Listener) -> None:
        """There will be none."""

    def stop(self) -> None:
        """Nothing to stop."""

    def forget(self) -> None:
        """Nothing to forget."""

    def pause(self) -> None:
        """Nothing to pause."""

    def resume(self) -> None:
        """Nothing to resume."""
