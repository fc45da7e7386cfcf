"""What a replayed camera sees at which moment: picture files in turn, a video, or one picture for ever."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

from PIL import Image

from kiosk.sensors.camera import PicturesUnusable
from kiosk.sensors.clips import Clip, open_clip
from kiosk.sensors.pictures import MID_GREY, PictureError, fit, open_grey, surround

logger = logging.getLogger(__name__)

WIDTH, HEIGHT = 640, 480
"""Size of the frames, in pixels: that of the real camera's."""

EMPTY = Image.new("L", (WIDTH, HEIGHT), MID_GREY).tobytes()
"""Nothing in view."""

SECONDS_IN_VIEW = 4.0
"""How long each of several pictures is held before the camera."""

SECONDS_EMPTY = 2.0
"""How long nothing is in view between two pictures, and after one that was shown."""

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff"})
"""The files of a folder that are taken for pictures; others may lie beside them."""


class Film(Protocol):
    """What is in view."""

    def grey_at(self, elapsed: float) -> bytes:
        """Return the grey pixels of the frame `elapsed` seconds after the start.

        Raises:
            PicturesUnusable: There is nothing left that can be read.
        """
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...


class Still:
    """One picture, for ever."""

    def __init__(self, grey: bytes = EMPTY) -> None:
        self._grey = grey

    def grey_at(self, elapsed: float) -> bytes:
        """The picture."""
        return self._grey

    def close(self) -> None:
        """Nothing is held."""


class Playing:
    """A clip, over and over."""

    def __init__(self, path: Path, clip: Clip) -> None:
        self._path = path
        self._clip = clip
        self._in_view: tuple[Image.Image, bytes] | None = None

    def grey_at(self, elapsed: float) -> bytes:
        """The clip's picture of that moment. Raises PicturesUnusable."""
        try:
            picture = self._clip.at(elapsed)
        except PictureError as error:
            raise _unusable(self._path, error) from error
        if self._in_view is None or self._in_view[0] is not picture:
            self._in_view = picture, prepared(picture)
        return self._in_view[1]

    def close(self) -> None:
        """Close the file."""
        self._clip.close()


def film_of(path: Path, left_out: set[Path]) -> Film:
    """Return what is to be seen of `path`: a picture, a clip, or the pictures of a folder.

    Args:
        path: The file or folder.
        left_out: The files that were found unreadable and logged before; added to.

    Raises:
        PicturesUnusable: It does not exist, cannot be read, or holds no readable picture.
    """
    if not path.is_dir():
        try:
            clip = open_clip(path)
        except PictureError as error:
            raise _unusable(path, error) from error
        if clip is not None:
            return Playing(path, clip)
    return Reel(path, left_out)


class Reel:
    """The pictures to replay and the order of their turns. One is held in memory at a time.

    A file that cannot be read is left out and logged once.

    Raises:
        PicturesUnusable: There is none that can be read.
    """

    def __init__(self, path: Path, left_out: set[Path]) -> None:
        """List the files and load the first; `left_out` holds those that were logged before, and is added to."""
        self._left_out = left_out
        self._files = list_pictures(path)
        self._loaded: tuple[Path, bytes] | None = None
        self.grey_at(0.0)

    def grey_at(self, elapsed: float) -> bytes:
        """Return the grey pixels of the frame `elapsed` seconds after the start.

        A file that vanishes meanwhile is left out as well, but the one in memory stays: something is always in view.
        """
        while True:
            file = self._in_view(elapsed)
            if file is None:
                return EMPTY
            try:
                return self._load(file)
            except PictureError as error:
                self._files.remove(file)
                if not self._files:
                    raise _unusable(file, error) from error
                if file not in self._left_out:
                    self._left_out.add(file)
                    logger.warning("The picture %s is left out: %s", file, error)

    def close(self) -> None:
        """No file is held open."""

    def _in_view(self, elapsed: float) -> Path | None:
        if len(self._files) == 1:
            return self._files[0]
        turn, since = divmod(elapsed, SECONDS_IN_VIEW + SECONDS_EMPTY)
        return self._files[int(turn) % len(self._files)] if since < SECONDS_IN_VIEW else None

    def _load(self, file: Path) -> bytes:
        if self._loaded is None or self._loaded[0] != file:
            self._loaded = file, prepared(open_grey(file, (WIDTH, HEIGHT)))
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


def prepared(picture: Image.Image) -> bytes:
    """The grey pixels of a frame with `picture` (mode L) in the middle of it, shrunk to fit."""
    return surround(fit(picture, WIDTH, HEIGHT), WIDTH, HEIGHT).tobytes()


def _unusable(path: Path, error: PictureError) -> PicturesUnusable:
    return PicturesUnusable(f"{path}: {str(error).rstrip('.')}")
