"""The real radio: bleak over BlueZ, begun anew by itself whenever it is lost."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from dataclasses import replace

from kiosk.desk.adverts import Ear, RadioStanding, RadioState
from kiosk.sensors.radio.adapters import Adapter
from kiosk.sensors.radio.bluez import Use, Watch, bluez
from kiosk.sensors.radio.errors import RadioError, RadioLost, RadioMissing, RadioSilent
from kiosk.sensors.radio.handover import HandOver
from kiosk.sensors.radio.packets import Sieve, Sighting
from kiosk.sensors.radio.scanning import scanning
from kiosk.sensors.radio.supervisor import Supervisor, pause_after
from kiosk.sensors.rate import FrameRate

logger = logging.getLogger(__name__)

SILENT_SECONDS = 75.0
"""After so long without any packet scanning is begun anew. Where phones pass by there is none of half a minute."""

LONGEST_SILENCE = 900.0
"""An empty building is silent too: each time that it helped nothing, twice as long is waited, up to this."""

SECONDS_BETWEEN_LOOKS = 10.0
"""How often those are forgotten who passed by: a street may fall silent, and nobody else bring that about."""

FAILURES_BEFORE_POWER_CYCLE = 3
"""Scanning that cannot be begun, or brings nothing, so often in a row: the firmware may have stopped."""

SETTLED_SECONDS = 5.0
"""After so long scanning has not merely begun, it works."""


def patience_after(fruitless: int, seconds: float = SILENT_SECONDS) -> float:
    """How many seconds of silence are borne after so many scans in a row that heard nothing, and at first."""
    return min(seconds * 2.0 ** min(fruitless, 10), LONGEST_SILENCE)


class BluezRadio:
    """Fulfils the desk's `Radio` with an adapter of this machine. To be listened to by one at a time.

    It is lost when the daemon ends or starts anew, the adapter goes away or is switched off, or the bus ends; all that
    is told by the bus, and scanning is begun anew at once when there is an adapter again. What merely fails is tried
    again after growing pauses; after three in a row the adapter is switched off and on.
    """

    def __init__(
        self,
        adapter: str = "",
        floor: int = -90,
        clock: Callable[[], float] = time.monotonic,
        silent_seconds: float = SILENT_SECONDS,
        pause: Callable[[int], float] = pause_after,
    ) -> None:
        """Prepare; nothing is done before `listen`.

        Args:
            adapter: Its name such as "hci1", or nothing for the first that can be used.
            floor: The least loudness that counts, in dBm.
            clock: Seconds that only grow.
            silent_seconds: After how long without a packet scanning is begun anew.
            pause: Seconds to wait after so many failures in a row.
        """
        self._wanted = adapter
        self._floor = floor
        self._clock = clock
        self._silent_seconds = silent_seconds
        self._pause = pause
        self._standing = RadioStanding(RadioState.STARTING)
        self._rate = FrameRate(clock)
        self._sieve = Sieve(floor)
        self._handover: HandOver | None = None
        self._supervisor: Supervisor | None = None
        self._trouble: RadioError | None = None
        self._began = self._last_told = -math.inf
        self._scans = False
        self._failures = 0  # in a row, to begin at all
        self._fruitless = 0  # in a row, to hear anything
        self._sessions = 0

    @property
    def sieve(self) -> Sieve:
        """What came of all that was heard."""
        return self._sieve

    @property
    def supervisor(self) -> Supervisor | None:
        """Who runs it, while somebody listens."""
        return self._supervisor

    def standing(self) -> RadioStanding:
        """How it stands. May be asked by any thread."""
        standing = self._standing
        lost = 0 if self._handover is None else self._handover.lost
        per_second = round(self._rate.per_second(), 1) if standing.state is RadioState.LISTENING else 0.0
        return replace(standing, packets_per_second=per_second, lost=lost)

    async def listen(self, ear: Ear) -> None:
        """Tell the ear of each packet, in this event loop, until cancelled."""
        self._handover = HandOver(ear, asyncio.get_running_loop())
        self._supervisor = supervisor = Supervisor("radio", self._session, self._failed, self._pause)
        try:
            supervisor.start()
        except RuntimeError:
            self._broke(RadioLost("No thread can be had for Bluetooth"))
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.to_thread(supervisor.stop)
            self._supervisor = None
            self._standing = RadioStanding(RadioState.STARTING, restarts=self._standing.restarts)

    async def _session(self) -> None:
        """Find an adapter, scan, and fail when that ends. Raises RadioError."""
        async with bluez() as system:
            adapter = await system.wait_for_adapter(self._wanted, self._broke)
            if self._fruitless and self._fruitless % FAILURES_BEFORE_POWER_CYCLE == 0:
                await system.power_cycle(adapter)
            async with (
                system.watching(adapter, Use.SCANNING) as watch,
                scanning(adapter.name, self._floor, self._heard) as note,
            ):
                self._works(adapter, note)
                await self._until_lost(watch)

    async def _until_lost(self, watch: Watch) -> None:
        """Wait for the end. Raises RadioError."""
        patience = patience_after(self._fruitless, self._silent_seconds)
        while True:
            left = max(self._began, self._last_told) + patience - self._clock()
            if left <= 0:
                raise RadioSilent(f"Nothing has been heard for {patience:.0f} seconds")
            await watch.wait(min(left, SECONDS_BETWEEN_LOOKS))
            self._sieve.forget(self._clock())

    def _heard(self, sighting: Sighting) -> None:
        now = self._clock()
        advert = self._sieve.sift(sighting, now)
        self._last_told = now
        self._fruitless = 0
        if advert is None or self._handover is None:
            return
        self._rate.count()
        self._standing = replace(self._standing, last_packet_at=now)
        self._handover.take(advert)

    def _works(self, adapter: Adapter, note: str) -> None:
        self._sessions += 1
        self._scans, self._began, self._failures = True, self._clock(), 0
        if self._trouble is not None:
            logger.info("Bluetooth is back: %s.", adapter.shown)
        self._trouble = None
        self._standing = RadioStanding(
            RadioState.LISTENING,
            adapter.shown,
            adapter.firmware,
            last_packet_at=self._standing.last_packet_at,
            restarts=self._sessions - 1,
            cure=note,
        )

    def _failed(self, error: Exception) -> int:
        """Note why a session ended; returns how many have failed in a row, 0 where the next may begin at once."""
        known = error if isinstance(error, RadioError) else RadioLost(f"Bluetooth failed ({type(error).__name__})")
        scanned, self._scans = self._scans, False
        if isinstance(known, RadioSilent):
            self._fruitless += 1
            return 0
        self._broke(known)
        if scanned:
            # What is lost as soon as it is there must not be begun anew without a pause, over and over.
            return 0 if self._last_told >= self._began or self._clock() - self._began >= SETTLED_SECONDS else 1
        self._failures += 1
        if not isinstance(known, RadioMissing):
            self._fruitless += 1
        return self._failures

    def _broke(self, error: RadioError) -> None:
        if self._trouble is None:
            logger.warning("Bluetooth does not work and is tried again: %s", error.staff)
        self._trouble = error
        missing = isinstance(error, RadioMissing) and not self._sessions
        self._standing = replace(
            self._standing, state=RadioState.ABSENT if missing else RadioState.LOST, cure=error.staff
        )
