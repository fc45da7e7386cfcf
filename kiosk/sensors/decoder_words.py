"""Which QR decoders this machine has, in words."""

from __future__ import annotations

from kiosk.sensors.decoder import Decoder


def decoder_words(decoder: Decoder) -> str:
    """One sentence for whoever sets the kiosk up: what reads QR codes here, and what to install where something is
    missing."""
    names = decoder.names
    if not names:
        return "QR codes cannot be read: neither zxing-cpp nor libzbar0 is installed. Codes are typed."
    if len(names) == 1:
        return f"QR codes are read with {names[0]} alone; with the other decoder, more are read in bad light."
    return f"QR codes are read with {' and '.join(names)}."
