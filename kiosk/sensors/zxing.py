"""QR codes through zxing-cpp: the quick decoder, which also reads light codes on dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.sensors.symbol import Symbol

if TYPE_CHECKING:
    import zxingcpp


class ZxingFinder:
    """zxing-cpp, restricted to QR Model 2.

    The wider `QRCode` family takes in Micro QR, of which zxing reads made-up ones inside worn codes. Payloads are taken
    as bytes: the library's text has control characters spelt out.

    Raises:
        ImportError: The library is not installed; it has no wheel for 32-bit ARM.
    """

    name = "zxing"

    def __init__(self) -> None:
        import zxingcpp

        self._read = zxingcpp.read_barcodes
        self._formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2)

    def find(self, grey: bytes, width: int, height: int) -> list[Symbol]:
        """Return the QR codes in a grey picture of `width * height` bytes, those that it makes out and cannot read too.
        The picture is not copied."""
        found = self._read(memoryview(grey).cast("B", (height, width)), formats=self._formats, return_errors=True)
        return [Symbol(code.bytes if code.valid else None, _corners(code.position)) for code in found]


def _corners(position: zxingcpp.Position) -> tuple[tuple[float, float], ...]:
    four = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    return tuple((float(point.x), float(point.y)) for point in four)
