from __future__ import annotations

import string

import pytest

from kiosk.desk.people import OTHER_INITIAL
from kiosk.ui.widgets.letters import LetterPad
from tests.ui.widgets.glass import (
    Finger,
    Kiosk,
    cells_by_zone,
    changed_cells,
    down,
    middle_of,
    offsets_in,
    shown,
    slide,
    text_of,
    up,
)

LETTERS = [*string.ascii_uppercase, OTHER_INITIAL]

sizes = pytest.mark.parametrize("size", [(80, 16), (78, 15), (72, 9), (73, 11), (43, 28), (41, 17)])


@sizes
async def test_letters_cover_the_pad_without_gap_or_overlap(size: tuple[int, int]) -> None:
    pad = LetterPad()
    async with Kiosk(pad).run_test(size=size):
        assert pad.size == size
        zones = cells_by_zone(pad)
        assert set(zones) == set(LETTERS)
        assert all(cells == offsets_in(pad.zone_region(key)) for key, cells in zones.items() if key)


@sizes
async def test_letters_stand_in_the_order_of_the_alphabet(size: tuple[int, int]) -> None:
    pad = LetterPad()
    async with Kiosk(pad).run_test(size=size):
        assert sorted(LETTERS, key=lambda key: (pad.zone_region(key).y, pad.zone_region(key).x)) == LETTERS


@pytest.mark.parametrize(("size", "least"), [((78, 15), (8, 3)), ((43, 28), (6, 3))])
async def test_letters_are_large_enough_for_a_finger_on_both_glasses(
    size: tuple[int, int], least: tuple[int, int]
) -> None:
    pad = LetterPad()
    async with Kiosk(pad).run_test(size=size):
        regions = [pad.zone_region(key) for key in LETTERS]
        assert min(region.width for region in regions) >= least[0]
        assert min(region.height for region in regions) >= least[1]


async def test_each_tap_is_its_letter() -> None:
    pad = LetterPad()
    app = Kiosk(pad)
    async with app.run_test(size=(78, 15)) as pilot:
        await Finger(pilot).tap(*(middle_of(pad, key) for key in LETTERS))
        assert app.tapped == LETTERS


@sizes
async def test_a_letter_lights_up_where_it_is_touched(size: tuple[int, int]) -> None:
    pad = LetterPad()
    async with Kiosk(pad).run_test(size=size) as pilot:
        finger, dark = Finger(pilot), shown(pad)
        for key in ("A", "M", OTHER_INITIAL):
            await finger.do(down(middle_of(pad, key)))
            lit = changed_cells(dark, shown(pad))
            away = middle_of(pad, "Z" if key == "A" else "A")
            await finger.do(slide(away) + up(away))
            assert lit <= offsets_in(pad.zone_region(key))
            assert len(lit) > pad.zone_region(key).area / 3


async def test_every_letter_is_written_on_its_key() -> None:
    # So low that the terminal's own letters are used.
    pad = LetterPad(other_label="…")
    async with Kiosk(pad).run_test(size=(72, 9)):
        strips = shown(pad)
        for key in LETTERS:
            region = pad.zone_region(key)
            face = text_of([strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]])
            assert ("…" if key == OTHER_INITIAL else key) in face


@pytest.mark.parametrize("size", [(80, 3), (30, 4), (27, 1), (8, 5)])
async def test_a_glass_that_is_much_too_small_is_no_reason_to_fail(size: tuple[int, int]) -> None:
    pad = LetterPad()
    async with Kiosk(pad).run_test(size=size):
        for strip in shown(pad):
            assert strip.cell_length == sum(segment.cell_length for segment in strip) == size[0]
