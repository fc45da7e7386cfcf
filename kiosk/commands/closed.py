"""A kiosk that cannot start: the reason for staff in the log, a short code and the way to reception on the glass."""

from __future__ import annotations

import logging
import socket
import sys
from enum import StrEnum

from kiosk.assembly import NotSetUp
from kiosk.commands.failures import EXPECTED, sentence_of
from kiosk.i18n.speech import Speech
from kiosk.nexudus.errors import NexudusError
from kiosk.sensors.camera import CameraError
from kiosk.service.notify import Notifier
from kiosk.settings import SettingsError
from kiosk.state.errors import StateError
from kiosk.traces import traces
from kiosk.ui.closed import ClosedApp

logger = logging.getLogger(__name__)


class ClosedBecause(StrEnum):
    """Why a kiosk cannot start, short enough to be read out over the telephone."""

    SETTINGS = "S1"
    """The settings cannot be used, and there are none from before."""
    NOT_SET_UP = "S2"
    """Nobody has given 'kiosk setup' yet."""
    STATE = "D1"
    """The state is in use, damaged, or cannot be written."""
    CAMERA = "C1"
    """The camera that the settings name cannot be."""
    NEXUDUS = "N1"
    """The address of Nexudus cannot be used."""
    FAULT = "X1"
    """A fault of the kiosk itself."""


def because(error: Exception) -> ClosedBecause:
    """The code of what keeps a kiosk from starting."""
    match error:
        case SettingsError():
            return ClosedBecause.SETTINGS
        case NotSetUp():
            return ClosedBecause.NOT_SET_UP
        case StateError():
            return ClosedBecause.STATE
        case CameraError():
            return ClosedBecause.CAMERA
        case NexudusError():
            return ClosedBecause.NEXUDUS
        case _:
            return ClosedBecause.FAULT


def tell_on_the_glass(error: Exception, notifier: Notifier) -> None:
    """Log why, tell systemd, and show it for as long as it takes until the next try."""
    code = because(error)
    reason = sentence_of(error) if isinstance(error, EXPECTED) else traces(error)
    logger.critical("the kiosk cannot start (%s): %s", code.value, reason)
    notifier.status(f"Closed ({code.value}): {reason}")
    if sys.stdin.isatty() and sys.stderr.isatty():
        ClosedApp(Speech(), socket.gethostname(), code.value).run()
