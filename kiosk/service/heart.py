"""Signs of life for systemd's watchdog: given only while the screen and the courier both live."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from kiosk.service.notify import Notifier

logger = logging.getLogger(__name__)


class Heart:
    """Called by the screen's loop, which thereby lives; looks whether the courier's loop has beaten lately.

    Args:
        notifier: Where systemd hears of it.
        courier_beat: When the courier's loop last beat, by `monotonic`.
        patience: Seconds for which the courier may be silent. Less than the watchdog's, whose own time comes on top.
        monotonic: Seconds that never jump.
    """

    def __init__(
        self,
        notifier: Notifier,
        courier_beat: Callable[[], float],
        patience: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._notifier = notifier
        self._courier_beat = courier_beat
        self._patience = patience
        self._monotonic = monotonic
        self._silent = False

    def beat(self) -> None:
        """The screen lives. If the courier does as well, systemd is told."""
        silence = self._monotonic() - self._courier_beat()
        if silence > self._patience:
            if not self._silent:
                logger.error(
                    "the courier has stood still for %.0f s; systemd starts the kiosk anew if it stays so", silence
                )
            self._silent = True
            return
        if self._silent:
            logger.info("the courier moves again")
        self._silent = False
        self._notifier.tell("WATCHDOG=1")
