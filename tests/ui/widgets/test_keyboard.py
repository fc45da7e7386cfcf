from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from textual import on
from textual.geometry import Offset
from textual.pilot import Pilot

from kiosk.ui.widgets import touch
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Action, Layer, Layout, Typing, next_accent
from kiosk.ui.widgets.shift import Capitals
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typed_line import TypedLine
from tests.ui.widgets.glass import (
    Finger,
    Kiosk,
    area_of,
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

WIDE, UPRIGHT = (80, 16), (45, 24)

CSS = "TextField { height: 3; }"

every_layout = pytest.mark.parametrize("layout", Layout)
both_glasses = pytest.mark.parametrize("size", [WIDE, UPRIGHT], ids=["wide", "upright"])


class TypingKiosk(Kiosk):
    """Remembers the answers that are given."""

    def __init__(self, field: TextField, keyboard: Keyboard) -> None:
        super().__init__(field, keyboard, css=CSS)
        self.field = field
        self.answers: list[str] = []

    @on(Keyboard.Done)
    def _done(self) -> None:
        self.answers.append(self.field.text)


@dataclass(frozen=True)
class Desk:
    """A field, a keyboard below it, and a finger."""

    app: TypingKiosk
    field: TextField
    keyboard: Keyboard
    finger: Finger
    pilot: Pilot[None]

    async def tap(self, *zones: str) -> None:
        """Touch keys of the layer that shows, as fast as can be."""
        await self.finger.tap(*(middle_of(self.keyboard, zone) for zone in zones))

    def zones(self) -> list[str]:
        """The keys that show."""
        return [key.zone for row in self.keyboard.rows for key in row]


@asynccontextmanager
async def desk(
    layout: Layout = Layout.QWERTY,
    layer: Layer = Layer.LETTERS,
    capitals: Capitals = Capitals.NONE,
    *,
    size: tuple[int, int] = WIDE,
    text: str = "",
    done_label: str = "Next",
) -> AsyncIterator[Desk]:
    field = TextField(text, limit=400)
    keyboard = Keyboard(field, Typing(layout), layer=layer, capitals=capitals, done_label=done_label)
    app = TypingKiosk(field, keyboard)
    columns, rows = size
    async with app.run_test(size=(columns, rows + 3)) as pilot:
        keyboard.styles.height = rows
        await pilot.pause()
        assert keyboard.size == size
        yield Desk(app, field, keyboard, Finger(pilot), pilot)


@every_layout
@both_glasses
async def test_keys_cover_the_keyboard_without_gap_or_overlap(layout: Layout, size: tuple[int, int]) -> None:
    async with desk(layout, size=size) as at:
        for layer in Layer:
            at.keyboard.showing = layer
            zones = cells_by_zone(at.keyboard)
            assert set(zones) == set(at.zones())
            assert all(cells == offsets_in(at.keyboard.zone_region(key)) for key, cells in zones.items() if key)


@every_layout
@pytest.mark.parametrize(("size", "least"), [(WIDE, (7, 3)), (UPRIGHT, (4, 4))], ids=["wide", "upright"])
async def test_keys_are_large_enough_for_a_finger(
    layout: Layout, size: tuple[int, int], least: tuple[int, int]
) -> None:
    async with desk(layout, size=size) as at:
        for layer in Layer:
            at.keyboard.showing = layer
            regions = [at.keyboard.zone_region(zone) for zone in at.zones()]
            assert min(region.width for region in regions) >= least[0]
            assert min(region.height for region in regions) >= least[1]


@every_layout
@both_glasses
async def test_each_key_types_its_character(layout: Layout, size: tuple[int, int]) -> None:
    async with desk(layout, size=size) as at:
        for layer in Layer:
            at.keyboard.showing = layer
            typing = [key.text for row in at.keyboard.rows for key in row if key.action is Action.TYPE]
            at.field.line = TypedLine()
            await at.tap(*typing)
            assert at.field.text == "".join(typing)


TWO_HUNDRED = ("thequickbrownfoxjumpsoverthelazydog" * 6)[:200]


async def test_two_hundred_taps_in_one_breath_are_two_hundred_characters_in_their_order() -> None:
    async with desk() as at:
        await at.tap(*TWO_HUNDRED)
        assert at.field.text == TWO_HUNDRED


async def test_two_hundred_taps_that_lift_a_cell_beside_their_key_all_count() -> None:
    slips = itertools.cycle([Offset(1, 0), Offset(-1, 0), Offset(0, 1), Offset(0, -1)])
    async with desk() as at:
        glass = at.app.screen.region
        for letter, slip in zip(TWO_HUNDRED, slips, strict=False):
            area = area_of(at.keyboard, letter)
            edge = Offset(area.right - 1 if slip.x > 0 else area.x, area.bottom - 1 if slip.y > 0 else area.y)
            # A finger that rolls comes down in one report and lifts in a later one, at the rim of the glass if need be.
            await at.finger.do(down(edge))
            await at.finger.do(up(edge + slip if glass.contains_point(edge + slip) else edge))
        assert at.field.text == TWO_HUNDRED


async def test_a_letter_or_digit_that_is_tapped_twice_is_there_twice() -> None:
    async with desk(layer=Layer.SYMBOLS) as at:
        await at.tap("1", "1")
        assert at.field.text == "11"
        await at.tap(Action.LAYER)
        await at.tap(*"anna", *"pippi")
        assert at.field.text == "11annapippi"


async def test_a_tap_that_slides_to_another_key_types_nothing() -> None:
    async with desk() as at:
        a, p = middle_of(at.keyboard, "a"), middle_of(at.keyboard, "p")
        await at.finger.do(down(a) + slide(p) + up(p))
        assert at.field.text == ""


async def test_the_keys_change_at_once_so_that_the_next_tap_meets_the_new_ones() -> None:
    async with desk() as at:
        signs = middle_of(at.keyboard, Action.LAYER)
        first = middle_of(at.keyboard, "q")
        await at.finger.tap(first, signs, first, signs, first)
        assert at.field.text == "q1q"


@pytest.mark.parametrize("home", [Layer.LETTERS, Layer.EMAIL])
async def test_from_the_signs_one_comes_back_to_where_one_was(home: Layer) -> None:
    async with desk(layer=home) as at:
        await at.tap(Action.LAYER)
        assert at.keyboard.showing is Layer.SYMBOLS
        await at.tap(Action.LAYER)
        assert at.keyboard.showing is home


async def test_each_part_of_a_name_begins_large_by_itself() -> None:
    async with desk(capitals=Capitals.NAMES) as at:
        await at.tap(*"jean-luc", Action.SPACE, *"o'brien", Action.SPACE, *"j.", Action.SPACE, "r", ".")
        assert at.field.text == "Jean-Luc O'Brien J. R."


async def test_shift_makes_the_next_letter_the_other_size() -> None:
    async with desk(capitals=Capitals.NAMES) as at:
        await at.tap(Action.SHIFT, *"d'arc", Action.SPACE, *"mc", Action.SHIFT, *"donald")
        assert at.field.text == "d'Arc McDonald"


async def test_shift_twice_is_capitals_until_it_is_tapped_again() -> None:
    async with desk() as at:
        await at.tap(Action.SHIFT, Action.SHIFT, *"ibm", Action.SHIFT, *"x")
        assert at.field.text == "IBMx"


async def test_an_address_has_no_capitals_of_its_own() -> None:
    async with desk(layer=Layer.EMAIL, capitals=Capitals.NAMES) as at:
        await at.tap(*"ada.l", "@gmail.com")
        assert at.field.text == "ada.l@gmail.com"


async def test_another_ending_takes_the_place_of_the_first() -> None:
    async with desk(layer=Layer.EMAIL) as at:
        await at.tap(*"ada", "@", *"gm", "@gmail.com", "@outlook.com")
        assert at.field.text == "ada@outlook.com"


async def test_the_accent_key_turns_the_last_letter_and_in_the_end_turns_it_back() -> None:
    async with desk() as at:
        await at.tap("e", Action.ACCENT)
        assert at.field.text == "é"
        await at.tap(Action.ACCENT, Action.ACCENT, Action.ACCENT)
        assert at.field.text == "ë"
        while at.field.text != "e":
            before = at.field.text
            await at.tap(Action.ACCENT)
            assert at.field.text == next_accent(before, Layout.QWERTY)


async def test_a_capital_keeps_its_size_when_it_gets_an_accent() -> None:
    async with desk(capitals=Capitals.NAMES) as at:
        await at.tap("e", Action.ACCENT, *"ric")
        assert at.field.text == "Éric"


async def test_the_accent_key_says_what_it_will_do() -> None:
    async with desk() as at:
        await at.tap("n")
        assert "n→ñ" in text_of(shown(at.keyboard))
        await at.tap("q")
        assert "→" not in text_of(shown(at.keyboard))
        await at.tap(Action.ACCENT)
        assert at.field.text == "nq", "and does nothing where there is nothing to do"


async def test_the_last_letter_is_taken_back() -> None:
    async with desk() as at:
        await at.tap(*"adda", Action.ERASE, Action.ERASE, "a", *[Action.ERASE] * 9)
        assert at.field.text == ""


async def test_after_the_last_letter_is_taken_back_a_name_begins_large_again() -> None:
    async with desk(capitals=Capitals.NAMES) as at:
        await at.tap("x", Action.ERASE, *"ada")
        assert at.field.text == "Ada"


async def test_done_gives_the_answer_as_it_is_then() -> None:
    async with desk() as at:
        await at.tap(*"ada", Action.DONE)
        assert at.app.answers == ["ada"]


@both_glasses
async def test_a_key_is_lit_where_it_is_touched_and_nowhere_else(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that no key goes dark while it is looked at.
    monkeypatch.setattr(touch, "FLASH_SECONDS", 600.0)
    async with desk(Layout.QWERTZ, size=size) as at:
        dark = shown(at.keyboard)
        for zone in at.zones():
            away = middle_of(at.keyboard, "m" if zone == "q" else "q")
            await at.finger.do(down(middle_of(at.keyboard, zone)))
            lit = changed_cells(dark, shown(at.keyboard))
            await at.finger.do(slide(away) + up(away))
            assert lit <= offsets_in(at.keyboard.zone_region(zone))
            assert len(lit) > at.keyboard.zone_region(zone).area / 4


async def test_the_look_of_shift_follows_what_the_next_letter_will_be() -> None:
    async with desk(capitals=Capitals.NAMES) as at:

        def shift_key() -> list[str]:
            region = at.keyboard.zone_region(Action.SHIFT)
            strips = shown(at.keyboard)[region.y : region.bottom]
            return [strip.crop(region.x, region.right).text for strip in strips]

        at.field.type("x")
        small = shift_key()
        at.field.type(" ")
        assert shift_key() != small, "typed elsewhere, and seen here"
        at.field.erase()
        assert shift_key() == small


async def test_letters_too_small_to_be_drawn_are_the_terminals_own_in_the_size_that_is_typed() -> None:
    async with desk(size=UPRIGHT) as at:
        assert "q" in text_of(shown(at.keyboard))
        await at.tap(Action.SHIFT)
        assert "Q" in text_of(shown(at.keyboard))


@pytest.mark.parametrize("label", ["Weiter zur nächsten Frage", "次へ進んでください", "[/x] b", ""])
@both_glasses
async def test_no_word_on_the_last_key_spills_over(label: str, size: tuple[int, int]) -> None:
    async with desk(size=size, done_label=label) as at:
        for strip in shown(at.keyboard):
            assert strip.cell_length == sum(segment.cell_length for segment in strip) == size[0]


@pytest.mark.parametrize("size", [(80, 3), (44, 1), (20, 4), (1, 1)])
async def test_a_glass_that_is_much_too_small_is_no_reason_to_fail(size: tuple[int, int]) -> None:
    keyboard = Keyboard(TextField())
    css = "Keyboard { min-width: 1; min-height: 1; height: 100%; }"
    async with Kiosk(keyboard, css=css).run_test(size=size):
        for layer in Layer:
            keyboard.showing = layer
            for strip in shown(keyboard):
                assert strip.cell_length == sum(segment.cell_length for segment in strip) == size[0]
