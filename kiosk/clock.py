"""The device's clock: wall time, time since boot, and whether the wall time can be believed."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from kiosk.desk.clock import ClockQuality, Moment

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
_FLOOR = datetime(2026, 1, 1, tzinfo=UTC)


class SystemClock:
    """Reads Linux's clocks. `since_boot` is CLOCK_BOOTTIME, which no one can set and which counts suspended time."""

    def __init__(self, boot_id: Path = _BOOT_ID, synchronised: Path = _SYNCHRONISED) -> None:
        self._synchronised = synchronised
        try:
            self._boot = boot_id.read_text().strip()
        except OSError:
            # No /proc: a boot is then told by when it began, to the second.
            self._boot = f"since-{int(time.time() - time.clock_gettime(time.CLOCK_BOOTTIME))}"

    def now(self) -> Moment:
        """The present moment."""
        wall = datetime.now(UTC)
        return Moment(wall, time.clock_gettime(time.CLOCK_BOOTTIME), self._boot, self._quality(wall))

    def _quality(self, wall: datetime) -> ClockQuality:
        """A clock older than this program is certainly wrong; else systemd-timesyncd's mark decides where it runs at
        all."""
        if wall < _FLOOR:
            return ClockQuality.UNSET
        watched = self._synchronised.parent.is_dir()
        return ClockQuality.UNSET if watched and not self._synchronised.exists() else ClockQuality.SET
