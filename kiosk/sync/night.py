"""What the courier does once a night: close what was left open, then compare the day with Nexudus."""

from __future__ import annotations

from kiosk.sync.audit import Audit
from kiosk.sync.leftovers import Leftovers


class Night:
    """The work of a night, in its order. Each part knows when it is due and does nothing otherwise."""

    def __init__(self, leftovers: Leftovers, audit: Audit) -> None:
        self._leftovers = leftovers
        self._audit = audit

    async def work(self) -> None:
        """Do what is due. Raises NexudusError for what could not be done now, and NotRecorded."""
        await self._leftovers.close()
        await self._audit.compare()
