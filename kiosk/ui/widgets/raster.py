"""Pictures as terminal cells: for each cell a mosaic character and the two colours that come nearest.

A picture is drawn much larger, scaled down to one pixel a tile, and cut into cells. A cell shows two colours only, so
its tiles are divided into the two groups that differ least within, each group in its mean colour. Edges keep their
blends: letters and round corners come out smooth.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from PIL import Image
from rich.cells import cell_len
from rich.color import Color as TerminalColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from kiosk.ui.widgets.shapes import ACROSS, Repertoire, mosaic_of

Rgb = tuple[int, int, int]
"""A colour: red, green, blue, each 0 to 255."""

_STEP = 5
"""Colours are rounded to so many of 255: not to be seen, and neighbours with one style are one run."""


_MORE = 1 + 1e-12
"""A number that is larger by less is larger by the error of a division."""


class Cell(NamedTuple):
    """One painted cell; its character is empty where the one before it is two cells wide."""

    character: str
    ink: Rgb
    ground: Rgb
    bold: bool = False


Picture = list[list[Cell]]
"""Rows of painted cells."""


def rgb(colour: Color) -> Rgb:
    """Return the red, green and blue of a Textual colour."""
    return colour.r, colour.g, colour.b


def blank(columns: float, rows: int, ground: Rgb, repertoire: Repertoire) -> Image.Image:
    """Return an empty picture of so many cells, or half cells across, one pixel a tile."""
    return Image.new("RGB", (round(columns * ACROSS), rows * mosaic_of(repertoire).down), ground)


def lay(picture: Image.Image, ink: Rgb, coverage: Image.Image, left: int = 0, top: int = 0) -> None:
    """Lay ink on a picture: as much on each tile as `coverage`, a grey image in tiles, says."""
    picture.paste(ink, (left, top), coverage)


def cells_of(picture: Image.Image, repertoire: Repertoire) -> Picture:
    """Cut a picture of tiles into cells."""
    down = mosaic_of(repertoire).down
    tiles = _tiles(picture)
    return [
        [
            _cell(tuple(tiles[y + below][x + across] for below in range(down) for across in range(ACROSS)), repertoire)
            for x in range(0, picture.width, ACROSS)
        ]
        for y in range(0, picture.height, down)
    ]


def _tiles(picture: Image.Image) -> list[list[Rgb]]:
    """The colours of a picture, row by row."""
    data = picture.tobytes()
    colours = list(zip(data[0::3], data[1::3], data[2::3], strict=True))
    return [colours[start : start + picture.width] for start in range(0, len(colours), picture.width)]


def write(picture: Picture, column: int, row: int, text: str, ink: Rgb, *, bold: bool = False) -> None:
    """Put `text` over part of a picture, in the terminal's own letters; what does not fit is left out."""
    if not 0 <= row < len(picture):
        return
    line = picture[row]
    for character in text:
        width = cell_len(character)
        if column + max(1, width) > len(line):
            return
        if not width:
            # An accent of its own belongs to the letter before it.
            if column:
                line[column - 1] = line[column - 1]._replace(character=line[column - 1].character + character)
            continue
        line[column] = Cell(character, ink, line[column].ground, bold)
        for rest in range(1, width):
            line[column + rest] = Cell("", ink, line[column].ground, bold)
        column += width


def strip(cells: Sequence[Cell]) -> Strip:
    """Return one painted row as a strip, neighbours of one style in one segment."""
    segments: list[Segment] = []
    start = 0
    for end in range(1, len(cells) + 1):
        if end == len(cells) or cells[end][1:] != cells[start][1:]:
            text = "".join(cell.character for cell in cells[start:end])
            segments.append(Segment(text, style_of(cells[start].ink, cells[start].ground, bold=cells[start].bold)))
            start = end
    return Strip(segments, len(cells))


@lru_cache(maxsize=8192)
def style_of(ink: Rgb, ground: Rgb, *, bold: bool = False) -> Style:
    """Return the style of `ink` on `ground`: kept, since making styles costs more than anything else in a frame."""
    return Style(color=TerminalColor.from_rgb(*ink), bgcolor=TerminalColor.from_rgb(*ground), bold=bold or None)


def blend(ink: Rgb, ground: Rgb, share: float) -> Rgb:
    """Return `share`, 0 to 1, of `ink` in `ground`."""
    red, green, blue = (round(i * share + g * (1 - share)) for i, g in zip(ink, ground, strict=True))
    return red, green, blue


@lru_cache(maxsize=32_768)
def _cell(tiles: tuple[Rgb, ...], repertoire: Repertoire) -> Cell:
    """Return the character and colours that come nearest to the colours of a cell's tiles."""
    first = tiles[0]
    if tiles.count(first) == len(tiles):
        return Cell(" ", first, first)
    one, other = _farthest(tiles)
    (red, green, blue), (to_red, to_green, to_blue) = one, other
    axis_red, axis_green, axis_blue = to_red - red, to_green - green, to_blue - blue
    places = [axis_red * (r - red) + axis_green * (g - green) + axis_blue * (b - blue) for r, g, b in tiles]
    order = sorted(range(len(tiles)), key=places.__getitem__)
    split = _least_spread([places[index] for index in order])
    inked = sum(1 << index for index in order[split:])
    ink, ground = (_mean([tiles[index] for index in group]) for group in (order[split:], order[:split]))
    characters = mosaic_of(repertoire).characters
    if inked not in characters:
        inked, ink, ground = (1 << len(tiles)) - 1 ^ inked, ground, ink
    return Cell(characters[inked], ink, ground)


def _farthest(tiles: tuple[Rgb, ...]) -> tuple[Rgb, Rgb]:
    """Return two colours that are as different as any, found from the first: exact where the colours lie on a line."""
    one = _farthest_from(tiles[0], tiles)
    return one, _farthest_from(one, tiles)


def _farthest_from(colour: Rgb, tiles: tuple[Rgb, ...]) -> Rgb:
    red, green, blue = colour
    distances = [(r - red) * (r - red) + (g - green) * (g - green) + (b - blue) * (b - blue) for r, g, b in tiles]
    return tiles[distances.index(max(distances))]


def _least_spread(places: Sequence[int]) -> int:
    """Return where ascending numbers part into the two groups that differ least within."""
    count, total = len(places), sum(places)
    below, best, split = 0, -1.0, 1
    for size in range(1, count):
        below += places[size - 1]
        # The spread within is what is left of all squares, which are the same for each division.
        between = below * below / size + (total - below) * (total - below) / (count - size)
        if between > best * _MORE:
            best, split = between, size
    return split


def _mean(colours: Sequence[Rgb]) -> Rgb:
    red, green, blue = (
        min(255, round(sum(colour[part] for colour in colours) / len(colours) / _STEP) * _STEP) for part in range(3)
    )
    return red, green, blue
