"""What a kiosk that is being set up tells systemd: that its screen lives. It has no courier that could stand still."""

from __future__ import annotations

import time

from kiosk.service.heart import Heart
from kiosk.service.notify import Notifier


class Novice:
    """Fulfils the desk's `Service` while the wizard is up."""

    def __init__(self, notifier: Notifier, patience: float) -> None:
        self._notifier = notifier
        self._heart = Heart(notifier, time.monotonic, patience)

    def ready(self) -> None:
        """The wizard is on the glass, which is all that a start can bring."""
        self._notifier.tell("READY=1")
        self._notifier.status("waits to be set up")

    def beat(self, untouched: float) -> None:
        """The screen lives."""
        self._heart.beat()

    def wants_restart(self) -> bool:
        """Nobody is sent away from a wizard."""
        return False
