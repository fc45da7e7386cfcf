from __future__ import annotations

import pytest
from textual.geometry import Size

from kiosk.desk.frames import Frame, Sighting
from kiosk.ui.theme import CONTRAST, contrast_theme
from kiosk.ui.widgets.raster import Rgb
from kiosk.ui.widgets.view_finder import FEW_GREYS, GREYS, ViewFinder, calmed, picture_strips, small_picture
from tests.ui.widgets.glass import Kiosk, colours_of, shown

YELLOW: Rgb = (255, 214, 64)
GREEN: Rgb = (60, 230, 110)

Pixels = list[list[Rgb]]


def frame(width: int, height: int, *bands: int) -> Frame:
    """A frame of upright bands of equal width, each in one grey."""
    row = bytes(bands[x * len(bands) // width] for x in range(width))
    return Frame(row * height, width, height, at=0.0)


def seen_at(*corners: tuple[float, float], width: int = 40, height: int = 32) -> Sighting:
    """A code with these corners was read in a frame of that size."""
    return Sighting(corners, width, height, at=0.0)


def places_of(colour: Rgb, pixels: Pixels) -> list[tuple[int, int]]:
    """Where a colour is."""
    return [(x, y) for y, row in enumerate(pixels) for x, pixel in enumerate(row) if pixel == colour]


def pixels_of(
    picture: Frame, columns: int = 40, rows: int = 16, sighting: Sighting | None = None, greys: int = GREYS
) -> Pixels:
    """The colours that a frame is shown in, two pixels to a cell."""
    lines: Pixels = []
    strips = picture_strips(small_picture(picture, Size(columns, rows)), sighting, greys)
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
    marked = places_of(YELLOW, pixels)
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


def test_no_size_of_the_widget_asks_for_more_than_the_frame_has() -> None:
    picture = frame(640, 480, 128)
    for columns in range(1, 100):
        for rows in range(1, 50):
            assert small_picture(picture, Size(columns, rows)).size == (columns, rows * 2)


def test_a_picture_has_few_greys() -> None:
    every = pixels_of(frame(256, 64, *range(256)), 80, 10)
    assert 10 < len({pixel for row in every for pixel in row} - {YELLOW}) <= GREYS


def test_in_few_greys_dark_and_light_are_told_apart_even_in_a_pale_picture() -> None:
    pale = pixels_of(frame(40, 32, 110, 140), greys=FEW_GREYS)
    greys = {pixel for row in pale for pixel in row} - {YELLOW}
    assert (0, 0, 0) in greys
    assert (255, 255, 255) in greys
    assert len(greys) <= FEW_GREYS


def test_the_frame_closes_in_on_the_code_and_turns_green() -> None:
    code = seen_at((10, 8), (20, 8), (20, 18), (10, 18))
    pixels = pixels_of(frame(40, 32, 128), sighting=code)
    assert not places_of(YELLOW, pixels)
    green = places_of(GREEN, pixels)
    # Mirrored, and a little larger than the code.
    assert (min(x for x, _ in green), max(x for x, _ in green)) == (18, 30)
    assert (min(y for _, y in green), max(y for _, y in green)) == (7, 19)
    assert pixels[13][24] == (136, 136, 136), "the code itself is not covered"


def test_the_frame_turns_with_the_code() -> None:
    diamond = seen_at((20, 6), (30, 16), (20, 26), (10, 16))
    green = places_of(GREEN, pixels_of(frame(40, 32, 128), sighting=diamond))
    assert min(y for x, y in green if x in (19, 20)) < 8
    assert not [(x, y) for x, y in green if abs(x - 19) > 8 and abs(y - 16) > 8], "no arms where a square has corners"


def test_the_place_of_a_code_is_that_of_its_own_frame_whatever_the_size_of_the_picture() -> None:
    small = pixels_of(frame(40, 32, 128), sighting=seen_at((10, 8), (20, 8), (20, 18), (10, 18)))
    large = seen_at((100, 80), (200, 80), (200, 180), (100, 180), width=400, height=320)
    assert places_of(GREEN, pixels_of(frame(40, 32, 128), sighting=large)) == places_of(GREEN, small)


@pytest.mark.parametrize(
    "corners",
    [(), ((5.0, 5.0),), ((5.0, 5.0), (9.0, 9.0), (5.0, 9.0)), ((-900.0, -900.0),) * 4, ((0.0, 0.0), (1e6, 1e6)) * 3],
    ids=["none", "one", "three", "outside", "six far away"],
)
def test_whatever_corners_a_decoder_tells_there_is_a_picture(corners: tuple[tuple[float, float], ...]) -> None:
    assert len(pixels_of(frame(40, 32, 128), sighting=seen_at(*corners))) == 32


def test_noise_does_not_flicker() -> None:
    before = small_picture(frame(40, 32, 128), Size(40, 16))
    assert calmed(small_picture(frame(40, 32, 123, 134), Size(40, 16)), before).tobytes() == before.tobytes()


def test_what_changes_is_shown_at_once() -> None:
    before = small_picture(frame(40, 32, 128), Size(40, 16))
    after = small_picture(frame(40, 32, 128, 200), Size(40, 16))
    assert calmed(after, before).tobytes() == after.tobytes()


def test_a_picture_of_another_size_is_none_of_what_was_before() -> None:
    after = small_picture(frame(40, 32, 128), Size(20, 8))
    assert calmed(after, small_picture(frame(40, 32, 127), Size(40, 16))) is after


async def test_a_widget_without_room_shows_nothing() -> None:
    finder = ViewFinder()
    finder.styles.height = 0
    async with Kiosk(finder).run_test(size=(60, 20)) as pilot:
        finder.show(frame(64, 48, 255))
        await pilot.pause()
        assert shown(finder) == []


async def test_the_newest_picture_is_shown() -> None:
    finder = ViewFinder()
    async with Kiosk(finder).run_test(size=(60, 20)) as pilot:
        finder.show(frame(64, 48, 255))
        await pilot.pause()
        assert {YELLOW, (255, 255, 255)} == colours_of(shown(finder))
        finder.show(frame(64, 48, 0), seen_at((10, 8), (20, 8), (20, 18), (10, 18), width=64, height=48))
        await pilot.pause()
        assert {GREEN, (0, 0, 0)} == colours_of(shown(finder))


async def test_without_a_picture_there_is_none() -> None:
    finder = ViewFinder()
    async with Kiosk(finder).run_test(size=(60, 20)) as pilot:
        finder.show(frame(64, 48, 255))
        await pilot.pause()
        finder.show(None)
        await pilot.pause()
        assert {strip.text.strip() for strip in shown(finder)} == {""}


async def test_high_contrast_takes_few_greys() -> None:
    finder = ViewFinder()
    app = Kiosk(finder)
    async with app.run_test(size=(60, 20)) as pilot:
        app.register_theme(contrast_theme())
        finder.show(frame(256, 64, *range(256)))
        await pilot.pause()
        assert len(colours_of(shown(finder))) > FEW_GREYS + 1
        app.theme = CONTRAST
        await pilot.pause()
        assert len(colours_of(shown(finder))) == FEW_GREYS + 1
