"""A look at the glass as a picture."""

from __future__ import annotations

import io

from PIL import Image

from kiosk.commands.block_shapes import boxes_of
from kiosk.commands.glass_drawing import CELL_HEIGHT, CELL_WIDTH, as_ansi, as_png, as_svg
from kiosk.desk.glass import Glimpse, Run

LOOK = Glimpse("HomeScreen", 4, ((Run("▀ A", "#ff0000", "#0000ff"), Run("🬀", "#00ff00", "#000000")),))


def test_a_png_has_the_pixels_of_the_display_and_blocks_without_gaps() -> None:
    picture = Image.open(io.BytesIO(as_png(LOOK)))
    assert picture.size == (4 * CELL_WIDTH, CELL_HEIGHT)
    assert {picture.getpixel((x, y)) for x in range(CELL_WIDTH) for y in range(CELL_HEIGHT // 2)} == {(255, 0, 0)}
    assert {picture.getpixel((x, y)) for x in range(CELL_WIDTH, 2 * CELL_WIDTH) for y in (0, 19)} == {(0, 0, 255)}
    assert picture.getpixel((3 * CELL_WIDTH + 1, 1)) == (0, 255, 0)
    assert picture.getpixel((3 * CELL_WIDTH + 6, 1)) == (0, 0, 0)


def test_a_terminal_gets_the_colours_and_an_svg_the_words() -> None:
    (line,) = as_ansi(LOOK)
    assert line.startswith("\x1b[0;38;2;255;0;0;48;2;0;0;255m▀")
    assert b"#ff0000" in as_svg(LOOK)


def test_the_left_and_right_halves_are_left_out_of_the_row_of_sextants() -> None:
    drawn = {boxes_of(chr(code)) for code in range(0x1FB00, 0x1FB3C)}
    assert len(drawn) == 60
    left = tuple((0, third / 3, 0.5, third / 3 + 1 / 3) for third in range(3))
    assert left not in drawn
    assert boxes_of("🬻") == boxes_of(chr(0x1FB3B))
    assert len(boxes_of(chr(0x1FB3B))) == 5
    assert boxes_of("A") == ()
