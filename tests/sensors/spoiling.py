"""What lenses, light and glass do to a picture (mode L), each thing by itself."""

from __future__ import annotations

import math
from random import Random
from statistics import NormalDist

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_NORMAL = tuple(NormalDist().inv_cdf((value + 0.5) / 256) for value in range(256))


def grainy(picture: Image.Image, sigma: float, chance: Random) -> Image.Image:
    """With the noise of a sensor: normal, of `sigma` grey levels in each pixel."""
    pixels = Image.frombytes("L", picture.size, chance.randbytes(picture.width * picture.height))
    return ImageChops.add(picture, pixels.point([_level(127 + sigma * value) for value in _NORMAL]), 1, -127)


def shaken(picture: Image.Image, length: float, degrees: float) -> Image.Image:
    """Moved by `length` pixels while the picture was taken."""
    way = (math.cos(math.radians(degrees)) * length, math.sin(math.radians(degrees)) * length)
    steps = max(3, round(length))
    return _mean(
        [(way[0] * (step / (steps - 1) - 0.5), way[1] * (step / (steps - 1) - 0.5)) for step in range(steps)], picture
    )


def defocused(picture: Image.Image, radius: float) -> Image.Image:
    """Each point spread to a disc, as a lens out of focus does."""
    golden = math.pi * (3 - math.sqrt(5))  # points that fill a disc evenly
    spread = [(radius * math.sqrt((i + 0.5) / 24), i * golden) for i in range(24)]
    return _mean([(far * math.cos(angle), far * math.sin(angle)) for far, angle in spread], picture)


def darkened(picture: Image.Image, share: float, floor: float = 4.0) -> Image.Image:
    """With `share` of its light left, above the black of the sensor."""
    return picture.point([_level(floor + value * share) for value in range(256)])


def glaring(picture: Image.Image, at: tuple[float, float], across: float, chance: Random) -> Image.Image:
    """With the reflection of a lamp: burnt out in the middle, and fading."""
    light = Image.new("L", picture.size, 0)
    high = across * chance.uniform(0.6, 1.0)
    box = (at[0] - across / 2, at[1] - high / 2, at[0] + across / 2, at[1] + high / 2)
    ImageDraw.Draw(light).ellipse(box, fill=255)
    return ImageChops.add(picture, light.filter(ImageFilter.GaussianBlur(across / 8)))


def patterned(picture: Image.Image, period: float, depth: float, degrees: float) -> Image.Image:
    """With the fringes of two grids, the display's and the sensor's, at `degrees` to each other's lines."""
    one = _wave(picture.size, period, depth, degrees)
    other = _wave(picture.size, period * 1.3, depth * 0.6, degrees + 70)
    return ImageChops.multiply(ImageChops.multiply(picture, one), other)


def banded(picture: Image.Image, period: float, depth: float) -> Image.Image:
    """With the bands of a dimmed display that flickers while the rows are read out."""
    return ImageChops.multiply(picture, _wave(picture.size, period, depth, 90))


def shaded(picture: Image.Image, chance: Random) -> Image.Image:
    """With a shadow's soft edge across it."""
    shade = Image.new("L", picture.size, 255)
    corners = [(chance.uniform(0, picture.width), -9), (-9, chance.uniform(0, picture.height)), (-9, -9)]
    ImageDraw.Draw(shade).polygon([(x * 1.6, y * 1.6) for x, y in corners], fill=chance.randint(70, 130))
    return ImageChops.multiply(picture, shade.filter(ImageFilter.GaussianBlur(12)))


def cracked(picture: Image.Image, middle: tuple[float, float], reach: float, width: int, chance: Random) -> Image.Image:
    """With a crack that runs from a point near `middle` in a few jagged lines: light edges, a dark line within."""
    broken = picture.copy()
    draw = ImageDraw.Draw(broken)
    start = (middle[0] + chance.uniform(-0.3, 0.3) * reach, middle[1] + chance.uniform(-0.3, 0.3) * reach)
    for _ in range(chance.randint(3, 5)):
        heading, (x, y), path = chance.uniform(0, 2 * math.pi), start, [start]
        while len(path) < 14:
            heading += chance.uniform(-0.5, 0.5)
            x, y = x + math.cos(heading) * reach / 10, y + math.sin(heading) * reach / 10
            path.append((x, y))
        draw.line(path, fill=230, width=width + 1)
        draw.line(path, fill=60, width=max(1, width - 1))
    return broken


def curved(picture: Image.Image, middle: float, radius: float) -> Image.Image:
    """As if wound about an upright cylinder of `radius` pixels whose axis is at `middle`."""
    strips = []
    for left in range(0, picture.width, 8):
        edges = []
        for x in (left, left + 8):
            away = max(-0.95, min(0.95, (x - middle) / radius))
            edges.append((middle + radius * math.asin(away), 30 * (1 - math.sqrt(1 - away * away))))
        (x0, up0), (x1, up1) = edges
        quad = (x0, -up0, x0, picture.height - up0, x1, picture.height - up1, x1, -up1)
        strips.append(((left, 0, min(left + 8, picture.width), picture.height), quad))
    return picture.transform(picture.size, Image.Transform.MESH, strips, Image.Resampling.BILINEAR, fillcolor=128)


def stained(picture: Image.Image, middle: tuple[float, float], reach: float, chance: Random) -> Image.Image:
    """With a few blots, dark and light, on the code."""
    soiled = picture.copy()
    draw = ImageDraw.Draw(soiled)
    for _ in range(chance.randint(2, 5)):
        x, y = (at + chance.uniform(-reach, reach) for at in middle)
        size = reach * chance.uniform(0.05, 0.16)
        draw.ellipse((x - size, y - size, x + size, y + size * chance.uniform(0.4, 1)), fill=chance.randint(0, 255))
    return soiled


def _wave(size: tuple[int, int], period: float, depth: float, degrees: float) -> Image.Image:
    """Factors in 255ths from `1 - depth` to 1, in waves of `period` pixels across lines at `degrees`."""
    side = math.ceil(math.hypot(*size))
    row = bytes(_level(255 * (1 - depth * (0.5 + 0.5 * math.sin(2 * math.pi * x / period)))) for x in range(side))
    wide = Image.frombytes("L", (side, 1), row).resize((side, side))
    turned = wide.rotate(degrees, Image.Resampling.BILINEAR)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))


def _mean(offsets: list[tuple[float, float]], picture: Image.Image) -> Image.Image:
    """The mean of the picture moved by each of `offsets`."""
    total: Image.Image | None = None
    for count, (x, y) in enumerate(offsets, 1):
        moved = picture.transform(
            picture.size, Image.Transform.AFFINE, (1, 0, -x, 0, 1, -y), Image.Resampling.BILINEAR, fillcolor=128
        )
        total = moved if total is None else Image.blend(total, moved, 1 / count)
    return picture if total is None else total


def _level(value: float) -> int:
    return max(0, min(255, round(value)))
