"""People who wait at the glass for Nexudus's word, and the courier who brings it, in two threads."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from concurrent.futures import Future
from uuid import UUID

from kiosk.desk.outcomes import Standing, Word
from kiosk.desk.queue import Entry, UploadState

QUEUED = Word(Standing.QUEUED)


def word_of(entry: Entry) -> Word | None:
    """Nexudus's word on an entry, or None while it has given none."""
    match entry.state:
        case UploadState.DONE | UploadState.UNDONE:
            return Word(Standing.CONFIRMED)
        case UploadState.REFUSED | UploadState.DISMISSED:
            return Word(Standing.REFUSED, entry.note)
        case UploadState.PENDING | UploadState.INFLIGHT | UploadState.UNKNOWN:
            return None


class Waiters:
    """Hands each word to whoever waits for it. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[UUID, list[Future[Word]]] = defaultdict(list)

    async def wait(self, event: UUID, within: float) -> Word:
        """The word on an event, or `QUEUED` after `within` seconds."""
        future: Future[Word] = Future()
        with self._lock:
            self._waiting[event].append(future)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), within)
        except TimeoutError:
            return QUEUED
        finally:
            with self._lock:
                self._leave(event, future)

    def _leave(self, event: UUID, future: Future[Word]) -> None:
        """One gives up; whoever else waits for the same word goes on."""
        rest = [other for other in self._waiting.get(event, []) if other is not future]
        if rest:
            self._waiting[event] = rest
        else:
            self._waiting.pop(event, None)

    def events(self) -> set[UUID]:
        """The events on which somebody waits for a word."""
        with self._lock:
            return set(self._waiting)

    def bring(self, event: UUID, word: Word) -> None:
        """Give a word to whoever waits for it."""
        with self._lock:
            waiting = self._waiting.pop(event, [])
        for future in waiting:
            if future.set_running_or_notify_cancel():
                future.set_result(word)

    def send_home(self) -> None:
        """The line is down: nobody need wait any longer."""
        with self._lock:
            events = list(self._waiting)
        for event in events:
            self.bring(event, QUEUED)
