"""Members' check-ins of earlier days that nobody ended: this kiosk closes those it made and marks the end as assumed.

Whoever forgets to check out is not in for ever. Nexudus may close them by itself, where the location has set a cut-off;
where it has none, they would stand open, and count, until somebody noticed (contract 3.1).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from kiosk.desk.clock import Clock
from kiosk.desk.house import House
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Entry, Forgotten, Outbox
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.records import checked_out
from kiosk.sync.assumed import END_ASSUMED, ENDED_ELSEWHERE
from kiosk.sync.true_time import TrueTime

LOOK_BACK = timedelta(days=7)
"""How far back. A kiosk that was off for longer leaves the rest to staff."""


class Leftovers:
    """Closes what is left of earlier days, once a day."""

    def __init__(
        self, nexudus: Nexudus, outbox: Outbox, clock: Clock, times: TrueTime, house: Callable[[], House]
    ) -> None:
        self._nexudus = nexudus
        self._outbox = outbox
        self._clock = clock
        self._times = times
        self._house = house
        self._done_on: date | None = None

    async def close(self) -> int:
        """Close them, unless it was done today; answers how many.

        Raises:
            NexudusError: It could not be done now.
            NotRecorded: What was done cannot be kept.
        """
        now, house = (await self._times.now()).wall, self._house()
        today = house.day(now)
        if self._done_on == today:
            return 0
        midnight = datetime.combine(today, time.min, house.zone).astimezone(UTC)
        since = midnight - LOOK_BACK
        arrivals = self._outbox.left_open(PersonKind.MEMBER, since, midnight)
        mine = [entry for entry in arrivals if not entry.note]  # a note: joined another's record, or has its end
        still_open = {row.id for row in await self._nexudus.open_checkins(house.id, since)} if mine else set()
        closed = 0
        for entry in mine:
            closed += await self._close(entry, entry.remote_id in still_open, house)
        self._done_on = today
        return closed

    async def _close(self, entry: Entry, still_open: bool, house: House) -> bool:
        number = entry.remote_id
        record = await self._nexudus.checkin(number) if still_open and number is not None else None
        assumed = record is not None and record.value.open
        if record is not None and assumed:
            await self._nexudus.update_checkin(checked_out(record, house.assumed_end(record.value.from_time)))
        note = END_ASSUMED if assumed else ENDED_ELSEWHERE
        with contextlib.suppress(Forgotten):
            await asyncio.to_thread(self._outbox.delivered, entry.event.id, number, self._clock.now(), note)
        return assumed
