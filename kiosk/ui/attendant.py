"""Attends to the device: tells the system service that the screen lives, and ends it at an idle moment when that is
wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.device import ExitStatus, Service
from kiosk.ui.screens.attract import AttractScreen
from kiosk.ui.screens.closed import ClosedScreen
from kiosk.ui.screens.home import HomeScreen

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

BEAT_SECONDS = 1.0
"""How often the screen shows that it lives. A beat goes through the application's own queue, so that a queue which
stands still is a screen that hangs."""

IDLE_SECONDS = 60.0
"""Nobody has touched anything for so long: whoever was here has gone."""


class Attendant:
    """Begins once home has been drawn."""

    def __init__(self, kiosk: KioskApp, service: Service) -> None:
        self._kiosk = kiosk
        self._service = service

    def begin(self) -> None:
        """Say that home is on the glass, and beat from now on."""
        self._service.ready()
        self._beat()
        self._kiosk.set_interval(BEAT_SECONDS, self._beat)

    def _beat(self) -> None:
        self._service.beat(self._kiosk.untouched)
        if self._service.wants_restart() and self._is_idle():
            self._kiosk.exit(return_code=ExitStatus.DONE)

    def _is_idle(self) -> bool:
        """Whether nobody would miss the kiosk for the seconds that a start takes."""
        screen = self._kiosk.screen
        # One that is still coming up is given none of its widgets once the application ends, and misses them.
        at_rest = isinstance(screen, (HomeScreen, AttractScreen, ClosedScreen)) and screen.is_mounted
        return at_rest and self._kiosk.undoable is None and self._kiosk.untouched >= IDLE_SECONDS
