"""`kiosk run`: the kiosk of this device's settings, on the touch screen."""

from __future__ import annotations

import argparse
import contextlib
import logging
from dataclasses import replace

from kiosk.assembly import choose_scanner, open_kiosk, with_overrides
from kiosk.commands.by_touch import is_blank, on_a_terminal, on_paper, say_starting, set_up_by_touch
from kiosk.commands.closed import tell_on_the_glass
from kiosk.commands.failures import told_plainly
from kiosk.commands.logs import log_quietly
from kiosk.commands.screen import Fittings, show
from kiosk.control.clerk import Parts
from kiosk.desk.device import ExitStatus
from kiosk.last_good import Chosen, choose_settings, notice_of
from kiosk.sensors.camera import choose_camera
from kiosk.sensors.decoder import Decoder
from kiosk.sensors.decoder_words import decoder_words
from kiosk.sensors.scanner import CameraScanner, NoScanner
from kiosk.service.notify import Notifier, notifier_of
from kiosk.settings import Settings, load_settings, state_home
from kiosk.ui.mirror import Mirror
from kiosk.wiring.badges import nearness_of
from kiosk.wiring.radio import bluetooth_of, radio_of
from kiosk.wiring.service import caretaker_of, novice_of

logger = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    """Show the kiosk until it is told to end; the status is the application's.

    As a system service it stands alone in a lobby: what keeps it from starting goes to the log, and the glass shows
    where people find help.
    """
    notifier = notifier_of()
    if notifier is None:
        with told_plainly():
            settings = load_settings(options.settings)
            log_quietly(_overridden(settings, options).state.folder)
            return _open(options, Chosen(settings, options.settings), None)
    log_quietly(state_home())
    try:
        chosen = choose_settings(options.settings)
        if chosen.refused:
            logger.error("%s", notice_of(chosen))
        return _open(options, chosen, notifier)
    except Exception as error:
        tell_on_the_glass(error, notifier)
        return ExitStatus.NOT_STARTED


def _open(options: argparse.Namespace, chosen: Chosen, notifier: Notifier | None) -> int:
    """Open the kiosk. One that has not been set up is set up on its glass first."""
    settings = _overridden(chosen.settings, options)
    with contextlib.ExitStack() as gap:
        if on_a_terminal() and is_blank(settings):
            gap.enter_context(on_paper())
            service = novice_of(notifier) if notifier is not None else None
            ended = set_up_by_touch(settings, _scanner_of(settings), radio_of(settings.bluetooth), service=service)
            if ended is not None:
                return ended
            say_starting()
        return _serve(settings, chosen, notifier)


def _serve(settings: Settings, chosen: Chosen, notifier: Notifier | None) -> int:
    scanner, bluetooth, mirror = _scanner_of(settings), bluetooth_of(settings), Mirror()
    parts = Parts(scanner.standing, mirror.look, bluetooth.standing)
    with open_kiosk(settings, parts=parts) as kiosk, bluetooth.sending():
        fittings = Fittings(scanner, mirror, nearness_of(kiosk, bluetooth.radio))
        if notifier is None:
            return show(kiosk, fittings)
        with caretaker_of(kiosk, chosen, notifier) as caretaker:
            return show(kiosk, replace(fittings, service=caretaker))


def _scanner_of(settings: Settings) -> CameraScanner | NoScanner:
    decoder = Decoder()
    logger.info("%s", decoder_words(decoder))
    camera = choose_camera(settings.camera.source, dioptres=settings.camera.focus_dioptres)
    return choose_scanner(camera, decoder)


def _overridden(settings: Settings, options: argparse.Namespace) -> Settings:
    return with_overrides(settings, options.nexudus, options.state, options.camera, options.ble)
