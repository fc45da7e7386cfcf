from __future__ import annotations

import pytest

from kiosk.desk.frames import Frame


def test_a_frame_has_a_byte_for_every_pixel() -> None:
    assert Frame(b"\0" * 6, width=3, height=2, at=0.0).grey == b"\0" * 6
    for size in (5, 7):
        with pytest.raises(ValueError, match=f"needs 6 bytes, got {size}"):
            Frame(b"\0" * size, width=3, height=2, at=0.0)
