"""Pictures of the keyboard, which no change may alter unseen.

A picture that is meant to change is made anew with `--snapshot-update`, and looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from kiosk.ui.theme import LOBBY, lobby_theme
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Layer, Layout, Typing
from kiosk.ui.widgets.text_field import TextField
from tests.ui.widgets.glass import Kiosk, shown

pytestmark = pytest.mark.usefixtures("only_pillows_font")


class DressedKiosk(Kiosk):
    """A field and a keyboard in the kiosk's own colours."""

    def __init__(self, layout: Layout, layer: Layer, text: str) -> None:
        self.field = TextField(text, placeholder="ada@example.com")
        self.keyboard = Keyboard(self.field, Typing(layout), layer=layer)
        super().__init__(self.field, self.keyboard, css="Keyboard { height: 1fr; width: 100%; }")

    def compose(self) -> ComposeResult:
        self.register_theme(lobby_theme())
        self.theme = LOBBY
        yield from super().compose()


@pytest.mark.parametrize(
    ("layout", "layer", "text", "size"),
    [
        (Layout.QWERTY, Layer.LETTERS, "Zoe", (80, 19)),
        (Layout.AZERTY, Layer.EMAIL, "", (80, 19)),
        (Layout.QWERTZ, Layer.LETTERS, "Grace Hopper ", (45, 27)),
        (Layout.SPANISH, Layer.PHONE, "+34 612", (45, 27)),
    ],
    ids=["letters", "address", "upright letters", "upright telephone"],
)
def test_the_keyboard(
    layout: Layout, layer: Layer, text: str, size: tuple[int, int], snap_compare: Callable[..., bool]
) -> None:
    assert snap_compare(DressedKiosk(layout, layer, text), terminal_size=size)


async def test_no_two_keys_of_a_layer_look_alike() -> None:
    app = DressedKiosk(Layout.QWERTY, Layer.SYMBOLS, "")
    async with app.run_test(size=(80, 19)) as pilot:
        await in_place(pilot)
        strips = shown(app.keyboard)
        for zones in itertools.combinations([key.zone for row in app.keyboard.rows[:3] for key in row], 2):
            one, other = (face(strips, app.keyboard, zone) for zone in zones)
            assert one != other, zones


def face(strips: list[Strip], keyboard: Keyboard, zone: str) -> list[Strip]:
    """What one key shows."""
    region = keyboard.zone_region(zone)
    return [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]


async def in_place(pilot: Pilot[None]) -> None:
    """Until the keyboard has its place."""
    while not pilot.app.query_one(Keyboard).size:
        await pilot.pause()
