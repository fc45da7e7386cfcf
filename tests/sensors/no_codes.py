"""Pictures of things that are no QR code, among them what looks most like one; drawn from fixed seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import cast

import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.sensors.codes import SIZE, drawn
from tests.sensors.spoiling import grainy, patterned

Drawing = Callable[[Random], Image.Image]


def barcode(content: str, kind: zxingcpp.BarcodeFormat, scale: int = 3) -> Image.Image:
    """A code of another kind."""
    pixels = zxingcpp.create_barcode(content, kind).to_image(scale=scale)
    view = memoryview(cast(bytes, pixels))  # a buffer, which not every version's type information says
    assert view.shape is not None
    height, width = view.shape
    return Image.frombytes("L", (width, height), view.cast("B").tobytes())


def _other_kind(chance: Random) -> Image.Image:
    kinds = {
        zxingcpp.BarcodeFormat.EAN13: "5901234123457",
        zxingcpp.BarcodeFormat.Code128: "NX-228904",
        zxingcpp.BarcodeFormat.DataBarExp: "(01)09501101530003",
        zxingcpp.BarcodeFormat.ITF: "123456789012",
        zxingcpp.BarcodeFormat.Aztec: "a boarding pass",
        zxingcpp.BarcodeFormat.DataMatrix: "a parcel",
        zxingcpp.BarcodeFormat.PDF417: "an identity card",
        zxingcpp.BarcodeFormat.MaxiCode: "another parcel",
    }
    kind = chance.choice(list(kinds))
    return _placed(barcode(kinds[kind], kind, chance.randint(2, 5)), chance)


def _micro_code(chance: Random) -> Image.Image:
    return _placed(drawn(segno.make_micro(str(chance.randrange(100_000))), chance.randint(3, 9)), chance)


def _nearly_a_code(chance: Random) -> Image.Image:
    """The three squares and the timing of a real code, its data and what corrects it overwritten by chance."""
    scale = chance.randint(4, 9)
    code = drawn(segno.make_qr("x" * chance.randint(1, 40)), scale)
    draw, modules = ImageDraw.Draw(code), code.width // scale - 8
    for row in range(9, modules):
        for column in range(9, modules):
            x, y = (4 + column) * scale, (4 + row) * scale
            draw.rectangle((x, y, x + scale - 1, y + scale - 1), fill=chance.choice((0, 255)))
    return _placed(code, chance)


def _squares(chance: Random) -> Image.Image:
    """Squares within squares, as in the corners of a code."""
    picture = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(picture)
    for _ in range(30):
        x, y, unit = chance.randrange(600), chance.randrange(440), chance.randint(2, 12)
        for inset, shade in ((0, 0), (1, 255), (2, 0)):
            box = (x + inset * unit, y + inset * unit, x + (7 - inset) * unit, y + (7 - inset) * unit)
            draw.rectangle(box, fill=shade)
    return picture


def _grid(chance: Random) -> Image.Image:
    """Modules without any order, or a chequered floor."""
    across = chance.randint(15, 120)
    down = across * 3 // 4
    if chance.random() < 0.3:
        cells = bytes(255 * ((x + y) % 2) for y in range(down) for x in range(across))
    else:
        cells = bytes(chance.choices((0, 255), k=across * down))
    return Image.frombytes("L", (across, down), cells).resize(SIZE, Image.Resampling.NEAREST)


def _page(chance: Random) -> Image.Image:
    """A printed page."""
    picture = Image.new("L", SIZE, 245)
    draw, size = ImageDraw.Draw(picture), chance.randint(9, 30)
    for y in range(10, 480, size + 4):
        words = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz     ", k=110))
        draw.text((12, y), words, fill=20, font=ImageFont.load_default(size))
    return picture.rotate(chance.uniform(-30, 30), Image.Resampling.BILINEAR, fillcolor=130)


def _noise(chance: Random) -> Image.Image:
    return grainy(Image.new("L", SIZE, chance.randint(0, 255)), chance.uniform(5, 90), chance)


def _texture(chance: Random) -> Image.Image:
    """Cloth, wood or clouds."""
    blurred = _noise(chance).filter(ImageFilter.GaussianBlur(chance.uniform(1, 12)))
    stretched = blurred.point([max(0, min(255, (value - 128) * 8 + 128)) for value in range(256)])
    return patterned(stretched, chance.uniform(3, 40), chance.uniform(0.2, 0.9), chance.uniform(0, 180))


DRAWINGS: dict[str, Drawing] = {
    "a code of another kind": _other_kind,
    "a Micro QR code": _micro_code,
    "nearly a code": _nearly_a_code,
    "squares within squares": _squares,
    "a grid": _grid,
    "a page": _page,
    "noise": _noise,
    "a texture": _texture,
}


def drawings(kind: str, count: int) -> Iterator[Image.Image]:
    """So many different pictures of a kind, 640 x 480."""
    for number in range(count):
        yield DRAWINGS[kind](Random(f"{kind} {number}"))


def _placed(picture: Image.Image, chance: Random) -> Image.Image:
    """On a grey wall, turned."""
    wall = Image.new("L", SIZE, 160)
    label = Image.new("L", (picture.width + 60, picture.height + 60), 255)
    label.paste(picture, (30, 30))
    label = label.rotate(chance.uniform(0, 360), Image.Resampling.BICUBIC, expand=True, fillcolor=160)
    wall.paste(label, ((SIZE[0] - label.width) // 2, (SIZE[1] - label.height) // 2))
    return wall
