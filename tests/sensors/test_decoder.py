from __future__ import annotations

import logging
import sys

import pytest
import segno
from PIL import Image, ImageFilter, ImageOps

from kiosk.sensors.decoder import LONGEST_PAYLOAD, Decoder, Reading
from kiosk.sensors.zxing import ZxingFinder
from tests.sensors.codes import SIZE, draw, drawn, empty, in_view, noisy, side_by_side, tilted, turned

TEXT = "NX-visit-7Q2f9K-0042"
CODE = draw(TEXT)

CONDITIONS = {
    "straight": CODE,
    "turned": turned(CODE, 33),
    "upside down": turned(CODE, 180),
    "tilted": tilted(draw(TEXT, 9), 40),
    "small": draw(TEXT, 2),
    "large": draw(TEXT, 14),
    "out of focus": CODE.filter(ImageFilter.GaussianBlur(2)),
    "noisy": noisy(turned(CODE, 12), 0.6),
    "dim": noisy(CODE.point([round(value * 0.2) for value in range(256)]), 0.1),
    "without a margin": draw(TEXT, 6, border=0),
    "in dark mode": turned(ImageOps.invert(CODE), 12),
}


def read_within(decoder: Decoder, picture: Image.Image, frames: int) -> str | None:
    """What is read when a code is held still for so many frames."""
    frame = in_view(picture)
    readings = (decoder.read(frame) for _ in range(frames))
    return next((reading.text for reading in readings if reading is not None), None)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_code_is_read_at_once_with_both_decoders(both: Decoder, condition: str) -> None:
    assert read_within(both, CONDITIONS[condition], frames=1) == TEXT


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_code_is_read_by_zxing_alone(zxing_only: Decoder, condition: str) -> None:
    assert zxing_only.names == ("zxing",)
    assert read_within(zxing_only, CONDITIONS[condition], frames=2) == TEXT


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_code_is_read_within_five_frames_by_zbar_alone(zbar_only: Decoder, condition: str) -> None:
    assert zbar_only.names == ("zbar",)
    assert read_within(zbar_only, CONDITIONS[condition], frames=5) == TEXT


def test_a_machine_without_decoders_reads_nothing_and_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)
    decoder = Decoder()
    assert decoder.names == ()
    assert decoder.read(in_view(CODE)) is None
    assert decoder.deep_read(in_view(CODE)) is None


def test_a_shared_library_that_does_not_load_is_as_good_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise OSError("libzbar.so.0: wrong ELF class")

    monkeypatch.setattr("kiosk.sensors.zbar.importlib.import_module", refuse)
    assert Decoder().names == ("zxing",)


@pytest.mark.parametrize("name", ["both", "zxing_only", "zbar_only"])
def test_names_keep_their_accents_whichever_decoder_reads_them(name: str, request: pytest.FixtureRequest) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    assert read_within(decoder, draw("Zoë Müßig 陈 20 €".encode()), frames=5) == "Zoë Müßig 陈 20 €"


@pytest.mark.parametrize("name", ["zxing_only", "zbar_only"])
def test_bytes_arrive_as_they_are_and_the_text_has_no_control_characters(
    name: str, request: pytest.FixtureRequest
) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    hostile = b"\x1b]0;owned\x07\x00\r\nvisit\xff\x9b2J"
    reading = decoder.deep_read(in_view(draw(hostile)))
    assert reading is not None
    assert reading.payload == hostile
    assert reading.text == "]0;owned visitÿ2J"


@pytest.mark.parametrize("name", ["both", "zxing_only", "zbar_only"])
def test_a_part_of_a_structured_append_sequence_does_not_stop_the_reading(
    name: str, request: pytest.FixtureRequest
) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    part = in_view(drawn(segno.make_sequence("A" * 100, version=2)[1]))
    for _ in range(6):
        decoder.read(part)
    decoder.deep_read(part)
    assert read_within(decoder, CODE, frames=5) == TEXT


@pytest.mark.parametrize("name", ["zxing_only", "zbar_only"])
def test_of_two_codes_the_one_in_the_middle_is_read(name: str, request: pytest.FixtureRequest) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    left, middle = draw("somebody-else", 4), draw(TEXT, 4)
    reading = decoder.deep_read(side_by_side(left, middle))
    assert reading is not None
    assert reading.text == TEXT


@pytest.mark.parametrize("name", ["both", "zxing_only", "zbar_only"])
def test_the_corners_are_where_the_code_is_in_the_frame(name: str, request: pytest.FixtureRequest) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    # Modules too small for a first look with any of them: passes that change the size must scale back.
    for scale in (2, 6):
        code = draw(TEXT, scale)
        reading = decoder.deep_read(in_view(code))
        assert reading is not None
        half = (code.width - 8 * scale) / 2
        for x, y in reading.corners:
            assert abs(x - 320) == pytest.approx(half, abs=6)
            assert abs(y - 240) == pytest.approx(half, abs=6)


def test_a_code_that_is_too_long_is_cut_and_says_so(both: Decoder) -> None:
    reading = both.read(in_view(draw(("ü" * 400).encode(), 4)))
    assert reading is not None
    assert len(reading.payload) == LONGEST_PAYLOAD
    assert (reading.length, reading.is_cut) == (800, True)
    assert reading.text == "ü" * 400


def test_a_still_picture_gives_the_whole_of_a_long_code(both: Decoder) -> None:
    reading = both.deep_read(in_view(draw("x" * 700, 4)))
    assert reading is not None
    assert reading.payload == b"x" * 700
    assert not reading.is_cut
    assert len(reading.text) == LONGEST_PAYLOAD


def test_a_frame_that_shows_no_code_gives_nothing_in_any_turn(both: Decoder) -> None:
    for _ in range(5):
        assert both.read(empty()) is None
    assert both.deep_read(in_view(noisy(Image.new("L", (400, 400), 128), 1.0))) is None


def on_a_dark_screen() -> Image.Image:
    """A code without a margin in an application's dark theme."""
    screen = Image.new("L", SIZE, 20)
    screen.paste(draw(TEXT, 7, border=0), (150, 80))
    return screen


def far_away() -> Image.Image:
    """A code whose modules are one and a half pixels."""
    code = draw(TEXT, 10)
    return turned(code.resize((code.width * 15 // 100,) * 2, Image.Resampling.BOX), 33)


@pytest.mark.parametrize(
    ("picture", "passes"),
    [
        (on_a_dark_screen(), [None, "zbar half size", None, "zbar"]),
        (far_away(), [None, None, "zxing double size", None]),
    ],
)
def test_a_frame_that_zxing_cannot_read_gets_one_deeper_pass_and_another_each_time(
    both: Decoder, picture: Image.Image, passes: list[str | None]
) -> None:
    readings = [both.read(in_view(picture)) for _ in range(8)]
    assert [reading and reading.decoder for reading in readings] == passes * 2


def test_a_failing_library_counts_as_a_miss_and_is_logged_once_each_way(
    both: Decoder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("4294967295 is not a valid orientation, and here is a payload")

    with caplog.at_level(logging.INFO), monkeypatch.context() as broken:
        broken.setattr(ZxingFinder, "find", fail)
        found = [both.read(in_view(CODE)) for _ in range(4)]
    with caplog.at_level(logging.INFO):
        both.read(in_view(CODE))
    assert [reading.decoder.split()[0] for reading in found if reading is not None] == ["zbar"] * 3
    assert [record.getMessage() for record in caplog.records] == [
        "The decoder pass zxing failed (ValueError); it counts as a miss.",
        "The decoder pass zxing double size failed (ValueError); it counts as a miss.",
        "The decoder pass zxing works again.",
    ]
    assert "payload" not in caplog.text


def test_a_reading_cannot_be_changed() -> None:
    reading = Reading(b"x", "x", "zxing", (), 1)
    with pytest.raises(AttributeError):
        reading.text = "y"  # type: ignore[misc]  # the very thing that must fail
