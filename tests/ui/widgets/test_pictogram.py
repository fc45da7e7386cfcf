from __future__ import annotations

import itertools

import pytest

from kiosk.ui.widgets.pictogram import Form, Pictogram
from kiosk.ui.widgets.pictograms import LEAST_ROWS, Sign
from kiosk.ui.widgets.raster import Rgb
from tests.ui.widgets.glass import Kiosk, shown, tiles_of

INK: Rgb = (20, 30, 40)
PAPER: Rgb = (250, 245, 235)
CSS = "Pictogram { color: rgb(20,30,40); background: rgb(250,245,235); }"


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("rows", [LEAST_ROWS, 11])
async def test_each_sign_can_be_told_from_every_other(form: Form, rows: int) -> None:
    picture = Pictogram(Sign.TICK, rows, form)
    drawn = {}
    async with Kiosk(picture, css=CSS).run_test(size=(24, 12)):
        for sign in Sign:
            picture.sign = sign
            drawn[sign] = [sum(tile) for row in tiles_of(shown(picture)) for tile in row]
    # An eighth of the ground of one drawing, from paper to ink, has to be different in the other.
    least = rows * rows * 2 * 6 / 8 * (sum(PAPER) - sum(INK)) / 4
    for one, other in itertools.combinations(Sign, 2):
        difference = sum(abs(a - b) for a, b in zip(drawn[one], drawn[other], strict=True))
        assert difference > least, (one, other)


@pytest.mark.parametrize("form", Form)
async def test_a_sign_stands_in_the_middle_and_touches_no_side(form: Form) -> None:
    picture = Pictogram(Sign.TICK, 11, form)
    async with Kiosk(picture, css=CSS).run_test(size=(40, 12)):
        for sign in Sign:
            picture.sign = sign
            tiles = tiles_of(shown(picture))
            inked = [x for row in tiles for x, tile in enumerate(row) if tile != PAPER]
            assert min(inked) >= 18
            assert max(inked) <= 79 - 18 + 1
            assert INK in {tile for row in tiles for tile in row}
