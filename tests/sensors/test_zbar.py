from __future__ import annotations

import importlib

import pytest
import segno
import zxingcpp
from PIL import ImageOps

from kiosk.sensors.zbar import ZbarFinder
from tests.sensors.codes import draw, drawn, in_view
from tests.sensors.no_codes import barcode

wrapper = importlib.import_module("pyzbar.wrapper")  # by name, since it has no type information


@pytest.mark.parametrize("kind", [zxingcpp.BarcodeFormat.EAN13, zxingcpp.BarcodeFormat.DataBarExp])
def test_only_qr_codes_are_looked_for(
    kind: zxingcpp.BarcodeFormat, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The other decoders take half of the time, and write to the standard error stream where the screen is drawn."""
    finder, counts = ZbarFinder(), []
    scan = wrapper.zbar_scan_image

    def counted(*parts: object) -> int:
        counts.append(scan(*parts))
        return int(counts[-1])

    monkeypatch.setattr(wrapper, "zbar_scan_image", counted)
    code = in_view(draw("visit"))
    finder.find(code.grey, code.width, code.height)
    bars = barcode({"EAN-13": "5901234123457"}.get(str(kind), "(01)09501101530003"), kind)
    frame = in_view(ImageOps.expand(bars, 30, 255))
    assert finder.find(frame.grey, frame.width, frame.height) == []
    assert counts == [1, 0]
    assert capfd.readouterr().err == ""


def test_bytes_that_could_be_another_encoding_are_not_converted() -> None:
    frame = in_view(draw("café, Jörg, 20 €".encode()))
    (symbol,) = ZbarFinder().find(frame.grey, frame.width, frame.height)
    assert symbol.payload == "café, Jörg, 20 €".encode()


def test_parts_of_a_sequence_are_passed_over_without_an_error() -> None:
    for part in segno.make_sequence("A" * 100, version=2):
        frame = in_view(drawn(part))
        assert ZbarFinder().find(frame.grey, frame.width, frame.height) == []
