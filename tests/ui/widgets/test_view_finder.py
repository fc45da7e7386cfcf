from __future__ import annotations

import pytest
from textual.geometry import Size

from kiosk.desk.frames import Frame
from kiosk.ui.widgets.raster import Rgb
from kiosk.ui.widgets.view_finder import GREYS, ViewFinder, frame_strips
from tests.ui.widgets.glass import Kiosk, colours_of, shown, text_of

YELLOW: Rgb = (255, 214, 64)


def frame(width: int, height: int, *bands: int) -> Frame:
    """A frame of upright bands of equal width, each in one grey."""
    row = bytes(bands[x * len(bands) // width] for x in range(width))
    return Frame(row * height, width, height, at=0.0)


def pixels_of(picture: Frame, columns: int = 40, rows: int = 16) -> list[list[Rgb]]:
    """The colours that a frame is shown in, two pixels to a cell."""
    lines: list[list[Rgb]] = []
    strips = frame_strips(picture, Size(columns, rows))
    assert len(strips) == rows
    for strip in strips:
        assert strip.cell_length == sum(segment.cell_length for segment in strip) == columns
        upper, lower = [], []
        for segment in strip:
            assert set(segment.text) == {"▀"}
            assert segment.style is not None
            assert segment.style.color is not None
            assert segment.style.bgcolor is not None
            upper += [tuple(segment.style.color.get_truecolor())] * len(segment.text)
            lower += [tuple(segment.style.bgcolor.get_truecolor(foreground=False))] * len(segment.text)
        lines += [[(r, g, b) for r, g, b in half] for half in (upper, lower)]
    return lines


def test_the_picture_is_a_mirror() -> None:
    top = pixels_of(frame(40, 32, 255, 0))[0]
    assert set(top[:20]) == {(0, 0, 0)}
    assert set(top[20:]) == {(255, 255, 255)}


def test_top_stays_top() -> None:
    picture = pixels_of(Frame(bytes([255] * 40 * 16 + [0] * 40 * 16), 40, 32, at=0.0))
    assert picture[0][0] == (255, 255, 255)
    assert picture[-1][0] == (0, 0, 0)


def test_what_does_not_fit_is_cut_on_both_sides() -> None:
    # Three times as wide as high: the widget shows the middle of it.
    wide = pixels_of(frame(120, 32, 0, 255, 0))
    assert {pixel for row in wide for pixel in row} <= {(255, 255, 255), YELLOW}
    tall = pixels_of(Frame(bytes([0] * 40 * 32 + [255] * 40 * 32 + [0] * 40 * 32), 40, 96, at=0.0))
    assert {pixel for row in tall for pixel in row} <= {(255, 255, 255), YELLOW}


def test_pixels_are_square() -> None:
    # A bright square in the middle is as wide as it is high on the glass, where half a cell is a square.
    side = 20
    rows = [bytes(255 if 72 <= x < 92 and 52 <= y < 72 else 0 for x in range(160)) for y in range(120)]
    shown_pixels = pixels_of(Frame(b"".join(rows), 160, 120, at=0.0), 40, 15)
    bright = [(x, y) for y, row in enumerate(shown_pixels) for x, pixel in enumerate(row) if pixel == (255, 255, 255)]
    width = max(x for x, _ in bright) - min(x for x, _ in bright)
    height = max(y for _, y in bright) - min(y for _, y in bright)
    assert width == height == side * 40 // 160 - 1


def test_a_frame_to_aim_with_is_in_the_middle() -> None:
    pixels = pixels_of(frame(40, 32, 128))
    marked = [(x, y) for y, row in enumerate(pixels) for x, pixel in enumerate(row) if pixel == YELLOW]
    left, right = min(x for x, _ in marked), max(x for x, _ in marked)
    top, bottom = min(y for _, y in marked), max(y for _, y in marked)
    assert right - left == bottom - top > 16
    assert abs(left - (39 - right)) <= 1
    assert abs(top - (31 - bottom)) <= 1
    assert (20, 16) not in marked


@pytest.mark.parametrize("width", [1, 3, 641, 2000])
@pytest.mark.parametrize("height", [1, 2, 481])
def test_a_frame_of_any_size_fills_the_widget(width: int, height: int) -> None:
    greys = {pixel for row in pixels_of(frame(width, height, 255), 37, 11) for pixel in row}
    assert greys == {(255, 255, 255), YELLOW}


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (2, 1), (3, 2), (80, 24)])
def test_a_widget_of_any_size_is_filled(columns: int, rows: int) -> None:
    assert len(pixels_of(frame(640, 480, 0, 128, 255), columns, rows)) == rows * 2
    assert frame_strips(frame(640, 480, 128), Size(0, rows)) == ()


def test_a_picture_has_few_greys() -> None:
    every = pixels_of(frame(256, 64, *range(256)), 80, 10)
    assert 10 < len({pixel for row in every for pixel in row} - {YELLOW}) <= GREYS


async def test_words_take_the_place_of_a_picture_that_is_missing() -> None:
    finder = ViewFinder("No [camera] here.")
    async with Kiosk(finder).run_test(size=(60, 20)) as pilot:
        assert "No [camera] here." in text_of(shown(finder))
        finder.show(frame(64, 48, 255))
        await pilot.pause()
        assert "camera" not in text_of(shown(finder))
        assert YELLOW in colours_of(shown(finder))
        finder.show(frame(64, 48, 0))
        await pilot.pause()
        assert (255, 255, 255) not in colours_of(shown(finder)), "the newest picture is shown"
        finder.show(None)
        finder.caption = "The camera is not working."
        await pilot.pause()
        assert text_of(shown(finder)).strip() == "The camera is not working."


async def test_a_long_caption_is_broken_and_stays_off_the_rim() -> None:
    finder = ViewFinder("The camera is not working. Please type the code on the keys beside it, or see reception.")
    async with Kiosk(finder).run_test(size=(60, 20)):
        lines = [strip.text for strip in shown(finder)]
        assert {len(line) for line in lines} == {40}
        assert sum(bool(line.strip()) for line in lines) >= 3
        assert all(line.startswith("  ") and line.endswith("  ") for line in lines)
