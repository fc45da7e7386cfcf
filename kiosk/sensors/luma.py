"""The grey picture in what a webcam delivers."""

from __future__ import annotations

import io
import warnings
from enum import Enum

from PIL import Image

from kiosk.sensors.pictures import MOST_PIXELS, fit

LARGEST = (1280, 960)
"""A compressed picture comes no larger than this. More pixels find no more codes, and take zbar longer."""

ENOUGH = (640, 480)
"""Of a compressed picture, unpack no more than needed for this."""


class Layout(Enum):
    """How a webcam lays a picture out in memory."""

    GREY = "GREY"
    """One byte a pixel: the brightness."""
    YUYV = "YUYV"
    """Two bytes a pixel; every other one is the brightness."""
    JPEG = "JPEG"
    """Each frame a JPEG picture of its own."""


class NotAPicture(Exception):
    """The bytes are too few, or no picture at all, as happens with a bad cable and while a webcam begins."""


def grey_of(
    data: bytes, layout: Layout, width: int, height: int, bytes_per_line: int = 0
) -> tuple[bytes, tuple[int, int]]:
    """Return the grey pixels in `data`, row by row without padding, and their width and height.

    Args:
        data: A frame as the driver delivers it; what follows the picture is ignored.
        layout: What the driver said it is.
        width: In pixels. A JPEG tells its own.
        height: In pixels.
        bytes_per_line: From one row to the next; 0 for rows without padding.

    Raises:
        NotAPicture: It is too short, or damaged.
    """
    if layout is Layout.JPEG:
        return _unpacked(data)
    step = 2 if layout is Layout.YUYV else 1
    row = width * step
    stride = bytes_per_line or row
    if stride < row or len(data) < stride * (height - 1) + row:
        raise NotAPicture(f"{len(data)} bytes are no picture of {width}x{height}")
    if stride == row:
        return data[: row * height : step], (width, height)
    return b"".join(data[at : at + row : step] for at in range(0, stride * height, stride)), (width, height)


def _unpacked(data: bytes) -> tuple[bytes, tuple[int, int]]:
    try:
        # Pillow warns of odd files on the standard error stream, where the screen is drawn.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=["JPEG"]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise NotAPicture("It claims to be absurdly large")
                picture.draft("L", ENOUGH)
                grey = fit(picture.convert("L"), *LARGEST)
    except NotAPicture:
        raise
    except Exception as error:  # damaged data makes the reader raise whatever it stumbles over
        raise NotAPicture(f"It is damaged ({type(error).__name__})") from error
    return grey.tobytes(), grey.size
