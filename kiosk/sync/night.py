"""What the courier does by the clock: check out who stayed beyond the cut-off, close what was left open, then compare
the day with Nexudus."""

from __future__ import annotations

from kiosk.sync.audit import Audit
from kiosk.sync.auto_check_out import AutoCheckOut
from kiosk.sync.leftovers import Leftovers


class Night:
    """The work of a night, in its order. Each part knows when it is due and does nothing otherwise."""

    def __init__(self, auto_check_out: AutoCheckOut, leftovers: Leftovers, audit: Audit) -> None:
        self._auto_check_out = auto_check_out
        self._leftovers = leftovers
        self._audit = audit

    async def work(self) -> None:
        """Do what is due. Raises NexudusError for what could not be done now, and NotRecorded."""
        await self._auto_check_out.close()
        await self._leftovers.close()
        await self._audit.compare()
