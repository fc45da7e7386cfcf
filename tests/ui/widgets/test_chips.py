from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from kiosk.ui.widgets.chips import NARROWEST, ROWS, Chip, Chips, chip_places

NAMES = ("English", "Español", "Français", "Deutsch", "Português", "Italiano", "◐", "A A")


@pytest.mark.parametrize("chips", [6, 8])
def test_a_wide_glass_has_all_chips_in_one_row(chips: int) -> None:
    places = chip_places(NAMES[:chips], 76)
    assert {place.y for place in places} == {0}
    assert places[0].x == 76 - places[-1].right, "the row stands in the middle"


@pytest.mark.parametrize("columns", [45, 43, 30, 80])
def test_chips_are_large_enough_for_a_finger_and_never_overlap(columns: int) -> None:
    places = chip_places(NAMES, columns)
    assert len(places) == len(NAMES)
    for index, place in enumerate(places):
        assert place.width >= NARROWEST
        assert place.height == ROWS
        assert place.x >= 0
        assert place.right <= columns
        assert not any(place.overlaps(other) for other in places[index + 1 :])


def test_an_upright_glass_holds_eight_chips_in_two_rows() -> None:
    assert max(place.bottom for place in chip_places(NAMES, 45)) == 2 * ROWS


def test_without_chips_there_is_nothing() -> None:
    assert chip_places((), 76) == ()


class Glass(App[None]):
    """A glass with nothing but chips."""

    def __init__(self, chips: list[Chip]) -> None:
        super().__init__()
        self._chips = chips
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield Chips(self._chips)

    def on_chips_chosen(self, message: Chips.Chosen) -> None:
        self.chosen.append(message.key)


async def test_a_tap_tells_which_chip_and_the_one_that_holds_is_marked_by_more_than_colour() -> None:
    app = Glass([Chip("language:en", "English", on=True), Chip("language:de", "Deutsch")])
    async with app.run_test(size=(80, 24)) as pilot:
        chips = app.query_one(Chips)
        assert chips.size.height == ROWS
        for zone in ("language:de", "language:en"):
            x, y = chips.zone_region(zone).center
            await pilot.click(Chips, offset=(int(x), int(y)))
        await pilot.pause()
        assert app.chosen == ["language:de", "language:en"]
        foot = chips.render_line(2).text
        marked, plain = (foot[slice(place.x + 2, place.right - 2)] for place in chip_places(("English", "Deutsch"), 80))
        assert set(marked) != set(plain), "a bar stands below the language that is on"
