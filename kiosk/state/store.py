"""The folder that holds the state: one writer at a time, two databases."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kiosk.state.database import Database, open_database, read_database
from kiosk.state.disk import Disk
from kiosk.state.errors import (
    StateDamaged,
    StateError,
    StateInUse,
    StateMissing,
    StateNotWritten,
    StateSealed,
    StateTooNew,
)
from kiosk.state.former import take_over
from kiosk.state.sealing import CLEAR, AtRest

logger = logging.getLogger(__name__)

PRECIOUS, DIRECTORY, LOCK = "precious", "directory", "lock"


class Store:
    """The state folder, opened for writing.

    Two databases, since they deserve different care: `precious` (events, presence, attempts, location) cannot be had
    again and is repaired as far as possible; `directory` can be read from Nexudus at any time and is begun anew if it
    cannot be opened.
    """

    def __init__(self, folder: Path, at_rest: AtRest = CLEAR, disk: Disk | None = None) -> None:
        """Open or make the folder.

        Args:
            folder: Where.
            at_rest: How it lies there.
            disk: The disk below the databases.

        Raises:
            StateInUse: Another process has it.
            StateSealed, StateTooNew: What cannot be had again is left as it is.
            StateDamaged: The disk does not give it back.
            StateNotWritten: The disk refuses.
        """
        self.folder = folder
        with contextlib.ExitStack() as opened:
            self._claim(opened)
            self.precious = open_database(folder / PRECIOUS, disk, at_rest.opener, at_rest.sealer)
            opened.callback(self.precious.close)
            take_over(folder, self.precious)
            self.directory = _open_directory(folder / DIRECTORY, disk, at_rest)
            opened.callback(self.directory.close)
            self._opened = opened.pop_all()

    @property
    def damage(self) -> tuple[str, ...]:
        """What of the precious part could not be read when it was opened, in words for staff."""
        return self.precious.damage

    def _claim(self, opened: contextlib.ExitStack) -> None:
        """Take the folder, and write who has it. The kernel gives the lock back when this process ends, however it
        ends."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StateNotWritten(
                f"The state folder {self.folder} cannot be used: {error.strerror}. Name another with --state."
            ) from error
        opened.callback(os.close, lock)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(lock, 32, 0).decode(errors="replace").strip() or "another process"
            raise StateInUse(
                f"The state in {self.folder} is in use by process {holder}. Stop that kiosk first, or use another "
                f"--state."
            ) from error
        with contextlib.suppress(OSError):  # a full disk: the lock holds, it only has no name on it
            os.ftruncate(lock, 0)
            os.write(lock, f"{os.getpid()}\n".encode())

    def close(self) -> None:
        """Give the folder back. Doing it twice does no harm."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _open_directory(folder: Path, disk: Disk | None, at_rest: AtRest) -> Database:
    try:
        database = open_database(folder, disk, at_rest.opener, at_rest.sealer)
    except (StateDamaged, StateSealed, StateTooNew) as error:
        logger.error("the directory cannot be opened and is read from Nexudus again: %s", error)
        shutil.rmtree(folder, ignore_errors=True)
        return open_database(folder, disk, at_rest.opener, at_rest.sealer)
    if database.damage:
        database.discard_copies()  # what could not be read is soon read from Nexudus again
    return database


@dataclass(frozen=True, slots=True)
class Reading:
    """The databases as they were at one moment, for reading alone."""

    precious: Database
    directory: Database


@contextlib.contextmanager
def read_only(folder: Path, at_rest: AtRest = CLEAR) -> Iterator[Reading]:
    """Read the state beside whoever writes to it: without the lock, and without changing anything.

    Raises:
        StateMissing: There is none.
        StateError: It may not be read by this user.
        StateSealed: It is sealed with a key that is not at hand.
        StateDamaged: The disk does not give it back.
    """
    try:
        os.listdir(folder / PRECIOUS)
    except (FileNotFoundError, NotADirectoryError):
        raise StateMissing(
            f"There is no state in {folder} yet. Run 'kiosk setup' first, or name another with --state."
        ) from None
    except OSError as error:
        raise StateError(
            f"The state in {folder} cannot be read: {error.strerror}. Ask as the kiosk's own user."
        ) from error
    opener = at_rest.opener
    yield Reading(read_database(folder / PRECIOUS, opener), read_database(folder / DIRECTORY, opener))


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
