"""The journal that is being written: zeros laid down beforehand, then one frame after the other, each flushed once.

Because its pages are there already, a frame changes no metadata of the file system: one flush, and one page to the
card.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from kiosk.state.disk import Disk
from kiosk.state.frame import PAGE
from kiosk.state.recovery import SPARE, UNFINISHED, journal_name


class Journal:
    """One open journal. After an OSError it is not to be used again: what a flush has failed on once may be gone
    from the cache without having reached the medium, and a second flush would not say so."""

    def __init__(self, disk: Disk, folder: Path, generation: int, size: int, step: int, *, recycle: bool) -> None:
        """Make it ready. Raises OSError.

        Args:
            disk: Where.
            folder: The store's folder.
            generation: Its number.
            size: Its length at the beginning, in bytes.
            step: By how many bytes it grows when it is full.
            recycle: Whether to use the spare, if there is one. Nobody else may at the same time.
        """
        self._disk = disk
        self._step = step
        self.generation = generation
        self.end = 0
        path, made = folder / journal_name(generation), folder / (journal_name(generation) + UNFINISHED)
        recycled = recycle and SPARE in disk.names(folder)
        if recycled:
            # One change of its name at a time: of two that are both not on the medium a power cut may keep the second
            # alone, and a file with two names would be recycled by the one while it is needed by the other.
            disk.flush_folder(folder)
            made = folder / SPARE
        try:
            self._file = disk.open(made, new=not recycled)
            try:
                self.size = disk.size(self._file) if recycled else 0
                self.extend(size)
                disk.rename(made, path)
                disk.flush_folder(folder)
            except OSError:
                self.close()
                raise
        except OSError:
            for leftover in (made, path):  # tried again and again, it must not fill the disk
                with contextlib.suppress(OSError):
                    disk.remove(leftover)
            raise

    def extend(self, size: int) -> None:
        """Lay down zeros up to this size. Raises OSError."""
        if size > self.size:
            self._disk.write(self._file, bytes(size - self.size), self.size)
            self._disk.flush(self._file)
            self.size = size

    def append(self, frame: bytes) -> None:
        """Write a frame; it is on the medium on return. Raises OSError."""
        if self.end + len(frame) > self.size:
            self.extend(self.size + max(self._step, -(-len(frame) // PAGE) * PAGE))
        try:
            self._disk.write(self._file, frame, self.end)
            self._disk.flush(self._file)
        except OSError:
            with contextlib.suppress(OSError):  # so that, as far as the disk lets us, nobody reads what was refused
                self._disk.write(self._file, bytes(len(frame)), self.end)
            raise
        self.end += len(frame)

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):
            self._disk.close(self._file)
