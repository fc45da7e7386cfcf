"""A QR code that phones can read off the glass."""

from __future__ import annotations

import segno
from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from kiosk.ui.widgets.raster import Rgb, style_of

QUIET = 4
"""Light modules around the code (ISO/IEC 18004, 9.1)."""

# Dark on light whatever the theme: readers need not know the reverse.
_DARK: Rgb = (0, 0, 0)
_LIGHT: Rgb = (255, 255, 255)

Modules = tuple[bytes, ...]
"""Rows of modules with their quiet zone, 1 dark and 0 light."""


def modules_of(payload: str) -> Modules:
    """Return the smallest QR code for `payload`, with as much error correction as that size has room for.

    Raises:
        segno.DataOverflowError: The payload is longer than the largest code holds.
    """
    code = segno.make_qr(payload, error="l", boost_error=True)
    return tuple(bytes(row) for row in code.matrix_iter(border=QUIET))


class QrCode(Widget, can_focus=False):
    """A QR code, two modules above each other in a cell; as large as it needs to be."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    QrCode {
        width: auto;
        height: auto;
    }
    """

    payload: reactive[str] = reactive("", layout=True)
    """What the code says; nothing is shown for nothing."""

    def __init__(self, payload: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._modules: Modules = ()
        self.set_reactive(QrCode.payload, payload)
        self._encode()

    def update(self, payload: str) -> None:
        """Show another code.

        Raises:
            segno.DataOverflowError: The payload is longer than the largest code holds.
        """
        self.payload = payload

    def watch_payload(self) -> None:
        self._encode()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return len(self._modules)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return -(-len(self._modules) // 2)

    def render_line(self, y: int) -> Strip:
        if not 0 <= y * 2 < len(self._modules):
            return Strip.blank(self.size.width)
        upper = self._modules[y * 2]
        lower = self._modules[y * 2 + 1] if y * 2 + 1 < len(self._modules) else bytes(len(upper))
        line = "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        return Strip([Segment(line, style_of(_DARK, _LIGHT))], len(upper))

    def _encode(self) -> None:
        self._modules = modules_of(self.payload) if self.payload else ()


_HALVES = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}
