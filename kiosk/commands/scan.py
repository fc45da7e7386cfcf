"""`kiosk scan`: picture files through the kiosk's own decoders."""

from __future__ import annotations

import argparse
import sys

from kiosk.commands.decoders import decoder_words
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.picture_files import picture_files
from kiosk.sensors.scan import scan_files


def run(options: argparse.Namespace) -> int:
    """Print one JSON line a picture. Status 0 if every picture held a code, else 1."""
    decoder = Decoder()
    if not decoder.names:
        print(f"kiosk: {decoder_words(decoder)}", file=sys.stderr)
        return 1
    complete = True
    for result in scan_files(picture_files(options.files), decoder):
        print(result.as_json(), flush=True)
        complete = complete and bool(result.codes)
    return 0 if complete else 1
