"""The real disk, with an eye on it: how often it is flushed, how much is written, and how long a flush takes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.state.beside import SNAPSHOT_THREAD
from kiosk.state.disk import RealDisk
from kiosk.state.frame import PAGE


def behind() -> bool:
    """Whether this is done for a snapshot, which nobody waits for."""
    return threading.current_thread().name == SNAPSHOT_THREAD


def let_snapshots_end() -> None:
    """Wait until no store of this process writes a snapshot, so that each is counted where it was caused."""
    for thread in threading.enumerate():
        if thread.name == SNAPSHOT_THREAD:
            thread.join()


@dataclass(frozen=True, slots=True)
class Tally:
    """What a disk has been asked to do: flushes of files and of folders, and bytes of files."""

    flushes: int = 0
    written: int = 0

    def less(self, before: Tally) -> Tally:
        """What has come since."""
        return Tally(self.flushes - before.flushes, self.written - before.written)


class CountingDisk(RealDisk):
    """Counts what it does. Names (a renaming, a removal) cost blocks of the file system that are not counted, only the
    flush that makes them durable.

    Attributes:
        awaited: What somebody waited for.
        aside: What was done beside them, for snapshots.
    """

    def __init__(self) -> None:
        self.awaited = Tally()
        self.aside = Tally()
        self._turn = threading.Lock()

    def write(self, file: int, data: bytes, offset: int) -> None:
        """See `Disk`."""
        self._count(lambda tally: replace(tally, written=tally.written + len(data)))
        super().write(file, data, offset)

    def flush(self, file: int) -> None:
        """See `Disk`."""
        self._count(lambda tally: replace(tally, flushes=tally.flushes + 1))
        super().flush(file)

    def flush_folder(self, folder: Path) -> None:
        """See `Disk`."""
        self._count(lambda tally: replace(tally, flushes=tally.flushes + 1))
        super().flush_folder(folder)

    def _count(self, more: Callable[[Tally], Tally]) -> None:
        with self._turn:
            if behind():
                self.aside = more(self.aside)
            else:
                self.awaited = more(self.awaited)


class SnapshotsSeen(RealDisk):
    """Counts the snapshots that were finished: `count`."""

    def __init__(self) -> None:
        self.count = 0

    def rename(self, old: Path, new: Path) -> None:
        """See `Disk`. A snapshot is there once it has its name."""
        super().rename(old, new)
        self.count += new.name.startswith("snapshot.")


class TimingDisk(RealDisk):
    """Adds up how long flushes have kept somebody waiting: seconds of wall time in `waited`, snapshots left out."""

    def __init__(self) -> None:
        self.waited = 0.0

    def flush(self, file: int) -> None:
        """See `Disk`."""
        began = time.perf_counter()
        super().flush(file)
        self._add(began)

    def flush_folder(self, folder: Path) -> None:
        """See `Disk`."""
        began = time.perf_counter()
        super().flush_folder(folder)
        self._add(began)

    def _add(self, began: float) -> None:
        if not behind():
            self.waited += time.perf_counter() - began


class BareFlush:
    """One page into a file that is there already, and flushed: less than this nothing durable takes on this disk."""

    def __init__(self, folder: Path, pages: int) -> None:
        self._file = os.open(folder / "flush", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._pages = pages
        self._next = 0
        os.pwrite(self._file, bytes(pages * PAGE), 0)
        os.fsync(self._file)

    def __call__(self) -> float:
        """Do it once, on the next page; the seconds that it took."""
        page = os.urandom(PAGE)
        began = time.perf_counter()
        os.pwrite(self._file, page, self._next % self._pages * PAGE)
        os.fdatasync(self._file)
        taken = time.perf_counter() - began
        self._next += 1
        return taken

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)
