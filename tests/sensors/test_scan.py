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


def test_files_are_scanned_in_order_and_one_bad_file_does_not_end_it(tmp_path: Path, both: Decoder) -> None:
    draw("first").save(tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes((tmp_path / "1.png").read_bytes()[:150])
    (tmp_path / "3.txt").write_text("text")
    (tmp_path / "4").mkdir()
    draw("last").convert("RGB").save(tmp_path / "6.jpg")
    names = ["1.png", "2.png", "3.txt", "4", "5-missing.png", "6.jpg"]
    results = list(scan_files([tmp_path / name for name in names], both))
    assert [Path(result.file).name for result in results] == names
    assert [(result.text, result.error) for result in results] == [
        ("first", None),
        (None, "The picture is damaged: its data cannot be read to the end."),
        (None, "The file is not a picture that can be read: use PNG, JPEG or WebP."),
        (None, "This is a folder: name the pictures in it."),
        (None, "There is no such file."),
        ("last", None),
    ]


def test_a_picture_without_a_code_is_no_error(tmp_path: Path, both: Decoder) -> None:
    Image.new("L", (300, 200), 128).save(tmp_path / "grey.png")
    result = scan(tmp_path / "grey.png", both)
    assert (result.text, result.decoder, result.error) == (None, None, None)


def test_a_small_code_in_a_large_photograph_is_read(tmp_path: Path, both: Decoder) -> None:
    wall = Image.new("L", (3000, 4000), 140)
    wall.paste(turned(draw("far away", 4), 20), (300, 3500))
    noisy(wall, 0.2).save(tmp_path / "photo.jpg", quality=80)
    result = scan(tmp_path / "photo.jpg", both)
    assert result.text == "far away"


@pytest.mark.parametrize("drawing", ["dark on light", "light on dark"])
@pytest.mark.parametrize("scale", [1, 3, 30])
def test_a_drawing_of_any_size_cut_at_its_edge_is_read(tmp_path: Path, both: Decoder, drawing: str, scale: int) -> None:
    code = draw("no margin", scale, border=0)
    (ImageOps.invert(code) if drawing == "light on dark" else code).save(tmp_path / "code.png")
    assert scan(tmp_path / "code.png", both).text == "no margin"


def test_a_line_of_json_has_every_field_and_no_control_characters(tmp_path: Path, both: Decoder) -> None:
    hostile = "Zoë\x1b]0;owned\x07\r\n\x7f\x9b\u202edrawkcab"
    draw(hostile.encode()).save(tmp_path / "code.png")
    line = scan(tmp_path / "code.png", both).as_json()
    assert line.isascii()
    assert line.isprintable()
    fields = json.loads(line)
    assert list(fields) == ["file", "text", "payload", "decoder", "milliseconds", "error"]
    assert fields["text"] == hostile
    assert fields["payload"] is None
    assert fields["decoder"] == "zxing"
    assert fields["milliseconds"] > 0


def test_bytes_that_are_no_text_come_in_base64_as_well(tmp_path: Path, both: Decoder) -> None:
    draw(b"\xff\xfe\xfd visit").save(tmp_path / "code.png")
    result = scan(tmp_path / "code.png", both)
    assert result.text == "ÿþý visit"
    assert base64.b64decode(str(result.payload)) == b"\xff\xfe\xfd visit"


def test_a_long_code_is_given_whole(tmp_path: Path, both: Decoder) -> None:
    draw("long " * 300, 4).save(tmp_path / "code.png")
    assert scan(tmp_path / "code.png", both).text == "long " * 300


def test_a_file_name_that_is_no_text_makes_a_valid_line(both: Decoder) -> None:
    line = scan(Path("caf\udce9\x1b.png"), both).as_json()
    assert line.isprintable()
    assert json.loads(line)["error"] == "There is no such file."


def test_a_machine_without_decoders_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    monkeypatch.setitem(sys.modules, "pyzbar.wrapper", None)
    draw("code").save(tmp_path / "code.png")
    result = scan(tmp_path / "code.png", Decoder())
    assert result.text is None
    assert str(result.error).startswith("No QR decoder is installed")
