"""Two kiosks that record the same person in the same moment end with one check-in.

Each of them reads Nexudus before it writes, and within that moment neither finds the other's. So both look again, with
every list of who is in: of several open check-ins of one person the one with the lowest id stays, since it was there
first, and each kiosk deletes only what it made itself. Both see the same ids, so they agree without speaking.

Whoever made a check-in by other means, staff or a door, is not overruled: theirs stays, whatever its id.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Sequence

from kiosk.desk.clock import Clock
from kiosk.desk.events import EventKind
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.queue import Entry, Forgotten, Outbox, UploadState
from kiosk.nexudus.entities import Nexudus
from kiosk.nexudus.errors import NotFound, Refused, RoleMissing
from kiosk.nexudus.models import Checkin
from kiosk.sync.delivery import is_of

logger = logging.getLogger(__name__)

JOINED = "joined the check-in that another kiosk made in the same moment"


class Doubles:
    """Takes back what this kiosk recorded second."""

    def __init__(self, nexudus: Nexudus, outbox: Outbox, clock: Clock) -> None:
        self._nexudus = nexudus
        self._outbox = outbox
        self._clock = clock
        self._told = False

    async def settle(self, open_rows: Sequence[Checkin]) -> Sequence[Checkin]:
        """Look through today's open check-ins; returns those that remain.

        Raises:
            NexudusError: One that was to be deleted could not be, now. The next list shows it again.
            NotRecorded: What was done cannot be kept.
        """
        of_person: dict[int, list[Checkin]] = defaultdict(list)
        for row in open_rows:
            if row.coworker_id is not None:
                of_person[row.coworker_id].append(row)
        gone: set[int] = set()
        for number, rows in of_person.items():
            first, *others = sorted(rows, key=lambda row: row.id)
            for row in others:
                mine = self._made_here(PersonId(PersonKind.MEMBER, number), row)
                if mine is not None and await self._withdraw(mine, row, first):
                    gone.add(row.id)
        return [row for row in open_rows if row.id not in gone]

    def _made_here(self, person: PersonId, row: Checkin) -> Entry | None:
        """The check-in here that made a record; None while anything of that person is still on its way."""
        entries = self._outbox.entries_of(person)
        if any(not entry.state.final for entry in entries):
            return None
        for entry in entries:
            made = entry.state is UploadState.DONE and entry.remote_id == row.id and is_of(row, entry)
            if made and entry.event.intent.kind is EventKind.CHECK_IN:
                return entry
        return None

    async def _withdraw(self, mine: Entry, row: Checkin, first: Checkin) -> bool:
        """Delete a record made here, and go on with the first. False where the account may not."""
        try:
            with contextlib.suppress(NotFound):
                await self._nexudus.delete_checkin(row.id)
        except (Refused, RoleMissing) as error:
            if not self._told:
                logger.warning("a doubled check-in stays: %s", error)
                self._told = True
            return False
        with contextlib.suppress(Forgotten):
            await asyncio.to_thread(self._outbox.delivered, mine.event.id, first.id, self._clock.now(), JOINED)
        logger.info("event %d joined a check-in that was there first", mine.event.sequence)
        return True
