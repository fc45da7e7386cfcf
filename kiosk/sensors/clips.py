"""Moving pictures: what Pillow reads, and videos where the library for them is installed."""

from __future__ import annotations

import bisect
import importlib
import warnings
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol

from PIL import Image, UnidentifiedImageError

from kiosk.sensors.pictures import MOST_PIXELS, PictureError, as_grey

VIDEO_SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mjpeg", ".mjpg", ".h264", ".ts"})
"""The files that are taken for videos."""

MOST_FRAMES = 10_000
"""A moving picture with more is refused: five minutes at thirty a second."""

_DEFAULT_MILLISECONDS = 100
"""For a frame that tells no time of its own; what browsers do."""

_DAMAGED = "The video is damaged: its data cannot be read to the end."


class Clip(Protocol):
    """Pictures that follow each other, over and over."""

    def at(self, elapsed: float) -> Image.Image:
        """Return the picture (mode L) `elapsed` seconds after the start; the same object while it is the same one.

        Raises:
            PictureError: It cannot be read.
        """
        ...

    def close(self) -> None:
        """Close the file. May be called twice."""
        ...


def open_clip(path: Path) -> Clip | None:
    """Return the moving picture or video in a file; None for one that is no video and does not move.

    Raises:
        PictureError: It is a video, and cannot be played.
    """
    if not path.is_file():
        return None
    if path.suffix.lower() in VIDEO_SUFFIXES:
        return VideoFile(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(path)
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None  # whoever reads it as a single picture says why
    if getattr(image, "is_animated", False) and image.width * image.height <= MOST_PIXELS:
        return MovingPicture(image)
    image.close()
    return None


class MovingPicture:
    """A GIF, APNG or WebP with several frames."""

    def __init__(self, image: Image.Image) -> None:
        """Look through the frames for their times. Raises PictureError."""
        self._image = image
        self._shown = -1
        self._grey = image
        try:
            self._ends = list(accumulate(self._durations()))
        except PictureError:
            image.close()
            raise

    def at(self, elapsed: float) -> Image.Image:
        """The frame of that moment."""
        moment = elapsed * 1000 % self._ends[-1]
        wanted = bisect.bisect_right(self._ends, moment)
        if wanted != self._shown:
            try:
                self._image.seek(wanted)
                self._grey = as_grey(self._image)
            except Exception as error:  # damaged files make the readers of the formats raise whatever they stumble over
                raise PictureError(_DAMAGED) from error
            self._shown = wanted
        return self._grey

    def close(self) -> None:
        """Close the file."""
        self._image.close()

    def _durations(self) -> Iterator[float]:
        frames = getattr(self._image, "n_frames", 1)
        if frames > MOST_FRAMES:
            raise PictureError(f"The moving picture is too long: more than {MOST_FRAMES} frames.")
        for number in range(frames):
            try:
                self._image.seek(number)
                self._image.load()  # WebP tells the time of a frame only then
            except Exception as error:
                raise PictureError(_DAMAGED) from error
            yield self._image.info.get("duration") or _DEFAULT_MILLISECONDS


class VideoFile:
    """A video file, read through PyAV as it plays. picamera2 brings that library; the kiosk alone does not."""

    def __init__(self, path: Path) -> None:
        """Open the file and find its first picture. Raises PictureError."""
        try:
            self._av: Any = importlib.import_module("av")
        except (ImportError, OSError) as error:
            raise PictureError(
                "Playing a video needs the library PyAV, which is not installed: pip install av, or use pictures."
            ) from error
        self._path = path
        self._container: Any = None
        self._begin(0.0)

    def at(self, elapsed: float) -> Image.Image:
        """The picture of that moment; after the last, the first again."""
        if elapsed < self._began:
            self._begin(elapsed)
        while self._next is not None and self._began + self._next[0] <= elapsed:
            self._now = self._next
            self._next = self._read()
        # The last picture stays for as long as the one before it did.
        if self._next is None and elapsed >= self._began + self._now[0] + self._step:
            self._begin(elapsed)
        return self._now[1]

    def close(self) -> None:
        """Close the file."""
        container, self._container = self._container, None
        if container is not None:
            container.close()

    def _begin(self, elapsed: float) -> None:
        self.close()
        try:
            self._container = self._av.open(str(self._path))
            self._frames = self._container.decode(video=0)
        except Exception as error:  # the library raises what FFmpeg says, in its own tree
            self.close()
            raise PictureError("The video cannot be read.") from error
        self._began, self._first, self._last, self._step = elapsed, None, 0.0, 1 / 30
        first = self._read()
        if first is None:
            self.close()
            raise PictureError("The video holds no picture.")
        self._now = first
        self._next = self._read()

    _first: float | None
    _now: tuple[float, Image.Image]
    _next: tuple[float, Image.Image] | None

    def _read(self) -> tuple[float, Image.Image] | None:
        """The next picture, and its second counted from the first; None after the last."""
        try:
            frame = next(self._frames, None)
            if frame is None:
                return None
            if frame.width * frame.height > MOST_PIXELS:
                raise PictureError("The video is too large.")
            picture = frame.to_image().convert("L")
        except PictureError:
            raise
        except Exception as error:
            raise PictureError(_DAMAGED) from error
        time = self._last + self._step if frame.time is None else float(frame.time)
        if self._first is None:
            self._first = self._last = time
        elif time > self._last:
            self._step, self._last = time - self._last, time
        return self._last - self._first, picture
