from __future__ import annotations

import pytest

from kiosk.ui.widgets.choice import ZONE, Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from tests.ui.widgets.glass import (
    Finger,
    Kiosk,
    cells_by_zone,
    changed_cells,
    colours_of,
    middle_of,
    offsets_in,
    shown,
    text_of,
)

HOSTILE = ["[/x] Bob", "[red]Bob[/red]", "[@click=app.exit]x[/]", "a\x1b[31mb\x07", "{0} \\["]


def words_on(choice: Choice) -> str:
    return " ".join(text_of(shown(choice)).split())


@pytest.mark.parametrize("text", HOSTILE)
async def test_label_and_hint_are_shown_as_they_are(text: str) -> None:
    choice = Choice(text, f"hint {text}", big=False)
    app = Kiosk(choice)
    async with app.run_test(size=(60, 8)) as pilot:
        plain = text.replace("\x1b", "").replace("\x07", "")
        lines = text_of(shown(choice)).splitlines()
        assert [line.strip("▌▐ ") for line in lines if plain in line] == [plain, f"hint {plain}"]
        await Finger(pilot).tap(middle_of(choice, ZONE))
        assert app.tapped == [text]


async def test_a_hint_longer_than_the_label_stands_whole_in_the_middle_and_the_label_above_it() -> None:
    choice = Choice("Ada", "expected at 10:00", big=False)
    async with Kiosk(choice, css="Choice { height: 5; }").run_test(size=(40, 5)):
        lines = text_of(shown(choice)).splitlines()
        middles = [
            next(line.index(words) + len(words) // 2 for line in lines if words in line)
            for words in ("Ada", "expected at 10:00")
        ]
        assert len(set(middles)) == 1, lines


async def test_all_of_a_choice_is_one_zone() -> None:
    choice = Choice("Member", "with your PIN", icon=Sign.PERSON)
    async with Kiosk(choice).run_test(size=(40, 12)):
        assert cells_by_zone(choice) == {ZONE: offsets_in(choice.zone_region(ZONE))}
        assert choice.zone_region(ZONE).size == choice.size


@pytest.mark.parametrize("icon", [None, Sign.PERSON])
@pytest.mark.parametrize("label", ["A label much too long for any card that was ever made", "李小龍"])
async def test_a_card_fills_its_cells_at_any_size(icon: Sign | None, label: str) -> None:
    choice = Choice(label, "with your PIN", icon=icon)
    async with Kiosk(choice).run_test(size=(60, 24)) as pilot:
        for columns, rows in [(1, 1), (8, 4), (14, 3), (20, 5), (37, 9), (38, 11), (60, 24)]:
            choice.styles.width, choice.styles.height = columns, rows
            await pilot.pause()
            assert choice.size == (max(columns, 8), max(rows, 3))
            for strip in shown(choice):
                assert strip.cell_length == sum(segment.cell_length for segment in strip) == choice.size.width


async def test_a_low_card_says_its_sign_and_its_label_in_one_line() -> None:
    choice = Choice("Back", icon=Sign.BACK, look=Look.QUIET, big=False)
    async with Kiosk(choice, css="Choice { height: 3; }").run_test(size=(14, 3)):
        assert "← Back" in words_on(choice)


async def test_a_label_that_does_not_fit_ends_in_an_ellipsis() -> None:
    choice = Choice("Donaudampfschifffahrt", big=False)
    async with Kiosk(choice).run_test(size=(12, 5)):
        assert "Donauda…" in words_on(choice)


@pytest.mark.usefixtures("only_pillows_font")
async def test_a_large_label_is_drawn_and_one_that_no_font_can_draw_is_written() -> None:
    choice = Choice("Member")
    async with Kiosk(choice).run_test(size=(40, 7)) as pilot:
        choice.styles.height = 7
        await pilot.pause()
        assert not any(letter.isalpha() for letter in words_on(choice))
        choice.label = "李小龍"
        await pilot.pause()
        assert "李小龍" in words_on(choice)


async def test_a_card_lights_up_when_its_key_is_pressed_and_goes_dark_again() -> None:
    choice = Choice("Member")
    async with Kiosk(choice).run_test(size=(40, 6)) as pilot:
        dark = shown(choice)
        choice.show_pressed()
        assert len(changed_cells(dark, shown(choice))) > choice.size.area / 3
        while shown(choice) != dark:
            await pilot.pause(0.01)


async def test_looks_can_be_told_apart() -> None:
    choice = Choice("Member")
    grounds = []
    async with Kiosk(choice).run_test(size=(40, 6)) as pilot:
        for look in Look:
            choice.look = look
            await pilot.pause()
            grounds.append(frozenset(colours_of(shown(choice))))
    assert len(set(grounds)) == len(Look)
