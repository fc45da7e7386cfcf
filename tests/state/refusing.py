"""The real disk, until it is told to refuse, or that its process is no more."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from kiosk.state.disk import RealDisk

CALLS = ("names", "read", "open", "write", "flush", "rename", "remove", "flush_folder")


class RefusingDisk(RealDisk):
    """Nothing is flushed: what a power cut takes is no business of its tests, and they write a great deal."""

    def __init__(self) -> None:
        self._call = ""
        self._passing = 0
        self._refused: int | None = 0
        self._ended = False

    def refuse(self, call: str, *, after: int, times: int | None) -> None:
        """Let `after` calls of a kind pass, and refuse the next `times`, or all of them (None)."""
        self._call, self._passing, self._refused = call, after, times

    def recover(self) -> None:
        """Refuse nothing more."""
        self._call = ""

    def end(self) -> None:
        """Its process was killed: whatever it still tries, nothing of it happens."""
        self._ended = True

    def make_folder(self, folder: Path) -> None:
        """See `Disk`."""
        folder.mkdir(exist_ok=True)

    def names(self, folder: Path) -> Sequence[str]:
        """See `Disk`."""
        self._ask("names")
        return super().names(folder)

    def read(self, path: Path) -> bytes:
        """See `Disk`."""
        self._ask("read")
        return super().read(path)

    def open(self, path: Path, *, new: bool) -> int:
        """See `Disk`."""
        self._ask("open")
        return super().open(path, new=new)

    def write(self, file: int, data: bytes, offset: int) -> None:
        """See `Disk`. A disk that is full has written half of it by then."""
        try:
            self._ask("write")
        except OSError:
            if not self._ended:
                super().write(file, data[: len(data) // 2], offset)
            raise
        super().write(file, data, offset)

    def flush(self, file: int) -> None:
        """See `Disk`."""
        self._ask("flush")

    def rename(self, old: Path, new: Path) -> None:
        """See `Disk`."""
        self._ask("rename")
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        """See `Disk`."""
        self._ask("remove")
        super().remove(path)

    def flush_folder(self, folder: Path) -> None:
        """See `Disk`."""
        self._ask("flush_folder")

    def _ask(self, call: str) -> None:
        if self._ended:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if call != self._call or self._refused == 0:
            return
        if self._passing:
            self._passing -= 1
            return
        if self._refused is not None:
            self._refused -= 1
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
