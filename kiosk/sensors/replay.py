"""Pictures in place of a camera: for the demonstration, for development, and for tests of the whole road of a code."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from kiosk.desk.frames import Frame
from kiosk.sensors.camera import Pace, PicturesUnusable
from kiosk.sensors.pictures import MID_GREY, PictureError, as_grey, fit, open_grey, surround

logger = logging.getLogger(__name__)

WIDTH, HEIGHT = 640, 480
"""Size of the frames, in pixels: that of the real camera's."""

_EMPTY = Image.new("L", (WIDTH, HEIGHT), MID_GREY).tobytes()

SECONDS_IN_VIEW = 4.0
"""How long each of several pictures is held before the camera."""

SECONDS_EMPTY = 2.0
"""How long nothing is in view between two pictures, and after one that was shown."""

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"})
"""The files of a folder that are taken for pictures; others may lie beside them."""


class ReplaySource:
    """A camera that sees picture files, one after the other, and whatever it is shown.

    A single picture is always in view. Each of several is in view for four seconds with two of nothing between, over
    and over: to a reader, a code that goes away and another that comes. Without any file there is only grey.
    """

    def __init__(
        self,
        path: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        lead_in: float = 0.0,
    ) -> None:
        """Look at `path`, a picture or a folder of pictures, and make sure that at least one can be read.

        For `lead_in` seconds after it is opened nothing is in view, as before somebody walks up.

        Raises:
            PicturesUnusable: `path` does not exist, cannot be read, or holds no readable picture.
        """
        self._path = path
        self._clock = clock
        self._sleep = sleep
        self._lead_in = lead_in
        self._pace = Pace.FULL
        self._left_out: set[Path] = set()
        self._reel = Reel(path, self._left_out)
        self._opened = clock()
        self._next = self._opened
        self._lock = threading.Lock()
        self._shown: _Shown | None = None

    def describe(self) -> str:
        """What is replayed."""
        return "pictures shown by the demonstration" if self._path is None else f"replay of {self._path}"

    def open(self) -> None:
        """Begin with the first picture, looking at the files anew.

        Raises:
            PicturesUnusable: They are not what they were.
        """
        self._reel = Reel(self._path, self._left_out)
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
        self._next = now + 1 / self._pace.value
        return Frame(self._grey_at(now), WIDTH, HEIGHT, now)

    def pace(self, wanted: Pace) -> None:
        """Deliver so many frames a second from the next one on."""
        self._pace = wanted
        self._next = min(self._next, self._clock() + 1 / wanted.value)

    def close(self) -> None:
        """Nothing is held between frames."""

    def show(self, image: Image.Image, seconds: float) -> None:
        """Hold `image` before the camera for `seconds`, and then nothing for a moment. May be called by any thread.

        The newest one shown replaces an earlier one at once.

        Raises:
            PictureError: The image is absurdly large.
        """
        grey = _prepared(as_grey(image))
        with self._lock:
            self._shown = _Shown(grey, until=self._clock() + seconds)

    def _grey_at(self, now: float) -> bytes:
        with self._lock:
            shown = self._shown
            if shown is not None and now >= shown.until + SECONDS_EMPTY:
                shown = self._shown = None
        if shown is not None:
            return shown.grey if now < shown.until else _EMPTY
        elapsed = now - self._opened - self._lead_in
        return self._reel.grey_at(elapsed) if elapsed >= 0 else _EMPTY


@dataclass(frozen=True, slots=True)
class _Shown:
    grey: bytes
    until: float


class Reel:
    """The pictures to replay and the order of their turns. One is held in memory at a time.

    A file that cannot be read is left out and logged once.

    Raises:
        PicturesUnusable: There is none that can be read.
    """

    def __init__(self, path: Path | None, left_out: set[Path]) -> None:
        """List the files and load the first; `left_out` holds those that were logged before, and is added to."""
        self._left_out = left_out
        self._files = [] if path is None else list_pictures(path)
        self._is_empty = path is None
        self._loaded: tuple[Path, bytes] | None = None
        self.grey_at(0.0)

    def grey_at(self, elapsed: float) -> bytes:
        """Return the grey pixels of the frame `elapsed` seconds after the start.

        A file that vanishes meanwhile is left out as well, but the one in memory stays: something is always in view.
        """
        if self._is_empty:
            return _EMPTY
        while True:
            file = self._in_view(elapsed)
            if file is None:
                return _EMPTY
            try:
                return self._load(file)
            except PictureError as error:
                self._files.remove(file)
                if not self._files:
                    raise PicturesUnusable(f"{file}: {str(error).rstrip('.')}") from error
                if file not in self._left_out:
                    self._left_out.add(file)
                    logger.warning("The picture %s is left out: %s", file, error)

    def _in_view(self, elapsed: float) -> Path | None:
        if len(self._files) == 1:
            return self._files[0]
        turn, since = divmod(elapsed, SECONDS_IN_VIEW + SECONDS_EMPTY)
        return self._files[int(turn) % len(self._files)] if since < SECONDS_IN_VIEW else None

    def _load(self, file: Path) -> bytes:
        if self._loaded is None or self._loaded[0] != file:
            self._loaded = file, _prepared(open_grey(file, (WIDTH, HEIGHT)))
        return self._loaded[1]


def list_pictures(path: Path) -> list[Path]:
    """Return the picture files that `path` names: itself, or those in it, by name.

    Raises:
        PicturesUnusable: It does not exist, may not be read, or is a folder without pictures.
    """
    try:
        if not path.is_dir():
            return [path]
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
    except OSError as error:
        raise PicturesUnusable(f"{path}: {error.strerror or 'cannot be read'}") from error
    if not files:
        raise PicturesUnusable(f"{path}: The folder holds no pictures")
    return files


def _prepared(picture: Image.Image) -> bytes:
    return surround(fit(picture, WIDTH, HEIGHT), WIDTH, HEIGHT).tobytes()
