"""QR codes, drawn as a telephone shows them."""

from __future__ import annotations

import segno
from PIL import Image

_ROOM = 96
_DARK, _LIGHT = 20, 255
_SIDE = 360


class NotDrawable(Exception):
    """No QR code holds that text."""


def picture_of(text: str) -> Image.Image:
    """Return a grey picture of 640 x 480 pixels: a code, dark on white, with some of the room around it.

    Raises:
        NotDrawable: The text is too long, or empty.
    """
    if not text:
        raise NotDrawable("No QR code holds that text: it is empty")
    try:
        code = segno.make_qr(text, error="m")
    except ValueError as error:
        raise NotDrawable("No QR code holds that text: it is too long") from error
    rows = [bytes(_DARK if dark else _LIGHT for dark in row) for row in code.matrix_iter(border=4)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    scale = max(1, _SIDE // picture.width)
    picture = picture.resize((picture.width * scale, picture.height * scale), Image.Resampling.NEAREST)
    room = Image.new("L", (640, 480), _ROOM)
    room.paste(picture, ((640 - picture.width) // 2, (480 - picture.height) // 2))
    return room
