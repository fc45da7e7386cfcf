"""`kiosk run`: the kiosk of this device's settings, on the touch screen."""

from __future__ import annotations

import argparse
import contextlib
import logging

from kiosk.assembly import choose_scanner, open_kiosk, with_overrides
from kiosk.commands.by_touch import is_blank, on_a_terminal, on_paper, say_starting, set_up_by_touch
from kiosk.commands.decoders import decoder_words
from kiosk.commands.failures import told_plainly
from kiosk.commands.logs import log_quietly
from kiosk.commands.screen import show
from kiosk.sensors.camera import choose_camera
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.scanner import CameraScanner, NoScanner
from kiosk.settings import load_settings

logger = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    """Show the kiosk until it is told to end; the status is the application's. One that has not been set up is set up
    on its glass first."""
    with told_plainly(), contextlib.ExitStack() as gap:
        settings = with_overrides(load_settings(options.settings), options.nexudus, options.state, options.camera)
        log_quietly(settings.state.folder)
        decoder = Decoder()
        logger.info("%s", decoder_words(decoder))

        def scanner_of_these_settings() -> CameraScanner | NoScanner:
            camera = choose_camera(settings.camera.source, dioptres=settings.camera.focus_dioptres)
            return choose_scanner(camera, decoder)

        if on_a_terminal() and is_blank(settings):
            gap.enter_context(on_paper())
            ended = set_up_by_touch(settings, scanner_of_these_settings())
            if ended is not None:
                return ended
            say_starting()
        scanner = scanner_of_these_settings()
        with open_kiosk(settings, sees=scanner.standing) as kiosk:
            return show(kiosk, scanner)
