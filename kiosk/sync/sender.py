"""How one write is sent: INFLIGHT on disk with its body first, and the right state after every way it can fail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeVar

from kiosk.desk.clock import Clock
from kiosk.desk.queue import Entry, Outbox
from kiosk.nexudus.errors import NexudusError, NoAnswer, Refused
from kiosk.nexudus.models import Checkin, Visitor
from kiosk.nexudus.records import Record
from kiosk.nexudus.times import whole_second

T = TypeVar("T")
M = TypeVar("M", Checkin, Visitor)


class TakenBack(Exception):
    """What was about to be sent has been taken back."""


class Sender:
    """Sends writes and notes what came of them. The queue is written in threads."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._outbox = outbox
        self._clock = clock

    async def send(self, entry: Entry, body: Mapping[str, object], call: Callable[[], Awaitable[T]]) -> T:
        """Make a write. Raises TakenBack before anything has left, and whatever the call raises."""
        event = entry.event.id
        if self._outbox.undo_of(event) is not None:
            raise TakenBack
        await asyncio.to_thread(self._outbox.sending, event, body, self._clock.now())
        try:
            return await call()
        except NoAnswer:
            await asyncio.to_thread(self._outbox.unanswered, event, self._clock.now())
            raise
        except Refused:
            raise
        except NexudusError:
            await asyncio.to_thread(self._outbox.postponed, event, self._clock.now())
            raise

    async def put(self, entry: Entry, record: Record[M], update: Callable[[Record[M]], Awaitable[None]]) -> None:
        """Write a changed record back."""
        # The rest of the record is other people's: an address or a code has no business in the queue.
        await self.send(entry, {"Id": record.value.id}, lambda: update(record))

    async def delivered(self, entry: Entry, remote_id: int | None, note: str = "") -> None:
        """Nexudus has the event."""
        await asyncio.to_thread(self._outbox.delivered, entry.event.id, remote_id, self._clock.now(), note)


def is_same_second(at: datetime | None, entry: Entry) -> bool:
    """Whether a time in Nexudus is the time of this event; seconds are what survives there."""
    return at is not None and whole_second(at) == whole_second(entry.event.time)
