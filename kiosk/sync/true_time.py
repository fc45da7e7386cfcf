"""The true time for the courier: nothing is asked of Nexudus by a clock that nobody believes, and no event leaves with
its time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from kiosk.desk.clock import Clock, Moment, anchor_of
from kiosk.desk.queue import Entry, Outbox
from kiosk.nexudus.errors import NexudusError

logger = logging.getLogger(__name__)


class TimeUnknown(NexudusError):
    """This device's clock has not been set, and Nexudus did not tell the time either."""

    def __init__(self) -> None:
        super().__init__(
            "the true time is not known",
            "The clock of this device has not been set, and the answers of Nexudus hold no usable time. Check that the "
            "device can reach a time server.",
        )


class TrueTime:
    """Finds out the true time where the clock has none, and gives it to the events that wait for it.

    Every answer of Nexudus tells its time, and whoever builds the parts sees to it that the clock learns it. So it is
    enough to ask something.

    Args:
        outbox: Where events wait.
        clock: This device's clock.
        ask: Asks Nexudus for anything cheap.
    """

    def __init__(self, outbox: Outbox, clock: Clock, ask: Callable[[], Awaitable[object]]) -> None:
        self._outbox = outbox
        self._clock = clock
        self._ask = ask
        self._asking = asyncio.Lock()
        self._told = False

    async def now(self) -> Moment:
        """The present moment, by a clock that can be believed.

        Raises:
            NexudusError: Nexudus had to be asked and cannot be; TimeUnknown if it answered without a usable time.
        """
        if (now := self._clock.now()).quality.believed:
            return now
        async with self._asking:
            if not self._clock.now().quality.believed:  # another may have asked meanwhile
                await self._find_out()
        return self._clock.now()

    async def correct_waiting(self) -> None:
        """Correct the events that were recorded by a wrong clock, if the true time is known now. Raises NotRecorded."""
        anchor = anchor_of(self._clock.now())
        if anchor is None:
            return
        waiting = [entry.event.sequence for entry in self._outbox.open_entries() if entry.awaits_time]
        if not waiting:
            return
        count = await asyncio.to_thread(self._outbox.correct, anchor)
        if not count:
            return
        logger.info(
            "the clock was wrong; the time of %d events between number %d and %d is corrected",
            count,
            waiting[0],
            waiting[-1],
        )

    async def with_true_time(self, entry: Entry) -> Entry:
        """The entry as it is to be sent: read anew if its time had to be corrected first.

        Raises:
            NexudusError: The true time is not known, so it cannot be sent.
            NotRecorded: The correction cannot be written.
        """
        if not entry.awaits_time:
            return entry
        await self.now()
        await self.correct_waiting()
        after = self._outbox.entry(entry.event.id)
        if after is None or after.awaits_time:
            raise TimeUnknown
        return after

    async def _find_out(self) -> None:
        trouble: NexudusError = TimeUnknown()
        try:
            await self._ask()
        except NexudusError as error:
            trouble = error
        if self._clock.now().quality.believed:
            return  # a refusal tells the time as well
        if isinstance(trouble, TimeUnknown) and not self._told:
            logger.warning("nothing is sent: %s", trouble)
            self._told = True
        raise trouble
