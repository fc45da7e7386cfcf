"""`kiosk scan`: picture files through the kiosk's own decoders."""

from __future__ import annotations

import argparse
import sys

from kiosk.sensors.decoder import Decoder
from kiosk.sensors.decoder_words import decoder_words
from kiosk.sensors.picture_files import picture_files
from kiosk.sensors.scan import scan_files


def run(options: argparse.Namespace) -> int:
    """Print one JSON line a picture, or look through the camera. Status 0 if every picture held a code, else 1."""
    if options.live == bool(options.files):
        print("kiosk: name picture files or folders, or --live for the camera.", file=sys.stderr)
        return 2
    if options.live:
        from kiosk.commands import live  # the screen is loaded only where it is drawn

        return live.run(options.camera, options.seconds)
    decoder = Decoder()
    if not decoder.names:
        print(f"kiosk: {decoder_words(decoder)}", file=sys.stderr)
        return 1
    complete = True
    for result in scan_files(picture_files(options.files), decoder):
        print(result.as_json(), flush=True)
        complete = complete and bool(result.codes)
    return 0 if complete else 1
