"""The few things a store asks of a disk, as a Protocol: the real disk below the kiosk, a simulated one below the
tests that cuts its power."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """Files by path, open ones by number. Every call may raise OSError.

    What is promised is what a POSIX file system promises, and no more: bytes are on the medium once `flush` has
    returned, a name is once `flush_folder` has.
    """

    def make_folder(self, folder: Path) -> None:
        """Make a folder, readable by its owner alone, where there is none; its name is durable on return."""
        ...

    def names(self, folder: Path) -> Sequence[str]:
        """The names in a folder."""
        ...

    def read(self, path: Path) -> bytes:
        """All of a file."""
        ...

    def open(self, path: Path, *, new: bool) -> int:
        """Open a file for writing; with `new` it is made, or emptied. Readable by its owner alone."""
        ...

    def write(self, file: int, data: bytes, offset: int) -> None:
        """Put all of `data` at `offset`, extending the file where needed."""
        ...

    def size(self, file: int) -> int:
        """The length of an open file."""
        ...

    def flush(self, file: int) -> None:
        """Wait until everything written to this file, and its length, are on the medium."""
        ...

    def close(self, file: int) -> None:
        """Close a file. Nothing is flushed by it."""
        ...

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in place of whatever had it."""
        ...

    def remove(self, path: Path) -> None:
        """Remove a file. It is no error if there is none."""
        ...

    def flush_folder(self, folder: Path) -> None:
        """Wait until the names in a folder are on the medium."""
        ...


class RealDisk:
    """Fulfils `Disk` through Linux."""

    def make_folder(self, folder: Path) -> None:
        """See `Disk`."""
        if not folder.is_dir():
            if not folder.parent.is_dir():
                self.make_folder(folder.parent)
            folder.mkdir(exist_ok=True, mode=0o700)
        elif os.listdir(folder):
            return
        # Also where it was there and is empty: whoever made it may have been cut off before this.
        self.flush_folder(folder.parent)

    def names(self, folder: Path) -> Sequence[str]:
        """See `Disk`."""
        return os.listdir(folder)

    def read(self, path: Path) -> bytes:
        """See `Disk`."""
        return path.read_bytes()

    def open(self, path: Path, *, new: bool) -> int:
        """See `Disk`."""
        return os.open(path, os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT | os.O_TRUNC if new else 0), 0o600)

    def write(self, file: int, data: bytes, offset: int) -> None:
        """See `Disk`."""
        written = os.pwrite(file, data, offset)
        while written < len(data):
            written += os.pwrite(file, data[written:], offset + written)

    def size(self, file: int) -> int:
        """See `Disk`."""
        return os.fstat(file).st_size

    def flush(self, file: int) -> None:
        """See `Disk`. Not fsync: the times of a file need no flush of their own."""
        os.fdatasync(file)

    def close(self, file: int) -> None:
        """See `Disk`."""
        os.close(file)

    def rename(self, old: Path, new: Path) -> None:
        """See `Disk`."""
        os.replace(old, new)

    def remove(self, path: Path) -> None:
        """See `Disk`."""
        path.unlink(missing_ok=True)

    def flush_folder(self, folder: Path) -> None:
        """See `Disk`."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
