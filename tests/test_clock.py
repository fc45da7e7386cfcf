from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

import kiosk.clock
from kiosk.clock import SystemClock
from kiosk.desk.clock import ClockQuality


class Summer2026(datetime):
    """The wall clock of a device whose time has been set."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Summer2026:
        return cls(2026, 7, 1, 12, 0, tzinfo=tz)


class Epoch(datetime):
    """The wall clock of a device that has just lost it."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Epoch:
        return cls(1970, 1, 1, 0, 5, tzinfo=tz)


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """Where systemd-timesyncd would leave its mark; it does not run here until the folder is made."""
    return tmp_path / "timesync" / "synchronized"


def test_every_moment_of_a_boot_carries_its_id_utc_and_a_time_that_only_grows(tmp_path: Path) -> None:
    boot_id = tmp_path / "boot_id"
    boot_id.write_text("3f1c2d4e-0000-4000-8000-5a5a5a5a5a5a\n")
    clock = SystemClock(boot_id)

    first, second = clock.now(), clock.now()

    assert first.boot == second.boot == "3f1c2d4e-0000-4000-8000-5a5a5a5a5a5a"
    assert first.wall.tzinfo is UTC
    assert 0 < first.since_boot <= second.since_boot


def test_without_proc_a_boot_still_has_an_id(tmp_path: Path) -> None:
    clock = SystemClock(tmp_path / "absent")

    assert clock.now().boot.startswith("since-")
    assert clock.now().boot == clock.now().boot


def test_the_clock_is_believed_once_timesyncd_has_left_its_mark(mark: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kiosk.clock, "datetime", Summer2026)
    mark.parent.mkdir()
    clock = SystemClock(synchronised=mark)

    assert clock.now().quality is ClockQuality.UNSET
    mark.touch()
    assert clock.now().quality is ClockQuality.SET


def test_the_clock_is_believed_where_timesyncd_does_not_run(mark: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kiosk.clock, "datetime", Summer2026)

    assert SystemClock(synchronised=mark).now().quality is ClockQuality.SET


def test_a_clock_older_than_the_program_is_not_believed_whatever_the_mark_says(
    mark: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiosk.clock, "datetime", Epoch)
    mark.parent.mkdir()
    mark.touch()

    assert SystemClock(synchronised=mark).now().quality is ClockQuality.UNSET
