"""Recorded packets in place of an adapter: for the demonstration, for development, and for tests of the whole road."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from kiosk.desk.adverts import Ear, RadioStanding, RadioState
from kiosk.sensors.radio.handover import HandOver
from kiosk.sensors.radio.packets import FAINTEST, Sieve
from kiosk.sensors.radio.recording import Packet
from kiosk.sensors.rate import FrameRate

SECONDS_BETWEEN = 15.0
"""Between the end of a recording and its next beginning: whoever was near has gone away in the meantime."""


class ReplayRadio:
    """Fulfils the desk's `Radio` with a recording, over and over, and with whatever it is given to play.

    Packets go the way of real ones: through the same sieve, stamped with the time at which they are heard. All of it
    happens in the listener's event loop, since nothing of it takes time.
    """

    def __init__(
        self,
        recording: Sequence[Packet] = (),
        name: str = "replay",
        floor: int = FAINTEST,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Prepare.

        Args:
            recording: What is heard from the beginning on; nothing for an empty lobby.
            name: What staff are told in place of an adapter.
            floor: The least loudness that counts, in dBm.
            clock: Seconds that only grow.
            sleep: Waits for so many seconds.
        """
        self._recording = recording
        self._name = name
        self._clock = clock
        self._sleep = sleep
        self._sieve = Sieve(floor)
        self._rate = FrameRate(clock)
        self._last: float | None = None
        self._plays: set[asyncio.Task[None]] = set()
        self._handover: HandOver | None = None

    def standing(self) -> RadioStanding:
        """How it stands."""
        state = RadioState.STARTING if self._handover is None else RadioState.LISTENING
        return RadioStanding(state, self._name, "", round(self._rate.per_second(), 1), self._last)

    async def listen(self, ear: Ear) -> None:
        """Tell the ear of each packet until cancelled."""
        self._handover = HandOver(ear, asyncio.get_running_loop())
        try:
            while self._recording:
                await self._run(self._recording)
                await self._sleep(SECONDS_BETWEEN)
            await asyncio.Event().wait()
        finally:
            for play in self._plays:
                play.cancel()
            self._handover = None

    def play(self, packets: Sequence[Packet]) -> None:
        """Let these be heard from now on, beside all else. To be called in the listener's event loop; while nobody
        listens, nobody hears them."""
        if self._handover is not None:
            play = asyncio.ensure_future(self._run(packets))
            self._plays.add(play)
            play.add_done_callback(self._plays.discard)

    async def _run(self, packets: Sequence[Packet]) -> None:
        began = self._clock()
        for packet in packets:
            early = began + packet.time - self._clock()
            if early > 0:
                await self._sleep(early)
            now = self._clock()
            advert = self._sieve.sift(packet.sighting(), now)
            if advert is not None and self._handover is not None:
                self._rate.count()
                self._last = now
                self._handover.tell(advert)
