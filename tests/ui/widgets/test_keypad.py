from __future__ import annotations

import itertools

import pytest

from kiosk.ui.widgets.keypad import BACK, ENTER, KEYS, Keypad
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

ALL_KEYS = {key for row in KEYS for key in row}
SIZES = [(36, 20), (38, 21), (24, 12), (25, 13), (47, 23)]


def sized(keypad: Keypad, columns: int, rows: int) -> None:
    keypad.styles.width, keypad.styles.height = columns, rows


async def test_keys_cover_the_keypad_without_gap_or_overlap_at_any_size() -> None:
    keypad = Keypad()
    async with Kiosk(keypad).run_test(size=(80, 24)) as pilot:
        for size in SIZES:
            sized(keypad, *size)
            await pilot.pause()
            assert keypad.size == size
            zones = cells_by_zone(keypad)
            assert set(zones) == ALL_KEYS
            assert all(cells == offsets_in(keypad.zone_region(key)) for key, cells in zones.items() if key)


async def test_keys_are_as_large_as_a_finger_needs() -> None:
    keypad = Keypad()
    async with Kiosk(keypad).run_test(size=(80, 24)) as pilot:
        usual = [keypad.zone_region(key).size for key in ALL_KEYS]
        assert min(size.width for size in usual) >= 12
        assert min(size.height for size in usual) >= 5
        sized(keypad, 1, 1)
        await pilot.pause()
        smallest = [keypad.zone_region(key).size for key in ALL_KEYS]
        assert min(size.width for size in smallest) >= 8
        assert min(size.height for size in smallest) >= 3


@pytest.mark.parametrize("size", [(36, 20), (25, 13)])
async def test_a_key_lights_up_where_it_is_touched(size: tuple[int, int]) -> None:
    keypad = Keypad()
    async with Kiosk(keypad).run_test(size=(80, 24)) as pilot:
        sized(keypad, *size)
        await pilot.pause()
        finger, dark = Finger(pilot), shown(keypad)
        for key in ("1", "5", BACK, "0", ENTER):
            await finger.do(down(middle_of(keypad, key)))
            lit = changed_cells(dark, shown(keypad))
            # Taken back by sliding off, so that it is dark for the next.
            away = middle_of(keypad, "9" if key == "1" else "1")
            await finger.do(slide(away) + up(away))
            assert lit <= offsets_in(keypad.zone_region(key))
            assert len(lit) > keypad.zone_region(key).area / 3


@pytest.mark.usefixtures("only_pillows_font")
async def test_no_two_keys_look_alike() -> None:
    keypad = Keypad()
    async with Kiosk(keypad).run_test(size=(80, 24)):
        strips = shown(keypad)
        regions = [keypad.zone_region(key) for key in ALL_KEYS]
        assert {region.size for region in regions} == {(12, 5)}
        looks = [
            [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]] for region in regions
        ]
        assert not any(one == other for one, other in itertools.combinations(looks, 2))


async def test_small_keys_say_what_they_are_in_the_terminals_own_letters() -> None:
    keypad = Keypad(enter_label="OK")
    async with Kiosk(keypad).run_test(size=(80, 24)) as pilot:
        sized(keypad, 24, 12)
        await pilot.pause()
        letters = text_of(shown(keypad))
        assert all(key in letters for key in ALL_KEYS - {BACK, ENTER})
        assert "OK" in letters


@pytest.mark.parametrize("label", ["Bestätigen und weiter", "確認してください", "[/x] b", " OK ", ""])
async def test_no_word_on_the_enter_key_spills_over(label: str) -> None:
    keypad = Keypad(enter_label=label)
    async with Kiosk(keypad).run_test(size=(80, 24)) as pilot:
        for size in SIZES:
            sized(keypad, *size)
            await pilot.pause()
            for strip in shown(keypad):
                assert strip.cell_length == sum(segment.cell_length for segment in strip) == keypad.size.width
        sized(keypad, 24, 12)
        await pilot.pause()
        region = keypad.zone_region(ENTER)
        key = text_of([strip.crop(region.x, region.right) for strip in shown(keypad)[region.y : region.bottom]])
        assert label.strip()[:2] in key
