from __future__ import annotations

from collections.abc import Sequence

import pytest
import segno
from PIL import Image
from textual.strip import Strip

from kiosk.desk.frames import Frame
from kiosk.sensors.decoder import Decoder
from kiosk.ui.widgets.qr_code import QUIET, QrCode
from tests.ui.widgets.glass import Kiosk, shown

_HALVES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def picture_of(strips: Sequence[Strip]) -> Image.Image:
    """What a camera sees of a drawn code: half a cell is a square."""
    picture = Image.new("L", (strips[0].cell_length, len(strips) * 2), 128)
    for row, strip in enumerate(strips):
        letters = [(letter, segment.style) for segment in strip for letter in segment.text]
        for x, (letter, style) in enumerate(letters):
            assert style is not None
            assert style.color is not None
            assert style.bgcolor is not None
            shades = style.bgcolor.get_truecolor(foreground=False)[0], style.color.get_truecolor()[0]
            for half, inked in enumerate(_HALVES[letter]):
                picture.putpixel((x, row * 2 + half), shades[inked])
    return picture


@pytest.mark.parametrize(
    "payload", ["228904", "https://example.test/visit/9f1c?x=[b]", "Zoë 李小龍", "x" * 300], ids=lambda text: text[:8]
)
async def test_a_drawn_code_is_read_back_by_the_kiosks_own_decoder(payload: str) -> None:
    code = QrCode(payload)
    async with Kiosk(code).run_test(size=(100, 50)):
        picture = picture_of(shown(code))
    large = picture.resize((picture.width * 5, picture.height * 5), Image.Resampling.NEAREST)
    reading = Decoder().read(Frame(large.tobytes(), *large.size, at=0.0))
    assert reading is not None
    assert reading.payload.decode() == payload


async def test_there_are_four_light_modules_on_every_side_whatever_the_theme() -> None:
    code = QrCode("228904")
    async with Kiosk(code, css="QrCode { background: black; color: red; }").run_test(size=(100, 50)):
        picture = picture_of(shown(code))
    inner = (QUIET, QUIET, picture.width - QUIET, picture.width - QUIET)
    dark = Image.eval(picture, lambda shade: 255 - shade)
    assert dark.getbbox() == inner, "dark on light, as readers expect"
    assert QUIET == 4
    assert set(picture.tobytes()) == {0, 255}


async def test_the_code_on_the_glass_changes_with_what_it_says() -> None:
    code = QrCode("228904")
    async with Kiosk(code).run_test(size=(100, 50)) as pilot:
        first, size = shown(code), code.size
        code.update("846937")
        await pilot.pause()
        assert shown(code) != first
        assert code.size == size
        code.update("y" * 200)
        await pilot.pause()
        assert code.size.width > size.width
        assert len(shown(code)) == code.size.height
        code.update("")
        await pilot.pause()
        assert code.size.height == 0


def test_what_no_code_can_hold_is_refused() -> None:
    with pytest.raises(segno.DataOverflowError):
        QrCode("z" * 3000)


async def test_a_short_code_is_small_enough_for_the_glass() -> None:
    code = QrCode("https://spaces.nexudus.com/checkin/228904")
    async with Kiosk(code).run_test(size=(80, 24)):
        assert code.size.height <= 22
