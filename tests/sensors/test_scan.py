from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from kiosk.sensors.decoder import Decoder
from kiosk.sensors.scan import ScanResult, scan_files
from tests.sensors.codes import draw, noisy, turned


def scan(path: Path, decoder: Decoder) -> ScanResult:
    (result,) = scan_files([path], decoder)
    return result


def texts(result: ScanResult) -> list[str]:
    return [code.text for code in result.codes]


def test_files_are_scanned_in_order_and_one_bad_file_does_not_end_it(tmp_path: Path, both: Decoder) -> None:
    draw("first").save(tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes((tmp_path / "1.png").read_bytes()[:150])
    (tmp_path / "3.txt").write_text("text")
    (tmp_path / "4").mkdir()
    draw("last").convert("RGB").save(tmp_path / "6.jpg")
    names = ["1.png", "2.png", "3.txt", "4", "5-missing.png", "6.jpg"]
    results = list(scan_files([tmp_path / name for name in names], both))
    assert [Path(result.file).name for result in results] == names
    assert [(texts(result), result.error) for result in results] == [
        (["first"], None),
        ([], "The picture is damaged: its data cannot be read to the end."),
        ([], "The file is not a picture that can be read: use PNG, JPEG or WebP."),
        ([], "This is a folder without pictures."),
        ([], "There is no such file."),
        (["last"], None),
    ]


def test_a_picture_without_a_code_is_no_error(tmp_path: Path, both: Decoder) -> None:
    Image.new("L", (300, 200), 128).save(tmp_path / "grey.png")
    result = scan(tmp_path / "grey.png", both)
    assert (result.codes, result.read_by, result.error) == ((), None, None)


def test_a_small_code_in_a_large_photograph_is_read(tmp_path: Path, both: Decoder) -> None:
    wall = Image.new("L", (3000, 4000), 140)
    wall.paste(turned(draw("far away", 4), 20), (300, 3500))
    noisy(wall, 0.2).save(tmp_path / "photo.jpg", quality=80)
    result = scan(tmp_path / "photo.jpg", both)
    assert texts(result) == ["far away"]


@pytest.mark.parametrize("drawing", ["dark on light", "light on dark"])
@pytest.mark.parametrize("scale", [1, 3, 30])
def test_a_drawing_of_any_size_cut_at_its_edge_is_read(tmp_path: Path, both: Decoder, drawing: str, scale: int) -> None:
    code = draw("no margin", scale, border=0)
    (ImageOps.invert(code) if drawing == "light on dark" else code).save(tmp_path / "code.png")
    assert texts(scan(tmp_path / "code.png", both)) == ["no margin"]


def test_a_line_of_json_has_every_field_and_no_control_characters(tmp_path: Path, both: Decoder) -> None:
    hostile = "Zoë\x1b]0;owned\x07\r\n\x7f\x9b\u202edrawkcab"
    draw(hostile.encode()).save(tmp_path / "code.png")
    line = scan(tmp_path / "code.png", both).as_json()
    assert line.isascii()
    assert line.isprintable()
    fields = json.loads(line)
    assert list(fields) == ["file", "texts", "format", "pass", "milliseconds", "corners", "payloads", "error"]
    assert fields["texts"] == [hostile]
    assert fields["payloads"] == [None]
    assert (fields["format"], fields["pass"]) == ("QRCode", "zxing")
    assert fields["milliseconds"] > 0


def test_bytes_that_are_no_text_come_in_base64_as_well(tmp_path: Path, both: Decoder) -> None:
    draw(b"\xff\xfe\xfd visit").save(tmp_path / "code.png")
    result = scan(tmp_path / "code.png", both)
    assert texts(result) == ["ÿþý visit"]
    assert base64.b64decode(str(result.codes[0].payload)) == b"\xff\xfe\xfd visit"


def test_a_long_code_is_given_whole(tmp_path: Path, both: Decoder) -> None:
    draw("long " * 300, 4).save(tmp_path / "code.png")
    assert scan(tmp_path / "code.png", both).codes[0].text == "long " * 300


def test_a_file_name_that_is_no_text_makes_a_valid_line(both: Decoder) -> None:
    line = scan(Path("caf\udce9\x1b.png"), both).as_json()
    assert line.isprintable()
    assert json.loads(line)["error"] == "There is no such file."


def test_a_machine_without_decoders_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)
    draw("code").save(tmp_path / "code.png")
    result = scan(tmp_path / "code.png", Decoder())
    assert result.codes == ()
    assert str(result.error).startswith("No QR decoder is installed")


def test_all_codes_of_a_picture_are_given_the_most_central_first(tmp_path: Path, both: Decoder) -> None:
    wall = Image.new("L", (900, 600), 200)
    for content, x in (("left", 20), ("middle", 360), ("right", 700)):
        wall.paste(draw(content, 5), (x, 220))
    wall.save(tmp_path / "wall.png")
    assert texts(scan(tmp_path / "wall.png", both))[0] == "middle"
    assert sorted(texts(scan(tmp_path / "wall.png", both))) == ["left", "middle", "right"]


def test_a_code_too_small_for_the_camera_is_found_beside_a_large_one(tmp_path: Path, both: Decoder) -> None:
    wall = Image.new("L", (2000, 1500), 200)
    wall.paste(draw("large", 24), (600, 350))
    wall.paste(draw("small", 2), (60, 60))
    wall.save(tmp_path / "wall.png")
    assert texts(scan(tmp_path / "wall.png", both)) == ["large", "small"]


@pytest.mark.parametrize("suffix", ["png", "jpg"])
@pytest.mark.parametrize("size", [(300, 700), (3000, 1400)])
def test_corners_are_in_pixels_of_the_file(tmp_path: Path, both: Decoder, size: tuple[int, int], suffix: str) -> None:
    wall, code = Image.new("L", size, 200), draw("corner", 6)
    wall.paste(code, (80, 300))
    wall.save(tmp_path / f"wall.{suffix}")
    (found,) = scan(tmp_path / f"wall.{suffix}", both).codes
    assert min(x for x, _ in found.corners) == pytest.approx(80 + 24, abs=8)
    assert max(y for _, y in found.corners) == pytest.approx(300 + code.height - 24, abs=8)


def test_corners_follow_a_picture_that_was_taken_lying_on_its_side(tmp_path: Path, both: Decoder) -> None:
    wall, code = Image.new("L", (2800, 1400), 200), draw("corner", 16)
    wall.paste(code, (100, 300))
    turned_by_a_quarter = Image.Exif()
    turned_by_a_quarter[0x0112] = 6  # the top of the picture is at the right of the file's
    wall.save(tmp_path / "wall.jpg", exif=turned_by_a_quarter)
    (found,) = scan(tmp_path / "wall.jpg", both).codes
    assert max(x for x, _ in found.corners) == pytest.approx(1400 - 300 - 64, abs=12)
    assert min(y for _, y in found.corners) == pytest.approx(100 + 64, abs=12)
