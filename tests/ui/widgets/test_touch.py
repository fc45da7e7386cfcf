from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from kiosk.ui.widgets import touch
from kiosk.ui.widgets.choice import ZONE, Choice
from kiosk.ui.widgets.keypad import KEYS, Keypad
from tests.ui.widgets.glass import (
    Finger,
    Kiosk,
    area_of,
    changed_cells,
    down,
    middle_of,
    offsets_in,
    shown,
    slide,
    up,
)


@dataclass(frozen=True)
class Glass:
    """A keypad with a card below it, and a finger."""

    app: Kiosk
    pilot: Pilot[None]
    finger: Finger
    keypad: Keypad
    card: Choice

    def key(self, key: str) -> Offset:
        return middle_of(self.keypad, key)

    @property
    def middle_of_card(self) -> Offset:
        return middle_of(self.card, ZONE)


@asynccontextmanager
async def keypad_over_a_card() -> AsyncIterator[Glass]:
    keypad, card = Keypad(), Choice("Card")
    app = Kiosk(keypad, card)
    async with app.run_test(size=(60, 28)) as pilot:
        yield Glass(app, pilot, Finger(pilot), keypad, card)


async def test_eleven_taps_in_one_breath_are_eleven_digits() -> None:
    async with keypad_over_a_card() as glass:
        await glass.finger.tap(*[glass.key("5")] * 11)
        assert glass.app.tapped == ["5"] * 11


async def test_taps_count_in_their_order_however_the_bytes_arrive() -> None:
    number = "31415926535"
    async with keypad_over_a_card() as glass:
        reports = "".join(down(glass.key(digit)) + up(glass.key(digit)) for digit in number)
        # In pieces that end in the middle of a report.
        for start in range(0, len(reports), 7):
            await glass.finger.do(reports[start : start + 7])
        assert "".join(glass.app.tapped) == number


async def test_every_key_can_be_tapped_in_its_farthest_corners() -> None:
    async with keypad_over_a_card() as glass:
        areas = [area_of(glass.keypad, key) for row in KEYS for key in row]
        corners = [(area.offset, Offset(area.right - 1, area.bottom - 1)) for area in areas]
        await glass.finger.tap(*(place for corner in corners for place in corner))
        assert glass.app.tapped == [key for row in KEYS for key in row for _ in range(2)]


async def test_sliding_away_takes_a_tap_back() -> None:
    async with keypad_over_a_card() as glass:
        await glass.finger.do(down(glass.key("5")) + slide(glass.key("9")) + up(glass.key("9")))
        await glass.finger.do(down(glass.key("5")))
        await glass.finger.do(slide(glass.key("8")))
        await glass.finger.do(up(glass.key("8")))
        assert glass.app.tapped == []


async def test_sliding_away_and_back_is_a_tap() -> None:
    async with keypad_over_a_card() as glass:
        for report in (down(glass.key("5")), slide(glass.key("9")), slide(glass.key("5")), up(glass.key("5"))):
            await glass.finger.do(report)
        assert glass.app.tapped == ["5"]


@pytest.mark.parametrize("slip", [Offset(1, 0), Offset(-1, 0), Offset(0, 1), Offset(0, -1), Offset(1, 1)])
async def test_a_slip_over_the_edge_by_one_cell_still_counts(slip: Offset) -> None:
    async with keypad_over_a_card() as glass:
        area = area_of(glass.keypad, "5")
        corner = Offset(area.right - 1 if slip.x > 0 else area.x, area.bottom - 1 if slip.y > 0 else area.y)
        await glass.finger.do(down(corner) + slide(corner + slip) + up(corner + slip))
        await glass.finger.do(down(corner) + up(corner + slip * 2))
        assert glass.app.tapped == ["5"], "one cell, and not two"


async def test_a_key_is_lit_while_the_finger_is_on_it_and_a_moment_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    # A longer moment, so that a busy machine does not miss it.
    monkeypatch.setattr(touch, "FLASH_SECONDS", 600.0)
    async with keypad_over_a_card() as glass:
        dark = shown(glass.keypad)
        await glass.finger.do(down(glass.key("5")))
        lit = changed_cells(dark, shown(glass.keypad))
        assert lit
        assert lit <= offsets_in(glass.keypad.zone_region("5"))
        await glass.finger.do(slide(glass.key("9")))
        assert shown(glass.keypad) == dark, "no longer where it came down"
        await glass.finger.do(slide(glass.key("5")) + up(glass.key("5")))
        assert changed_cells(dark, shown(glass.keypad)) == lit


async def test_a_key_goes_dark_by_itself() -> None:
    async with keypad_over_a_card() as glass:
        dark = shown(glass.keypad)
        await glass.finger.tap(glass.key("5"), glass.key("6"), glass.key("5"))
        while shown(glass.keypad) != dark:
            await glass.pilot.pause(0.01)
        assert glass.app.tapped == ["5", "6", "5"]


async def test_a_release_elsewhere_leaves_the_glass_free() -> None:
    async with keypad_over_a_card() as glass:
        for place in (glass.middle_of_card, Offset(59, 0), glass.key("0")):
            await glass.finger.do(down(glass.key("5")) + slide(place) + up(place))
            await glass.finger.do(down(glass.key("5")))
            await glass.finger.do(slide(place) + up(place))
            assert glass.app.mouse_captured is None
        assert glass.app.tapped == []
        await glass.finger.tap(glass.middle_of_card)
        assert glass.app.tapped == ["Card"]


async def test_taps_by_turns_on_two_widgets_all_count() -> None:
    async with keypad_over_a_card() as glass:
        for _ in range(4):
            await glass.finger.tap(glass.key("5"))
            await glass.finger.tap(glass.middle_of_card)
        assert glass.app.tapped == ["5", "Card"] * 4


async def test_a_lost_release_does_not_eat_the_next_tap() -> None:
    async with keypad_over_a_card() as glass:
        await glass.finger.do(down(glass.key("5")))
        await glass.finger.tap(glass.key("1"))
        await glass.finger.do(down(glass.key("5")))
        await glass.finger.tap(glass.key("5"))
        assert glass.app.tapped == ["1", "5"]


async def test_a_press_that_is_never_released_lets_go_of_the_glass(monkeypatch: pytest.MonkeyPatch) -> None:
    # The same wait, only shorter.
    monkeypatch.setattr(touch, "_HOLD_SECONDS", 0.01)
    async with keypad_over_a_card() as glass:
        dark = shown(glass.keypad)
        await glass.finger.do(down(glass.key("5")))
        while glass.app.mouse_captured is not None:
            await glass.pilot.pause(0.01)
        assert shown(glass.keypad) == dark
        await glass.finger.tap(glass.middle_of_card)
        assert glass.app.tapped == ["Card"]


class NextScreen(Screen[None]):
    """Comes up under the finger."""

    def compose(self) -> ComposeResult:
        yield Choice("Next")


async def test_a_release_that_another_screen_got_is_no_tap_there_and_the_next_tap_counts() -> None:
    async with keypad_over_a_card() as glass:
        await glass.finger.do(down(glass.key("1")))
        await glass.app.push_screen(NextScreen())
        await glass.finger.do(up(glass.key("1")))
        assert glass.app.tapped == []
        await glass.finger.tap(middle_of(glass.app.screen.query_one(Choice), ZONE))
        assert glass.app.tapped == ["Next"]
        glass.app.pop_screen()
        await glass.pilot.pause()
        await glass.finger.tap(glass.key("2"))
        assert glass.app.tapped == ["Next", "2"]


async def test_only_a_press_and_release_of_the_finger_is_a_tap() -> None:
    async with keypad_over_a_card() as glass:
        x, y = glass.key("5").x + 1, glass.key("5").y + 1
        # The other buttons of a mouse, the wheel both ways, a motion without a button, a release without a press.
        for code in (1, 2, 64, 65, 35):
            await glass.finger.do(f"\x1b[<{code};{x};{y}M\x1b[<{code};{x};{y}m")
        await glass.finger.do(up(glass.key("5")))
        assert glass.app.tapped == []


async def test_touching_takes_no_focus() -> None:
    keypad, card, field = Keypad(), Choice("Card"), Input()
    async with Kiosk(field, keypad, card).run_test(size=(60, 30)) as pilot:
        field.focus()
        await pilot.pause()
        await Finger(pilot).tap(middle_of(keypad, "5"), middle_of(card, ZONE))
        assert pilot.app.focused is field
        assert not keypad.focusable
        assert not card.focusable
