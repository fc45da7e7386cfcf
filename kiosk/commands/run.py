"""`kiosk run`: the kiosk of this device's settings, on the touch screen."""

from __future__ import annotations

import argparse
import logging

from kiosk.assembly import choose_scanner, open_kiosk, with_overrides
from kiosk.commands.decoders import decoder_words
from kiosk.commands.failures import told_plainly
from kiosk.commands.logs import log_quietly
from kiosk.commands.screen import show
from kiosk.control.clerk import Parts
from kiosk.radio_wiring import bluetooth_of
from kiosk.sensors.camera import choose_camera
from kiosk.sensors.decoder import Decoder
from kiosk.settings import load_settings
from kiosk.ui.mirror import Mirror

logger = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    """Show the kiosk until it is told to end; the status is the application's."""
    with told_plainly():
        settings = with_overrides(
            load_settings(options.settings), options.nexudus, options.state, options.camera, options.ble
        )
        log_quietly(settings.state.folder)
        decoder = Decoder()
        logger.info("%s", decoder_words(decoder))
        camera = choose_camera(settings.camera.source, dioptres=settings.camera.focus_dioptres)
        scanner = choose_scanner(camera, decoder)
        bluetooth, mirror = bluetooth_of(settings), Mirror()
        parts = Parts(scanner.standing, mirror.look, bluetooth.standing)
        with open_kiosk(settings, parts=parts) as kiosk, bluetooth.sending():
            return show(kiosk, scanner, mirror, radio=bluetooth.radio)
