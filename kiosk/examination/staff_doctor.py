"""`kiosk doctor` for the staff corner: the same look at the same things, from inside the kiosk that runs."""

from __future__ import annotations

import asyncio

from kiosk.desk.doctor import Condition, Examined
from kiosk.examination.device import examine
from kiosk.health.findings import Finding, Verdict
from kiosk.settings import Settings

_CONDITIONS = {
    Verdict.WRONG: Condition.WRONG,
    Verdict.NOTE: Condition.NOTE,
    Verdict.UNVERIFIED: Condition.UNVERIFIED,
    Verdict.WELL: Condition.WELL,
}


class StaffDoctor:
    """Fulfils the desk's `Doctor`. It has a loop in a thread of its own: the examination waits for disks and asks the
    kiosk, through its socket, for what is on the glass, so the screen's own loop has to be free."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def examine(self) -> list[Examined]:
        """See `Doctor.examine`."""
        found = await asyncio.to_thread(lambda: asyncio.run(examine(self._settings)))
        return [examined(one) for one in found]


def examined(finding: Finding) -> Examined:
    """A finding as the glass shows it."""
    part = f"{finding.subject}: {finding.about}"
    return Examined(part, _CONDITIONS[finding.verdict], finding.said, finding.cure)
