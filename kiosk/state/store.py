"""The folder that holds the state: one writer at a time, two databases."""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tinydb.table import Table

from kiosk.state.errors import StateDamaged, StateError, StateInUse, StateMissing, StateNotWritten
from kiosk.state.storage import AtomicStorage, Tables

PRECIOUS, DIRECTORY, LOCK = "events.json", "directory.json", "lock"


class Database:
    """TinyDB tables over one file, with a lock for threads and transactions over several tables."""

    def __init__(self, path: Path, storage: AtomicStorage | None = None) -> None:
        self._path = path
        self._storage = storage or AtomicStorage(path)
        self._lock = threading.RLock()

    def table(self, name: str) -> Table:
        """A table, for use inside `transaction()`, or where no other thread is about.

        Made anew each time and without a query cache: TinyDB's tables remember results and the next id, which would
        outlive a transaction that was rolled back.
        """
        return Table(self._storage, name, cache_size=0)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One durable write for everything inside, or none. Raises StateNotWritten."""
        with self._lock, self._storage.transaction():
            yield

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """For making sense of what a former process wrote. Raises StateDamaged where it makes none."""
        try:
            with self._lock:
                yield
        except (KeyError, TypeError, ValueError) as error:
            raise StateDamaged(
                f"{self._path} holds a record that nobody can read ({type(error).__name__}). Move it away; the kiosk "
                f"then starts without it."
            ) from error


class Store:
    """The state folder, opened for writing.

    Two databases, since they deserve different care: `precious` (events, presence, attempts, location) cannot be had
    again; `directory` can be read from Nexudus at any time.
    """

    def __init__(self, folder: Path) -> None:
        """Open or make the folder. Raises StateInUse, StateDamaged or StateNotWritten."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock_file = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StateNotWritten(
                f"The state folder {folder} cannot be used: {error.strerror}. Name another with --state."
            ) from error
        try:
            self._claim()
            self.precious = Database(folder / PRECIOUS)
            self.directory = Database(folder / DIRECTORY)
        except BaseException:
            os.close(self._lock_file)
            raise

    def _claim(self) -> None:
        """Take the folder, and write who has it. The kernel gives the lock back when this process ends, however it
        ends."""
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._lock_file, 32, 0).decode(errors="replace").strip() or "another process"
            raise StateInUse(
                f"The state in {self.folder} is in use by process {holder}. Stop that kiosk first, or use another "
                f"--state."
            ) from error
        os.ftruncate(self._lock_file, 0)
        os.pwrite(self._lock_file, f"{os.getpid()}\n".encode(), 0)

    def close(self) -> None:
        """Give the folder back. Doing it twice does no harm."""
        if self._lock_file >= 0:
            os.close(self._lock_file)
        self._lock_file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Reading:
    """The databases as they were at one moment, for reading alone."""

    precious: Database
    directory: Database


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[Reading]:
    """Read the state beside whoever writes to it: without the lock, and without changing anything.

    Raises:
        StateMissing: There is none.
        StateError: It may not be read by this user.
        StateDamaged: A file cannot be read.
    """
    try:
        (folder / PRECIOUS).stat()
    except (FileNotFoundError, NotADirectoryError):
        raise StateMissing(
            f"There is no state in {folder} yet. Run 'kiosk setup' first, or name another with --state."
        ) from None
    except OSError as error:
        raise StateError(
            f"The state in {folder} cannot be read: {error.strerror}. Ask as the kiosk's own user."
        ) from error
    yield Reading(
        Database(folder / PRECIOUS, _Snapshot(folder / PRECIOUS)),
        Database(folder / DIRECTORY, _Snapshot(folder / DIRECTORY)),
    )


def holder_of(folder: Path) -> int | None:
    """The process that has the folder now, asked of the kernel: to try the lock could refuse it to a kiosk that is just
    starting."""
    try:
        number = (folder / LOCK).stat().st_ino
        locks = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
        if any("FLOCK" in lock and any(part.endswith(f":{number}") for part in lock) for lock in locks):
            return int((folder / LOCK).read_text())
    except (OSError, ValueError):
        pass
    return None


class _Snapshot(AtomicStorage):
    """A file as it was when it was opened. What lies half-written beside it belongs to the process that writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open_transactions = 0
        self._dirty = False
        self._written = None
        self._tables = self._load()

    def write(self, data: Tables) -> None:
        """Refuse."""
        raise StateNotWritten(f"{self._path} was opened for reading alone.")
