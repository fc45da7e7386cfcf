"""From the radio's thread to whoever listens in the event loop: bounded, in batches, never waiting."""

from __future__ import annotations

import asyncio
import logging
from collections import deque

from kiosk.desk.adverts import Advert, Ear

logger = logging.getLogger(__name__)

BATCH_SECONDS = 0.02
"""How long packets are gathered before the event loop is woken: far below what anybody notices, and at most fifty
wakings a second however busy the air is."""

MOST_WAITING = 2000
"""Packets that wait while the event loop is busy. More than a lobby brings in two seconds; beyond that the oldest go,
which say least of where somebody is now."""

MOST_AT_ONCE = 200
"""Packets that are handed over before the screen has its turn again."""


class HandOver:
    """Takes packets in one event loop, and tells an ear of them in another.

    Attributes:
        lost: Packets that nobody was told of, since the listener's loop was busy for too long.
    """

    def __init__(self, ear: Ear, listener: asyncio.AbstractEventLoop) -> None:
        self._ear = ear
        self._listener = listener
        self._waiting: deque[Advert] = deque()
        self._gathering = False
        self._has_failed = False
        self.lost = 0

    @property
    def waiting(self) -> int:
        """How many packets nobody was told of yet."""
        return len(self._waiting)

    def take(self, advert: Advert) -> None:
        """Hand a packet over. To be called in the radio's event loop."""
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.popleft()
            self.lost += 1
        self._waiting.append(advert)
        if not self._gathering:
            self._gathering = True
            asyncio.get_running_loop().call_later(BATCH_SECONDS, self._pass_on)

    def _pass_on(self) -> None:
        self._gathering = False
        try:
            self._listener.call_soon_threadsafe(self._deliver)
        except RuntimeError:
            self._waiting.clear()  # the listener has ended

    def _deliver(self) -> None:
        for _ in range(MOST_AT_ONCE):
            try:
                advert = self._waiting.popleft()
            except IndexError:
                return
            self.tell(advert)
        self._listener.call_soon(self._deliver)

    def tell(self, advert: Advert) -> None:
        """Tell the ear of a packet, in its own loop. What becomes of one packet must not deafen it to the next."""
        try:
            self._ear.heard(advert)
        except Exception as error:
            if not self._has_failed:
                self._has_failed = True
                # The kind alone: a message may quote the packet.
                logger.error("a packet could not be used: %s", type(error).__name__)
