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

    def __init__(self, disk: Disk, folder: Path, generation: int, size: int, step: int) -> None:
        """Make it ready: the spare of an older life, or a new file; `step` is by how many bytes it grows when it is
        full. Raises OSError."""
        self._disk = disk
        self._step = step
        self.generation = generation
        self.end = 0
        path, unfinished = folder / journal_name(generation), folder / (journal_name(generation) + UNFINISHED)
        recycled = SPARE in disk.names(folder)
        if recycled:
            disk.rename(folder / SPARE, unfinished)
        self._file = disk.open(unfinished, new=not recycled)
        try:
            self.size = disk.size(self._file) if recycled else 0
            self.extend(size)
            disk.rename(unfinished, path)
            disk.flush_folder(folder)
        except OSError:
            self.close()
            with contextlib.suppress(OSError):
                disk.remove(unfinished)
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
