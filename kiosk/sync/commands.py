"""Which commands Nexudus offers for visitors: asked once a day, and when the kiosk starts."""

from __future__ import annotations

import logging
from datetime import timedelta

from kiosk.desk.clock import Clock, Moment
from kiosk.nexudus.entities import Nexudus, VisitorCommands
from kiosk.nexudus.errors import NotFound, Refused, RoleMissing

logger = logging.getLogger(__name__)

GOOD_FOR = timedelta(days=1)


class CommandList:
    """Knows the commands for a day. Belongs to the courier's loop.

    Args:
        nexudus: Whom to ask.
        clock: Tells when a day is over, by the time since boot.
        used: False for a kiosk that is never to use a command.
    """

    def __init__(self, nexudus: Nexudus, clock: Clock, *, used: bool = True) -> None:
        self._nexudus = nexudus
        self._clock = clock
        self._used = used
        self._known = VisitorCommands()
        self._asked: Moment | None = None

    async def known(self) -> VisitorCommands:
        """The commands. None are known where Nexudus has no such list or does not give it: visitors are then checked in
        the other way.

        Raises:
            NexudusError: Nexudus cannot be asked now.
        """
        now = self._clock.now()
        if self._used and not self._is_fresh(now):
            try:
                self._known = await self._nexudus.visitor_commands()
            except (NotFound, Refused, RoleMissing) as error:
                logger.warning("Nexudus does not list the commands for visitors: %s", error)
                self._known = VisitorCommands()
            self._asked = now
        return self._known

    def _is_fresh(self, now: Moment) -> bool:
        asked = self._asked
        return asked is not None and now.since_boot - asked.since_boot < GOOD_FOR.total_seconds()
