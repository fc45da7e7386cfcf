"""The kiosk says which decoders it has."""

from __future__ import annotations

import pytest

from kiosk.sensors.decoder import Decoder
from kiosk.sensors.decoder_words import decoder_words


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "cannot be read"),
        (("zxing",), "zxing alone"),
        (("zxing", "zbar"), "zxing and zbar"),
    ],
)
def test_whoever_sets_it_up_is_told_what_reads_qr_codes(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], said: str
) -> None:
    monkeypatch.setattr(Decoder, "names", property(lambda decoder: names))
    assert said in decoder_words(Decoder())
