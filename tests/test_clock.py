from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

import kiosk.clock
from kiosk.clock import SystemClock
from kiosk.desk.clock import Anchor, ClockQuality


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


class Device:
    """A device that has lost the time, a thousand seconds after it was switched on."""

    def __init__(self, mark: Path) -> None:
        self.wall = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
        self.seconds = 1000.0
        self.clock = SystemClock(mark.parent, mark, lambda: self.wall, lambda: self.seconds)
        self.boot = self.clock.now().boot

    def anchor(self, true: datetime, uncertainty: float = 0.6, boot: str | None = None) -> Anchor:
        return Anchor(boot or self.boot, self.seconds, true, uncertainty)


@pytest.fixture
def device(mark: Path) -> Device:
    return Device(mark)


NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def test_a_clock_that_was_told_the_time_counts_on_from_there_and_says_so(device: Device) -> None:
    assert device.clock.now().quality is ClockQuality.UNSET

    device.clock.learn(device.anchor(NOON))
    device.seconds += 90

    now = device.clock.now()
    assert (now.wall, now.quality) == (NOON + timedelta(seconds=90), ClockQuality.SERVER)
    assert now.since_boot == 1090.0


def test_a_clock_that_is_set_goes_before_what_it_was_told(device: Device) -> None:
    device.clock.learn(device.anchor(NOON))
    device.wall = NOON + timedelta(seconds=3)

    now = device.clock.now()
    assert (now.wall, now.quality) == (device.wall, ClockQuality.SET)


def test_the_time_does_not_jump_with_each_answer(device: Device) -> None:
    device.clock.learn(device.anchor(NOON))
    device.clock.learn(device.anchor(NOON + timedelta(seconds=1)))

    assert device.clock.now().wall == NOON


@pytest.mark.parametrize(
    ("later", "uncertainty"),
    [(1.3, 0.6), (-1.3, 0.6), (1.0, 0.3), (60.0, 5.0)],
    ids=["contradicts", "contradicts backwards", "twice as sure", "far away"],
)
def test_a_better_time_takes_the_place_of_the_first(device: Device, later: float, uncertainty: float) -> None:
    device.clock.learn(device.anchor(NOON))
    device.clock.learn(device.anchor(NOON + timedelta(seconds=later), uncertainty))

    assert device.clock.now().wall == NOON + timedelta(seconds=later)


def test_no_clock_learns_from_another_boot_or_from_a_server_that_has_lost_the_time_too(device: Device) -> None:
    device.clock.learn(device.anchor(NOON, boot="another"))
    device.clock.learn(device.anchor(datetime(2025, 12, 31, tzinfo=UTC)))

    assert device.clock.now().quality is ClockQuality.UNSET
