"""Pictures in place of a camera: for the demonstration, for development, and for tests of the whole road of a code."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import Pace, PicturesUnusable
from kiosk.sensors.drawing import NotDrawable, picture_of
from kiosk.sensors.films import EMPTY, HEIGHT, SECONDS_EMPTY, WIDTH, Film, Still, film_of, prepared
from kiosk.sensors.pictures import as_grey

CODE = "code:"
"""Begins a camera setting that names the text of a QR code to draw."""


class ReplaySource:
    """A camera that sees picture files, one after the other, or a video, and whatever it is shown.

    A single picture is always in view. Each of several is in view for four seconds with two of nothing between, over
    and over: to a reader, a code that goes away and another that comes. A video or a moving picture plays at its own
    speed, over and over. Without any file there is only grey. Frames come thirty times a second.
    """

    def __init__(
        self,
        seen: Path | str | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        lead_in: float = 0.0,
    ) -> None:
        """Look at what is to be seen, and make sure that some of it can be read.

        Args:
            seen: A picture, a video or a folder of pictures; or `code:` and the text of a QR code; or nothing.
            clock: Seconds that only grow; stamps the frames.
            sleep: Waits for so many seconds.
            lead_in: For so many seconds after it is opened nothing is in view, as before somebody walks up.

        Raises:
            PicturesUnusable: It does not exist, cannot be read, or holds no readable picture.
        """
        self._seen = Path(seen).expanduser() if isinstance(seen, str) and not seen.startswith(CODE) else seen
        self._clock = clock
        self._sleep = sleep
        self._lead_in = lead_in
        self._pace = Pace.FULL
        self._left_out: set[Path] = set()
        self._film = self._load()
        self._opened = clock()
        self._next = self._opened
        self._lock = threading.Lock()
        self._shown: _Shown | None = None

    def describe(self) -> str:
        """What is replayed."""
        match self._seen:
            case None:
                return "pictures shown by the demonstration"
            case Path() as path:
                return f"replay of {path}"
            case _:
                return "a drawn code"

    def open(self) -> None:
        """Begin with the first picture, looking at the files anew.

        Raises:
            PicturesUnusable: They are not what they were.
        """
        self._film.close()
        self._film = self._load()
        self._opened = self._next = self._clock()
        self._pace = Pace.FULL

    def read(self, timeout: float) -> Frame | None:
        """Return the frame that is due, waiting at most `timeout` seconds for it; None when it is not due by then."""
        early = self._next - self._clock()
        if early > 0:
            self._sleep(min(early, timeout))
        now = self._clock()
        if now < self._next:
            return None
        between = 1 / self._pace.value
        # By the beat of a real camera; whoever is late by more than a frame has missed those between.
        self._next = self._next + between if now - self._next < between else now + between
        return Frame(self._grey_at(now), WIDTH, HEIGHT, now)

    def pace(self, wanted: Pace) -> None:
        """Deliver so many frames a second from the next one on."""
        self._pace = wanted
        self._next = min(self._next, self._clock() + 1 / wanted.value)

    def close(self) -> None:
        """Give back the file of a video."""
        self._film.close()

    def show(self, image: Image.Image, seconds: float) -> None:
        """Hold `image` before the camera for `seconds`, and then nothing for a moment. May be called by any thread.

        The newest one shown replaces an earlier one at once.

        Raises:
            PictureError: The image is absurdly large.
        """
        grey = prepared(as_grey(image))
        with self._lock:
            self._shown = _Shown(grey, until=self._clock() + seconds)

    def _grey_at(self, now: float) -> bytes:
        with self._lock:
            shown = self._shown
            if shown is not None and now >= shown.until + SECONDS_EMPTY:
                shown = self._shown = None
        if shown is not None:
            return shown.grey if now < shown.until else EMPTY
        elapsed = now - self._opened - self._lead_in
        return self._film.grey_at(elapsed) if elapsed >= 0 else EMPTY

    def _load(self) -> Film:
        match self._seen:
            case None:
                return Still()
            case Path() as path:
                return film_of(path, self._left_out)
            case code:
                try:
                    return Still(prepared(picture_of(code.removeprefix(CODE))))
                except NotDrawable as error:
                    raise PicturesUnusable(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Shown:
    grey: bytes
    until: float
