"""Picture files, read with care: the right way up, grey, and never larger than a kiosk can hold."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from kiosk.desk.frames import Frame

MOST_PIXELS = 64_000_000
"""A picture with more is refused before it is unpacked: it would fill a small machine's memory. Phones make 50."""

MID_GREY = 128
"""What surrounds a picture that does not fill the frame. Dark and light codes both stand out against it."""


_DAMAGED = "The picture is damaged: its data cannot be read to the end."


class PictureError(Exception):
    """A file cannot be used as a picture. Its text is one sentence for staff that does not name the file."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture file, opened.

    Attributes:
        grey: The picture, upright, in shades of grey (mode L), perhaps smaller than the file's.
        width: Of the picture in the file, upright, in pixels.
        height: The same.
    """

    grey: Image.Image
    width: int
    height: int


def open_grey(path: Path, enough: tuple[int, int]) -> Image.Image:
    """Return the picture at `path` as `open_photograph` does, without its size in the file. Raises PictureError."""
    return open_photograph(path, enough).grey


def open_photograph(path: Path, enough: tuple[int, int]) -> Photograph:
    """Read the picture at `path`, turned as its EXIF data says, in shades of grey (mode L).

    Args:
        path: The file.
        enough: Width and height that suffice. A JPEG is unpacked no larger than needed for them, which is many times
            quicker; other formats come at their full size. Nothing is enlarged.

    Raises:
        PictureError: The file is missing, may not be read, is no picture, is damaged or too large.
    """
    try:
        _check_file(path)
        # Pillow warns of odd and of huge files, on the standard error stream that the screen is drawn on.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                _check_size(image)
                size = image.size
                image.draft("L", enough)
                unpacked = image.size
                grey = as_grey(image)
                lying = grey.size != unpacked  # the EXIF data turned it by a quarter
                return Photograph(grey, *(reversed(size) if lying else size))
    except PictureError:
        raise
    except PermissionError as error:
        raise PictureError("The file may not be read: check its permissions.") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(_too_large()) from error
    except UnidentifiedImageError as error:
        raise PictureError("The file is not a picture that can be read: use PNG, JPEG or WebP.") from error
    except OSError as error:
        if error.errno is not None:
            raise PictureError(f"The file cannot be read: {error.strerror}.") from error
        raise PictureError(_DAMAGED) from error
    except Exception as error:  # damaged files make the readers of the formats raise whatever they stumble over
        raise PictureError(_DAMAGED) from error


def as_grey(image: Image.Image) -> Image.Image:
    """Return `image` turned as its EXIF data says, on white where it is transparent, in shades of grey (mode L).

    Raises:
        PictureError: The picture is too large.
        OSError: Its data is damaged; other errors are possible with damaged files.
    """
    _check_size(image)
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):  # 16 bits a pixel: converted as they are, all but the darkest would be white
        return upright.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if upright.has_transparency_data:
        drawn = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn)
    return upright.convert("L")


def fit(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Return `picture` shrunk to fit into `width` x `height` pixels, its proportions kept. It is never enlarged."""
    scale = min(width / picture.width, height / picture.height)
    if scale >= 1:
        return picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def surround(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Return a frame of `width` x `height` pixels with `picture` in the middle of mid grey.

    `picture` is in mode L and not larger than the frame.
    """
    frame = Image.new("L", (width, height), MID_GREY)
    frame.paste(picture, ((width - picture.width) // 2, (height - picture.height) // 2))
    return frame


def to_frame(picture: Image.Image, at: float) -> Frame:
    """Return `picture` (mode L) as a frame taken at `at`, in seconds of `time.monotonic()`."""
    return Frame(picture.tobytes(), picture.width, picture.height, at)


def _check_file(path: Path) -> None:
    if path.is_dir():
        if not os.access(path, os.R_OK | os.X_OK):
            raise PictureError("The folder may not be read: check its permissions.")
        raise PictureError("This is a folder without pictures.")
    if not path.exists():
        raise PictureError("There is no such file.")
    if not path.is_file():  # a pipe would never end, and a device may do anything
        raise PictureError("This is not an ordinary file.")


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise PictureError(_too_large())


def _too_large() -> str:
    return f"The picture is too large: more than {MOST_PIXELS // 1_000_000} million pixels. Shrink it first."
