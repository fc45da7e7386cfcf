"""`kiosk run`: the kiosk of this device's settings, on the touch screen."""

from __future__ import annotations

import argparse

from kiosk.assembly import choose_scanner, open_kiosk, with_overrides
from kiosk.commands.failures import told_plainly
from kiosk.commands.logs import log_quietly
from kiosk.commands.screen import show
from kiosk.sensors.camera import choose_camera
from kiosk.sensors.decoder import Decoder
from kiosk.settings import load_settings


def run(options: argparse.Namespace) -> int:
    """Show the kiosk until it is told to end; the status is the application's."""
    with told_plainly():
        settings = with_overrides(load_settings(options.settings), options.nexudus, options.state, options.camera)
        log_quietly(settings.state.folder)
        scanner = choose_scanner(choose_camera(settings.camera.source), Decoder())
        with open_kiosk(settings) as kiosk:
            return show(kiosk, scanner)
