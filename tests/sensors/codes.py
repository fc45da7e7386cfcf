"""QR codes, drawn and then spoilt the way cameras and phones spoil them."""

from __future__ import annotations

import io
import math
import random

import segno
from PIL import Image, ImageChops

from kiosk.desk.frames import Frame
from kiosk.sensors.pictures import surround, to_frame

SIZE = (640, 480)


def draw(content: str | bytes, scale: int = 6, border: int = 4) -> Image.Image:
    """A QR code (never Micro QR) with modules of `scale` pixels."""
    return drawn(segno.make_qr(content), scale, border)


def drawn(code: segno.QRCode, scale: int = 6, border: int = 4) -> Image.Image:
    file = io.BytesIO()
    code.save(file, kind="png", scale=scale, border=border)
    return Image.open(file).convert("L")


def in_view(picture: Image.Image, at: float = 0.0) -> Frame:
    """The frame of a camera with `picture` in the middle of it."""
    return to_frame(surround(picture, *SIZE), at)


def with_codes(*places: tuple[int, int]) -> Frame:
    """A frame with codes that are different, their middles at these places."""
    frame = Image.new("L", SIZE, 128)
    for x, y in places:
        code = draw(f"code at {x}, {y}", 4)
        frame.paste(code, (x - code.width // 2, y - code.height // 2))
    return to_frame(frame, 0.0)


def empty(at: float = 0.0) -> Frame:
    return to_frame(Image.new("L", SIZE, 128), at)


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=128)


def tilted(picture: Image.Image, degrees: float) -> Image.Image:
    """Turned about its vertical middle, and seen from a distance of three times its width."""
    width, height = picture.width / 2, picture.height / 2
    cosine = math.cos(math.radians(degrees))
    nearer = -math.tan(math.radians(degrees)) / (3 * picture.width)
    middle = 1 - nearer * width
    # For each pixel of the result, the place in `picture` it comes from: the perspective projection, inverted.
    source = (
        (1 / cosine + nearer * width) / middle,
        0.0,
        width * (middle - 1 / cosine) / middle,
        height * nearer / middle,
        1 / middle,
        height * (middle - 1) / middle,
        nearer / middle,
        0.0,
    )
    return picture.transform(picture.size, Image.Transform.PERSPECTIVE, source, Image.Resampling.BICUBIC, fillcolor=128)


def noisy(picture: Image.Image, amount: float, seed: int = 7) -> Image.Image:
    """With noise of up to `amount` of full scale in each pixel; the seed is fixed, so that failures repeat."""
    pixels = random.Random(seed).randbytes(picture.width * picture.height)
    noise = Image.frombytes("L", picture.size, pixels).point([round(value * amount) for value in range(256)])
    return ImageChops.add(picture, noise, 1, -round(127 * amount))
