from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from PIL import Image, ImageOps

from kiosk.sensors.passes import MOST_PIXELS, Pass, every_frame, for_stills, in_turn
from kiosk.sensors.pictures import surround
from kiosk.sensors.zbar import ZbarFinder
from kiosk.sensors.zxing import ZxingFinder
from tests.sensors.codes import SIZE, draw

ZXING, ZBAR = ZxingFinder(), ZbarFinder()


def passes() -> Iterator[Pass]:
    """Every pass there is, with both libraries or with one."""
    both = (*every_frame(ZXING, ZBAR), *chain(*in_turn(ZXING, ZBAR)), *for_stills(ZXING, ZBAR))
    yield from both
    known = {one.name for one in both}
    alone = (*every_frame(None, ZBAR), *chain(*in_turn(None, ZBAR)))
    yield from (one for one in alone if one.name not in known)


@pytest.mark.parametrize("one", passes(), ids=lambda one: one.name)
def test_each_pass_reads_a_clear_code_and_says_where_it_is(one: Pass) -> None:
    code = draw("clear", 6, border=0)
    wall = Image.new("L", SIZE, 235)
    wall.paste(code, (270, 150))
    picture = ImageOps.invert(wall) if "inverted" in one.name else wall
    (symbol,) = one.find(picture)
    assert symbol.payload == b"clear"
    xs, ys = zip(*symbol.corners, strict=True)
    assert (min(xs), min(ys)) == pytest.approx((270, 150), abs=7)
    assert (max(xs), max(ys)) == pytest.approx((270 + code.width, 150 + code.height), abs=7)


def test_no_two_passes_have_the_same_name() -> None:
    names = [one.name for one in passes()]
    assert sorted(set(names)) == sorted(names)


def test_without_libraries_there_are_no_passes() -> None:
    assert (every_frame(None, None), in_turn(None, None), for_stills(None, None)) == ((), (), ())


@pytest.mark.parametrize("name", ["zxing double size", "zxing triple size", "zxing sharpened", "zxing without specks"])
def test_what_takes_long_is_left_out_for_a_large_picture(name: str) -> None:
    (one,) = (one for one in passes() if one.name == name)
    large = surround(draw("large", 40), 2000, 1990)
    assert large.width * large.height * 4 > MOST_PIXELS
    assert one.find(large) == []
