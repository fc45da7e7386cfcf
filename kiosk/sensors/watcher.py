"""The thread that looks through the camera."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

from kiosk.desk.frames import CameraStanding, CameraState, Frame
from kiosk.sensors.attention import Attention
from kiosk.sensors.camera import CameraError, CameraLost, CameraMissing, FrameSource, Pace
from kiosk.sensors.debounce import Debounce
from kiosk.sensors.decoder import Decoder, Look, Reading
from kiosk.sensors.rate import FrameRate

logger = logging.getLogger(__name__)

Looked = Callable[[Frame, Look], None]
"""Told of each frame that was searched, and of the code in it."""

READ_SECONDS = 0.5
"""How long the thread waits for a frame before it looks whether it should stop."""

SILENT_SECONDS = 5.0
"""A camera that delivers nothing for so long is taken for broken: one whose cable slipped says nothing at all."""

JOIN_SECONDS = 10.0
"""How long `stop()` waits for a driver that does not return."""


def growing_pauses() -> Iterator[float]:
    """Yield the seconds to wait before each new attempt at a broken camera: 1, 2, 4 and so on to 30."""
    pause = 1.0
    while True:
        yield pause
        pause = min(pause * 2, 30.0)


class CodeWatcher:
    """Looks through a camera in a thread of its own, reads the codes held up to it, and keeps its newest picture.

    It is a `Viewfinder`: `state` and `latest` may be read from any thread, as may all other methods be called. Frames
    are handed over, never queued, so that a slow decoder sees fewer frames and not older ones. While nobody is there,
    frames come slower, and those in which nothing has changed are not decoded. A camera that breaks is tried again for
    ever, at growing intervals.
    """

    def __init__(
        self,
        source: FrameSource,
        decoder: Decoder,
        on_reading: Callable[[Reading], None],
        clock: Callable[[], float] = time.monotonic,
        pauses: Callable[[], Iterator[float]] = growing_pauses,
        on_look: Looked = lambda frame, seen: None,
    ) -> None:
        """Prepare; nothing is opened before `start()`.

        Args:
            source: The camera. It is opened, read and closed by the thread alone.
            decoder: Used by the thread alone.
            on_reading: Called by the thread with each code newly held up. It should only pass the reading on.
            clock: Seconds that only grow.
            pauses: Makes the waiting times between attempts at a broken camera, in seconds.
            on_look: Called by the thread after each frame that was searched, whether or not its code counts.
        """
        self._source = source
        self._decoder = decoder
        self._on_reading = on_reading
        self._clock = clock
        self._pauses = pauses
        self._on_look = on_look
        self._stopping = threading.Event()  # of the present thread
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()  # guards the three below
        self._debounce = Debounce()
        self._attention = Attention()
        self._paused = False
        self._rate = FrameRate(clock)
        self._state = CameraState.ABSENT
        self._latest: Frame | None = None
        self._trouble: CameraError | None = None

    @property
    def state(self) -> CameraState:
        """What the camera is doing. Absent before `start()` and after `stop()`."""
        return self._state

    @property
    def latest(self) -> Frame | None:
        """The newest picture, or None while the camera is not live."""
        return self._latest

    @property
    def trouble(self) -> CameraError | None:
        """Why the camera does not work at the moment, for the status page; None while it does."""
        return self._trouble

    def standing(self) -> CameraStanding:
        """How the camera stands, for staff. May be asked by any thread."""
        trouble = self._trouble
        return CameraStanding(
            self._source.describe(),
            self._state,
            round(self._rate.per_second(), 1) if self._state is CameraState.LIVE else 0.0,
            None if trouble is None else trouble.fault,
            "" if trouble is None else trouble.staff,
        )

    def start(self) -> None:
        """Begin to look. Does nothing when it is looking already."""
        if self._thread is not None:
            return
        self._stopping = threading.Event()
        self._state, self._trouble = CameraState.STARTING, None
        self._thread = threading.Thread(target=self._run, args=(self._stopping,), name="camera", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close the camera and end the thread; returns when it has ended. Not to be called from `on_reading`."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._stopping.set()
        thread.join(JOIN_SECONDS)
        if thread.is_alive():
            logger.error("The camera driver does not return; its thread is left behind.")

    def pause(self) -> None:
        """Stop reading codes, while the answer to one is on the screen. Pictures keep coming."""
        with self._lock:
            self._paused = True

    def resume(self) -> None:
        """Read codes again. One that is still held up since before the pause is not read anew."""
        with self._lock:
            self._paused = False
            self._debounce.blinked()
            self._attention.wake()

    def forget(self) -> None:
        """Let the last codes be read again at once: somebody has just asked to scan one."""
        with self._lock:
            self._debounce.forget()
            self._attention.wake()

    def _run(self, stopping: threading.Event) -> None:
        pauses = self._pauses()
        while not stopping.is_set():
            try:
                self._source.open()
                pace = Pace.FULL
                for frame in self._frames(stopping):
                    if self._state is not CameraState.LIVE:
                        pauses = self._pauses()
                        self._came_alive()
                    self._rate.count()
                    self._look(frame)
                    # Not before it was searched: whoever shows it knows where its code is, and an answer goes first.
                    self._latest = frame
                    if (wanted := self._wanted_pace()) is not pace:
                        self._source.pace(wanted)
                        pace = wanted
            except CameraError as error:
                self._broke(error)
            except Exception as error:  # a driver may raise anything, and the kiosk goes on without it
                self._broke(CameraLost(f"The camera failed ({type(error).__name__})"))
            finally:
                self._latest = None
                self._source.close()
            if not stopping.is_set():
                stopping.wait(next(pauses))
        self._state = CameraState.ABSENT

    def _frames(self, stopping: threading.Event) -> Iterator[Frame]:
        """Yield frames until the watcher is stopped.

        Raises:
            CameraError: The camera broke or fell silent.
        """
        last = self._clock()
        while not stopping.is_set():
            frame = self._source.read(READ_SECONDS)
            if frame is not None:
                last = self._clock()
                yield frame
            elif self._clock() - last >= SILENT_SECONDS:
                raise CameraLost(f"The camera has delivered no picture for {SILENT_SECONDS:.0f} seconds")

    def _look(self, frame: Frame) -> None:
        if not self._deserves_a_look(frame):
            return
        seen = self._decoder.look(frame)
        reading = seen.reading
        with self._lock:
            self._attention.looked(found=reading is not None)
        if reading is None:
            self._accepts(None)
        elif self._accepts(reading.payload) or self._is_seconded(frame, reading):
            self._hand_over(reading)
        self._on_look(frame, seen)  # last, since somebody waits for the above

    def _deserves_a_look(self, frame: Frame) -> bool:
        with self._lock:
            changed = self._attention.deserved_by(frame, self._clock())
            return changed and not self._paused

    def _wanted_pace(self) -> Pace:
        with self._lock:
            return self._attention.pace

    def _accepts(self, payload: bytes | None) -> bool:
        with self._lock:
            # Paused since its frame was begun, a code is for nobody.
            return not self._paused and self._debounce.accepts(payload, self._clock())

    def _is_seconded(self, frame: Frame, reading: Reading) -> bool:
        """Whether a code that was read for the first time is read in the same frame by the other decoder, and counts:
        whoever shows it need not wait for the next frame."""
        with self._lock:
            waits = not self._paused and self._debounce.waits_for(reading.payload)
        return waits and self._decoder.agrees(frame, reading) and self._accepts(reading.payload)

    def _hand_over(self, reading: Reading) -> None:
        try:
            self._on_reading(reading)
        except Exception as error:  # what became of one reading must not blind the camera to the next
            logger.error("A reading could not be handed over (%s).", type(error).__name__)

    def _came_alive(self) -> None:
        if self._trouble is not None:
            logger.info("The camera is back: %s.", self._source.describe())
        self._trouble = None
        self._state = CameraState.LIVE
        with self._lock:
            self._debounce.blinked()
            self._attention.wake()

    def _broke(self, error: CameraError) -> None:
        if self._trouble is None:
            logger.warning("The camera does not work and is tried again: %s", error.staff)
        self._trouble = error
        never_seen = self._state in (CameraState.STARTING, CameraState.ABSENT)
        self._state = CameraState.ABSENT if never_seen and isinstance(error, CameraMissing) else CameraState.LOST
