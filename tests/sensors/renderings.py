"""Phones and sheets of paper before the camera, drawn: where the code is, how it is held, and under what conditions.

Every picture follows from its condition and its number, so that a failure repeats and a table can be compared with an
older one.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from kiosk.desk.frames import Frame
from kiosk.sensors.pictures import to_frame
from tests.sensors.spoiling import (
    banded,
    cracked,
    curved,
    darkened,
    defocused,
    glaring,
    grainy,
    patterned,
    shaded,
    shaken,
    stained,
)

WIDTH, HEIGHT = 640, 480
_OVER = 2  # drawn at so many times the size and shrunk, as the cells of a sensor gather light

_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789-_"


@dataclass(frozen=True, slots=True)
class Shot:
    """How a code is held up.

    Attributes:
        size: The width of the code, as a share of the frame's width.
        roll: Turned in the plane of the picture, in degrees.
        tilt: Turned out of the plane, in degrees.
        axis: About which direction it is tilted, in degrees.
        place: Where its middle is, from the middle of the frame, in shares of the room there is.
        dark: Drawn in light on dark, on a dark screen.
        border: Its margin in modules; the standard asks for four.
        paper: On a sheet of paper; else on the display of a phone.
        error: The level of error correction.
        length: Of its content, in characters.
    """

    size: float = 0.35
    roll: float = 0.0
    tilt: float = 0.0
    axis: float = 0.0
    place: tuple[float, float] = (0.0, 0.0)
    dark: bool = False
    border: int = 4
    paper: bool = False
    error: str = "m"
    length: int = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A frame of 640 x 480, and what is in it."""

    frame: Frame
    text: str


def held(chance: Random) -> Shot:
    """As people hold a phone: any way up, never quite straight, somewhere near the middle."""
    return Shot(
        size=chance.uniform(0.22, 0.5),
        roll=chance.uniform(0, 360),
        tilt=chance.uniform(0, 15),
        axis=chance.uniform(0, 360),
        place=(chance.uniform(-0.7, 0.7), chance.uniform(-0.7, 0.7)),
        paper=chance.random() < 0.3,
        error=chance.choice("lmmq"),
        length=chance.randint(6, 40),
    )


Spoil = Callable[[Image.Image, Shot, Random], Image.Image]


@dataclass(frozen=True, slots=True)
class Condition:
    """A way of being held, and what happens to the picture then."""

    hold: Callable[[Shot, Random], Shot] = lambda shot, _: shot
    spoil: Spoil = lambda picture, _shot, _chance: picture
    noise: float = 3.0


def _code_place(shot: Shot) -> tuple[float, float]:
    """Where the middle of the code is, in pixels of the frame."""
    reach = shot.size * WIDTH * 0.75
    room = max(0.0, WIDTH / 2 - reach), max(0.0, HEIGHT / 2 - reach)
    return WIDTH / 2 + shot.place[0] * room[0], HEIGHT / 2 + shot.place[1] * room[1]


def _within(shot: Shot, chance: Random, share: float = 0.3) -> tuple[float, float]:
    """A point of the code."""
    (x, y), reach = _code_place(shot), shot.size * WIDTH * share
    return x + chance.uniform(-reach, reach), y + chance.uniform(-reach, reach)


def _glare(smallest: float, largest: float) -> Spoil:
    def spoil(picture: Image.Image, shot: Shot, chance: Random) -> Image.Image:
        across = shot.size * WIDTH * chance.uniform(smallest, largest)
        return glaring(picture, _within(shot, chance), across, chance)

    return spoil


def _everything(picture: Image.Image, shot: Shot, chance: Random) -> Image.Image:
    picture = shaken(picture, chance.uniform(1, 3), chance.uniform(0, 360))
    picture = glaring(picture, _within(shot, chance, 0.7), shot.size * WIDTH * chance.uniform(0.1, 0.3), chance)
    picture = cracked(picture, _code_place(shot), shot.size * WIDTH * 0.5, 1, chance)
    return darkened(shaded(picture, chance), chance.uniform(0.4, 0.9))


def _upright(chance: Random) -> float:
    """One of the four ways up: larger codes, turned further, would not fit into the frame."""
    return chance.choice((0, 90, 180, 270)) + chance.uniform(-8, 8)


CONDITIONS: dict[str, Condition] = {
    "as held": Condition(),
    "12 to 15 % of the width": Condition(
        lambda shot, chance: replace(shot, size=chance.uniform(0.12, 0.15), length=16)
    ),
    "15 to 22 %": Condition(lambda shot, chance: replace(shot, size=chance.uniform(0.15, 0.22))),
    "50 to 60 %": Condition(lambda shot, chance: replace(shot, size=chance.uniform(0.5, 0.6), roll=_upright(chance))),
    "tilt 15 to 30 degrees": Condition(lambda shot, chance: replace(shot, tilt=chance.uniform(15, 30))),
    "tilt 30 to 45 degrees": Condition(lambda shot, chance: replace(shot, tilt=chance.uniform(30, 45))),
    "moving": Condition(
        spoil=lambda picture, shot, chance: shaken(picture, chance.uniform(2, 6), chance.uniform(0, 360))
    ),
    "out of focus": Condition(spoil=lambda picture, shot, chance: defocused(picture, chance.uniform(1, 3.5))),
    "badly out of focus": Condition(spoil=lambda picture, shot, chance: defocused(picture, chance.uniform(3.5, 6))),
    "noise": Condition(noise=20),
    "strong noise": Condition(noise=40),
    "low light": Condition(spoil=lambda picture, shot, chance: darkened(picture, chance.uniform(0.1, 0.3)), noise=5),
    "hardly any light": Condition(
        spoil=lambda picture, shot, chance: darkened(picture, chance.uniform(0.04, 0.1)), noise=4
    ),
    "dark mode": Condition(lambda shot, chance: replace(shot, dark=True, paper=False)),
    "dark mode, out of focus": Condition(
        lambda shot, chance: replace(shot, dark=True, paper=False),
        lambda picture, shot, chance: defocused(picture, chance.uniform(1, 3)),
    ),
    "thin margin on a dark screen": Condition(lambda shot, _: replace(shot, border=1, paper=False)),
    "no margin on a dark screen": Condition(lambda shot, _: replace(shot, border=0, paper=False)),
    "glare": Condition(spoil=_glare(0.15, 0.35)),
    "strong glare": Condition(spoil=_glare(0.35, 0.6)),
    "moire": Condition(
        lambda shot, _: replace(shot, paper=False),
        lambda picture, shot, chance: patterned(
            picture, chance.uniform(4, 30), chance.uniform(0.2, 0.5), chance.uniform(0, 180)
        ),
        noise=6,
    ),
    "bands": Condition(
        lambda shot, _: replace(shot, paper=False),
        lambda picture, shot, chance: banded(picture, chance.uniform(20, 90), chance.uniform(0.5, 0.85)),
    ),
    "curved paper": Condition(
        lambda shot, chance: replace(shot, paper=True, roll=_upright(chance)),
        lambda picture, shot, chance: shaded(curved(picture, _code_place(shot)[0], shot.size * WIDTH * 0.8), chance),
    ),
    "stained": Condition(
        spoil=lambda picture, shot, chance: stained(picture, _code_place(shot), shot.size * WIDTH / 2, chance)
    ),
    "shadow": Condition(spoil=lambda picture, shot, chance: shaded(picture, chance)),
    "cracked": Condition(
        lambda shot, _: replace(shot, paper=False),
        lambda picture, shot, chance: cracked(picture, _code_place(shot), shot.size * WIDTH * 0.5, 1, chance),
    ),
    "badly cracked": Condition(
        lambda shot, _: replace(shot, paper=False),
        lambda picture, shot, chance: cracked(picture, _code_place(shot), shot.size * WIDTH * 0.5, 3, chance),
    ),
    "long content": Condition(
        lambda shot, chance: replace(shot, size=chance.uniform(0.4, 0.55), length=chance.randint(120, 200))
    ),
    "mirrored": Condition(spoil=lambda picture, shot, chance: ImageOps.mirror(picture)),
    "everything at once": Condition(
        lambda shot, chance: replace(shot, tilt=chance.uniform(5, 35), paper=False), _everything, noise=10
    ),
}


def taken(condition: str, count: int, first: int = 0) -> Iterator[Taken]:
    """Yield so many frames taken under a condition."""
    how = CONDITIONS[condition]
    for number in range(first, first + count):
        chance = Random(f"{condition} {number}")
        shot = how.hold(held(chance), chance)
        text = "".join(chance.choices(_CHARACTERS, k=shot.length))
        picture = how.spoil(photographed(shot, text, chance), shot, chance)
        yield Taken(to_frame(grainy(picture, how.noise, chance), 0.0), text)


def photographed(shot: Shot, text: str, chance: Random) -> Image.Image:
    """Draw a phone or a sheet with the code on it, in a room, as a camera with a perfect lens sees it."""
    code = segno.make_qr(text, error=shot.error, boost_error=False)
    modules = code.symbol_size(border=0)[0]
    scale = max(2, math.ceil(shot.size * WIDTH * _OVER / modules))
    side = modules * scale
    sheet = _sheet(code, scale, shot, chance)
    room = _room(chance).resize((WIDTH * _OVER, HEIGHT * _OVER), Image.Resampling.BICUBIC)
    x, y = _code_place(shot)
    back = _projection(shot, sheet.size, (x * _OVER, y * _OVER), shot.size * WIDTH * _OVER / side)
    seen = sheet.transform(room.size, Image.Transform.PERSPECTIVE, back, Image.Resampling.BICUBIC)
    covered = Image.new("L", sheet.size, 255).transform(room.size, Image.Transform.PERSPECTIVE, back)
    room.paste(seen, (0, 0), covered)
    return room.reduce(_OVER)


def _sheet(code: segno.QRCode, scale: int, shot: Shot, chance: Random) -> Image.Image:
    """The display or the paper: the code in its margin, lines of writing above and below, and the phone's edge."""
    file = io.BytesIO()
    code.save(file, kind="png", scale=scale, border=shot.border)
    label = Image.open(file).convert("L")
    on_dark = shot.dark or shot.border < 4
    page = chance.randint(10, 40) if on_dark else chance.randint(225, 255)
    if shot.dark:
        label = ImageOps.invert(label).point([page + value * (235 - page) // 255 for value in range(256)])
    margin = label.width // 5
    sheet = Image.new("L", (label.width + 2 * margin, label.height + 6 * margin), page)
    draw = ImageDraw.Draw(sheet)
    ink = 200 if on_dark else 40
    for line in range(4):
        for top in (margin // 2 + line * margin // 2, sheet.height - margin // 2 - line * margin // 2):
            draw.line([(margin, top), (margin + label.width * chance.uniform(0.3, 0.9), top)], fill=ink, width=scale)
    sheet.paste(label, (margin, 3 * margin))
    if shot.paper:
        return ImageChops.add(sheet, Image.new("L", sheet.size, chance.randint(10, 35)))
    return ImageOps.expand(sheet, margin // 3, fill=chance.randint(5, 30))


def _room(chance: Random) -> Image.Image:
    """A lobby behind it: soft shapes, light and dark."""
    room = Image.new("L", (WIDTH // 4, HEIGHT // 4), chance.randint(60, 170))
    draw = ImageDraw.Draw(room)
    for _ in range(9):
        x, y = chance.uniform(-20, WIDTH / 4), chance.uniform(-20, HEIGHT / 4)
        draw.rectangle((x, y, x + chance.uniform(5, 70), y + chance.uniform(5, 70)), fill=chance.randint(20, 230))
    return room.filter(ImageFilter.GaussianBlur(2))


def _projection(shot: Shot, size: tuple[int, int], at: tuple[float, float], scale: float) -> tuple[float, ...]:
    """For each pixel of the frame, the place on the sheet: eight numbers, as Pillow takes them.

    The sheet is tilted about an axis through the middle, seen from three times the width of the frame.
    """
    roll, tilt, axis = (math.radians(angle) for angle in (shot.roll, shot.tilt, shot.axis))
    cosine, sine = math.cos(tilt), math.sin(tilt)
    ax, ay = math.cos(axis), math.sin(axis)
    # Where the sheet's own directions point after the tilt: x and y in the picture, z away from it.
    across = (cosine + ax * ax * (1 - cosine), ax * ay * (1 - cosine), -ay * sine)
    down = (ax * ay * (1 - cosine), cosine + ay * ay * (1 - cosine), ax * sine)
    far = 3.0 * WIDTH
    c, s = math.cos(roll) * scale, math.sin(roll) * scale
    columns = [
        tuple(c * a + s * d for a, d in zip(across, down, strict=True)),
        tuple(-s * a + c * d for a, d in zip(across, down, strict=True)),
    ]
    # A point of the sheet, from its middle, is at `far` times its place over its distance.
    (ux, uy, uz), (vx, vy, vz) = columns
    mx, my = size[0] / 2, size[1] / 2
    forward = [
        [ux + at[0] * uz / far, vx + at[0] * vz / far, at[0]],
        [uy + at[1] * uz / far, vy + at[1] * vz / far, at[1]],
        [uz / far, vz / far, 1.0],
    ]
    for row in forward:
        row[2] -= row[0] * mx + row[1] * my
    return _inverse(forward)


def _inverse(rows: list[list[float]]) -> tuple[float, ...]:
    """The inverse of a 3 x 3 matrix, scaled so that its last number is 1, without that number."""
    (a, b, c), (d, e, f), (g, h, i) = rows
    last = a * e - b * d
    found = (
        e * i - f * h,
        c * h - b * i,
        b * f - c * e,
        f * g - d * i,
        a * i - c * g,
        c * d - a * f,
        d * h - e * g,
        b * g - a * h,
    )
    return tuple(value / last for value in found)
