from __future__ import annotations

import logging
import sys

import pytest
import segno
from PIL import Image, ImageFilter, ImageOps

from kiosk.desk.sights import Sight
from kiosk.sensors.decoder import LONGEST_PAYLOAD, Decoder, Look, Reading
from kiosk.sensors.pictures import surround, to_frame
from kiosk.sensors.zxing import ZxingFinder
from tests.sensors.codes import SIZE, draw, drawn, empty, in_view, noisy, tilted, turned, with_codes

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


@pytest.mark.parametrize("name", ["both", "zxing_only", "zbar_only"])
def test_all_that_is_tried_with_a_live_picture_is_tried_within_four_frames(
    name: str, request: pytest.FixtureRequest
) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    assert 1 < decoder.turns <= 4


def test_a_machine_without_decoders_reads_nothing_and_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)
    decoder = Decoder()
    assert decoder.names == ()
    assert decoder.read(in_view(CODE)) is None
    assert decoder.deep_look(in_view(CODE)).reading is None


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
    reading = decoder.deep_look(in_view(draw(hostile))).reading
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
    decoder.deep_look(part)
    assert read_within(decoder, CODE, frames=5) == TEXT


@pytest.mark.parametrize("name", ["zxing_only", "zbar_only"])
def test_of_two_codes_the_one_in_the_middle_is_read(name: str, request: pytest.FixtureRequest) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    seen = decoder.deep_look(with_codes((110, 110), (320, 240)))
    assert seen.sight is Sight.CODE
    assert seen.reading is not None
    assert seen.reading.text == "code at 320, 240"
    assert len(seen.readings) == 2


@pytest.mark.parametrize("name", ["zxing_only", "zbar_only"])
def test_of_two_codes_of_which_neither_is_in_the_middle_none_is_read(name: str, request: pytest.FixtureRequest) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    frame = with_codes((170, 240), (470, 240))
    looks = [decoder.look(frame) for _ in range(decoder.turns)]
    assert {look.reading for look in looks} == {None}
    assert Sight.SEVERAL in {look.sight for look in looks}
    assert decoder.read(frame) is None


def test_two_codes_with_the_same_content_count_as_one(both: Decoder) -> None:
    frame = surround(Image.new("L", (1, 1)), *SIZE)
    for x in (60, 340):
        frame.paste(CODE, (x, 150))
    seen = both.look(to_frame(frame, 0.0))
    assert seen.sight is Sight.CODE
    assert len(seen.readings) == 1


@pytest.mark.parametrize("name", ["both", "zxing_only", "zbar_only"])
@pytest.mark.parametrize("drawing", ["dark on light", "light on dark"])
def test_a_mirrored_code_is_read(name: str, drawing: str, request: pytest.FixtureRequest) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    mirrored = ImageOps.mirror(turned(CODE, 8))
    picture = ImageOps.invert(mirrored) if drawing == "light on dark" else mirrored
    assert read_within(decoder, picture, frames=5) == TEXT


def test_a_frame_without_a_code_shows_nothing(both: Decoder) -> None:
    assert both.look(empty()) == Look(Sight.NOTHING)


def test_a_code_that_is_covered_is_seen_and_not_read(both: Decoder) -> None:
    thumb = Image.new("L", (100, 44), 200)
    covered = CODE.copy()
    covered.paste(thumb, (88, 98))
    seen = both.look(in_view(covered))
    assert (seen.sight, seen.reading) == (Sight.UNREAD, None)
    xs = [x for x, _ in seen.unread[0]]
    assert max(xs) - min(xs) == pytest.approx(CODE.width - 48, abs=8)


@pytest.mark.parametrize("name", ["both", "zxing_only", "zbar_only"])
def test_the_corners_are_where_the_code_is_in_the_frame(name: str, request: pytest.FixtureRequest) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    # Modules too small for a first look with any of them: passes that change the size must scale back.
    for scale in (2, 6):
        code = draw(TEXT, scale)
        reading = decoder.deep_look(in_view(code)).reading
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
    reading = both.deep_look(in_view(draw("x" * 700, 4))).reading
    assert reading is not None
    assert reading.payload == b"x" * 700
    assert not reading.is_cut
    assert len(reading.text) == LONGEST_PAYLOAD


def test_a_frame_that_shows_no_code_gives_nothing_in_any_turn(both: Decoder) -> None:
    for _ in range(5):
        assert both.read(empty()) is None
    assert both.deep_look(in_view(noisy(Image.new("L", (400, 400), 128), 1.0))).reading is None


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
        (on_a_dark_screen(), [None, None, "zbar half size", "zbar"]),
        (far_away(), [None, "zxing double size", None, None]),
    ],
)
def test_a_frame_that_zxing_cannot_read_gets_one_turn_of_deeper_passes_and_another_each_time(
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
        found = [both.read(in_view(CODE)) for _ in range(both.turns)]
    with caplog.at_level(logging.INFO):
        both.read(in_view(CODE))
    assert [reading.decoder.split()[0] for reading in found if reading is not None] == ["zbar"] * 3
    assert [record.getMessage() for record in caplog.records] == [
        "The decoder pass zxing failed (ValueError); it counts as a miss.",
        "The decoder pass zxing double size failed (ValueError); it counts as a miss.",
        "The decoder pass zxing triple middle failed (ValueError); it counts as a miss.",
        "The decoder pass zxing works again.",
    ]
    assert "payload" not in caplog.text


def test_a_reading_cannot_be_changed() -> None:
    reading = Reading(b"x", "x", "zxing", (), 1)
    with pytest.raises(AttributeError):
        reading.text = "y"  # type: ignore[misc]  # the very thing that must fail


def test_the_other_library_agrees_where_it_reads_the_same(both: Decoder) -> None:
    reading = both.read(in_view(CODE))
    assert reading is not None
    assert both.agrees(in_view(CODE), reading)
    assert not both.agrees(in_view(draw("another")), reading), "it reads something else"
    assert not both.agrees(empty(), reading), "it reads nothing"


@pytest.mark.parametrize("name", ["zxing_only", "zbar_only"])
def test_a_library_does_not_agree_with_itself(name: str, request: pytest.FixtureRequest) -> None:
    decoder: Decoder = request.getfixturevalue(name)
    reading = decoder.read(in_view(CODE))
    assert reading is not None
    assert not decoder.agrees(in_view(CODE), reading)
