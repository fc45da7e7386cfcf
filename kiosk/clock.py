"""The device's clock: wall time, time since boot, and whether the wall time can be believed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from kiosk.desk.clock import EARLIEST, Anchor, ClockQuality, Moment

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_SYNCHRONISED = Path("/run/systemd/timesync/synchronized")


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _since_boot() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class SystemClock:
    """Reads Linux's clocks. `since_boot` is CLOCK_BOOTTIME, which no one can set and which counts suspended time.

    While the system's clock is not set, a true time that it was told (`learn`) serves instead.

    Args:
        boot_id: Where the kernel tells the boot's id.
        synchronised: The mark that systemd-timesyncd leaves once it has set the clock.
        wall: The system's wall clock.
        since_boot: Seconds since this boot.
    """

    def __init__(
        self,
        boot_id: Path = _BOOT_ID,
        synchronised: Path = _SYNCHRONISED,
        wall: Callable[[], datetime] = _utc_now,
        since_boot: Callable[[], float] = _since_boot,
    ) -> None:
        self._synchronised = synchronised
        self._wall = wall
        self._since_boot = since_boot
        self._learning = threading.Lock()
        self._anchor: Anchor | None = None
        try:
            self._boot = boot_id.read_text().strip()
        except OSError:
            # No /proc: a boot is then told by when it began, to the second.
            self._boot = f"since-{int(time.time() - time.clock_gettime(time.CLOCK_BOOTTIME))}"

    def now(self) -> Moment:
        """The present moment."""
        wall, since_boot, anchor = self._wall(), self._since_boot(), self._anchor
        if self._is_set(wall):
            return Moment(wall, since_boot, self._boot, ClockQuality.SET)
        if anchor is not None:
            return Moment(anchor.time_at(since_boot), since_boot, self._boot, ClockQuality.SERVER)
        return Moment(wall, since_boot, self._boot, ClockQuality.UNSET)

    def learn(self, anchor: Anchor) -> None:
        """Take note of the true time of a point of this boot, from any thread. The first one is kept until another is
        better, so that the time does not jump with each."""
        if anchor.boot != self._boot or anchor.true < EARLIEST:
            return
        with self._learning:
            if self._anchor is None or anchor.betters(self._anchor):
                self._anchor = anchor

    def _is_set(self, wall: datetime) -> bool:
        """A clock older than this program is certainly wrong; else systemd-timesyncd's mark decides where it runs at
        all."""
        if wall < EARLIEST:
            return False
        watched = self._synchronised.parent.is_dir()
        return self._synchronised.exists() or not watched
