from __future__ import annotations

import io

import pytest
from PIL import Image

from kiosk.sandbox.logo import drawn_logo
from kiosk.ui.widgets.logo import UnusablePicture, fit, logo_strips, open_picture
from kiosk.ui.widgets.shapes import Repertoire

PAPER = (246, 241, 231)


def png(size: tuple[int, int], colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("P" if size[0] > 4000 else "RGB", size, 0 if size[0] > 4000 else colour).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", drawn_logo()[:400], b"BM" + bytes(60), png((5000, 4000))],
    ids=["nothing", "a drawing", "a head alone", "cut short", "another kind", "too many pixels"],
)
def test_what_cannot_be_drawn_is_refused(data: bytes) -> None:
    with pytest.raises(UnusablePicture):
        open_picture(data)


def test_a_large_picture_is_kept_small_and_an_empty_margin_is_cut_off() -> None:
    assert max(open_picture(png((2000, 500))).size) == 512
    framed = Image.new("RGBA", (100, 100))
    framed.paste((255, 0, 0, 255), (40, 45, 60, 55))
    file = io.BytesIO()
    framed.save(file, "PNG")
    assert open_picture(file.getvalue()).size == (20, 10)


@pytest.mark.parametrize(
    ("size", "box", "fitted"),
    [
        ((100, 100), (14, 6), (12, 6)),
        ((400, 100), (14, 6), (14, 2)),
        ((10, 400), (14, 6), (1, 6)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
def test_its_shape_is_kept_in_cells_that_are_twice_as_high_as_wide(
    size: tuple[int, int], box: tuple[int, int], fitted: tuple[int, int]
) -> None:
    assert fit(Image.new("RGBA", size), *box) == fitted


def test_it_stands_in_the_middle_of_its_ground() -> None:
    strips = logo_strips(open_picture(png((100, 100))), 14, 6, PAPER, Repertoire.SEXTANTS)
    assert [strip.cell_length for strip in strips] == [14] * 6
    grounds = [segment.style.bgcolor for segment in strips[2] if segment.style is not None]
    edge, middle = grounds[0], grounds[1]
    assert edge == grounds[-1] != middle
    assert middle is not None
    assert middle.triplet is not None
    assert (middle.triplet.red, middle.triplet.green) == (255, 0)
