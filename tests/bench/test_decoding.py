"""Photographs with known contents, read by the kiosk and by each decoder alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from kiosk.bench.decoding import FRAMES, KIOSK, PYZBAR, ZXING, decoding_goals, measure_decoding
from kiosk.bench.figures import BenchFailed
from kiosk.bench.known_codes import KnownCode, known_codes
from tests.sensors.codes import draw, empty, in_view


def known(picture: Image.Image, content: str) -> KnownCode:
    return KnownCode(Path("drawn"), in_view(picture), content.encode())


def test_each_decoder_is_shown_every_picture() -> None:
    figures = measure_decoding([known(draw("one"), "one"), known(draw("two"), "two")])
    assert list(figures) == [KIOSK, ZXING, PYZBAR]
    assert {(one.pictures, one.read, one.at_first, one.wrong) for one in figures.values()} == {(2, 2, 2, 0)}
    assert all(0 < one.median_ms <= one.p95_ms for one in figures.values())


def test_what_only_one_decoder_reads_counts_for_the_kiosk_too() -> None:
    without_margin = Image.new("L", (640, 480), 20)
    without_margin.paste(draw("dark theme", 7, border=0), (150, 80))
    figures = measure_decoding(
        [known(ImageOps.invert(draw("inverted")), "inverted"), known(without_margin, "dark theme")]
    )
    assert (figures[KIOSK].read, figures[ZXING].read, figures[PYZBAR].read) == (2, 1, 1)
    assert figures[KIOSK].at_first == 1
    assert figures[KIOSK].rate == 100


def test_a_picture_that_nobody_reads_is_shown_a_few_times() -> None:
    figures = measure_decoding([KnownCode(Path("drawn"), empty(), b"nothing to see")])
    assert (figures[KIOSK].frames, figures[ZXING].frames) == (FRAMES, 1)
    assert figures[KIOSK].rate == 0


def test_a_text_that_is_not_the_known_one_is_wrong() -> None:
    figures = measure_decoding([known(draw("yes"), "no"), known(draw("something"), "")])
    assert {(one.pictures, one.read, one.wrong) for one in figures.values()} == {(1, 0, 2)}


def test_the_kiosk_is_to_read_what_the_better_decoder_reads_alone() -> None:
    goals = decoding_goals(measure_decoding([known(ImageOps.invert(draw("inverted")), "inverted")]))
    assert (goals["rate_percent"].value, goals["rate_percent"].limit) == (100, 100)
    assert list(goals) == ["rate_percent", "median_ms", "p95_ms"]


def test_without_decoders_nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)
    with pytest.raises(BenchFailed, match="no QR decoder"):
        measure_decoding([])


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_content_may_be_in_any_encoding_and_end_in_a_new_line(encoding: str, end: str) -> None:
    assert known(draw("x"), "Zoë Müßig" + end).is_said_by("Zoë Müßig".encode(encoding))
    assert not known(draw("x"), "Zoë" + end).is_said_by("Zoé".encode(encoding))


def test_of_a_long_content_as_much_as_the_kiosk_keeps_is_enough() -> None:
    figures = measure_decoding([known(draw("long " * 200, 4), "long " * 200)])
    assert {one.read for one in figures.values()} == {1}


def test_a_folder_is_read_with_its_folders_and_a_picture_without_a_known_content_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for name in ("b", "more/c", "unknown"):
        draw(name, 3).save(tmp_path / f"{name}.png")
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / "more/c.bin").write_bytes(b"more/c")
    found = list(known_codes(tmp_path))
    assert [(one.file.name, one.content) for one in found] == [("b.png", b"b"), ("c.png", b"more/c")]
    assert {(one.frame.width, one.frame.height) for one in found} == {(640, 480)}
    assert measure_decoding(found)[KIOSK].read == 2


def test_an_upright_picture_is_turned_to_fill_the_frame(tmp_path: Path) -> None:
    Image.new("L", (480, 640), 255).save(tmp_path / "tall.png")
    (tmp_path / "tall.txt").write_text("")
    (tall,) = known_codes(tmp_path)
    assert set(tall.frame.grey) == {255}


def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_text("nothing")
    (tmp_path / "bad.txt").write_text("nothing")
    with pytest.raises(BenchFailed, match=r"bad\.png: The file is not a picture"):
        list(known_codes(tmp_path))


def test_a_folder_of_which_nothing_is_known_is_told(tmp_path: Path) -> None:
    with pytest.raises(BenchFailed, match="holds no picture with"):
        list(known_codes(tmp_path))
