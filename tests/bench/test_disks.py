"""Disks with an eye on them: what is counted is what is asked of the disk, and it reaches the real one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kiosk.bench.disks import BareFlush, CountingDisk, SnapshotsSeen, Tally, TimingDisk, let_snapshots_end
from kiosk.state.beside import SNAPSHOT_THREAD
from kiosk.state.database import open_database
from kiosk.state.frame import PAGE


def test_each_byte_and_each_flush_is_counted_and_done(tmp_path: Path) -> None:
    disk = CountingDisk()

    file = disk.open(tmp_path / "a", new=True)
    disk.write(file, b"12345", 0)
    disk.write(file, b"678", 5)
    disk.flush(file)
    disk.close(file)
    disk.flush_folder(tmp_path)

    assert disk.awaited == Tally(flushes=2, written=8)
    assert disk.aside == Tally()
    assert (tmp_path / "a").read_bytes() == b"12345678"


def test_what_a_snapshot_writes_is_counted_apart(tmp_path: Path) -> None:
    disk = CountingDisk()
    file = disk.open(tmp_path / "a", new=True)

    thread = threading.Thread(target=disk.write, args=(file, b"123", 0), name=SNAPSHOT_THREAD)
    thread.start()
    let_snapshots_end()
    disk.close(file)

    assert not thread.is_alive()
    assert (disk.awaited, disk.aside) == (Tally(), Tally(written=3))


def test_a_store_writes_its_snapshots_in_the_thread_that_is_counted_apart(tmp_path: Path) -> None:
    disk = CountingDisk()
    with open_database(tmp_path / "a", disk) as database:
        for number in range(100):
            database.table("numbers").insert({"n": number})
        let_snapshots_end()

        assert disk.aside.flushes > 0
        assert disk.aside.written > 0


def test_an_insert_is_one_flush_and_one_page(tmp_path: Path) -> None:
    disk = CountingDisk()
    with open_database(tmp_path / "a", disk) as database:
        before = disk.awaited
        database.table("numbers").insert({"n": 1})

        assert disk.awaited.less(before) == Tally(flushes=1, written=PAGE)


def test_a_finished_snapshot_is_seen(tmp_path: Path) -> None:
    disk = SnapshotsSeen()
    with open_database(tmp_path / "a", disk) as database:
        before = disk.count
        database.compact()

        assert disk.count == before + 1


def test_the_time_of_each_flush_is_added_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([1.0, 3.5, 10.0, 10.25])
    monkeypatch.setattr("kiosk.bench.disks.time.perf_counter", lambda: next(ticks))
    disk = TimingDisk()

    file = disk.open(tmp_path / "a", new=True)
    disk.flush(file)
    disk.close(file)
    disk.flush_folder(tmp_path)

    assert disk.waited == 2.75


def test_a_bare_flush_stays_within_the_pages_laid_down_for_it(tmp_path: Path) -> None:
    flush = BareFlush(tmp_path, 2)
    for _ in range(5):
        flush()
    flush.close()

    assert (tmp_path / "flush").stat().st_size == 2 * PAGE
    assert any((tmp_path / "flush").read_bytes())
