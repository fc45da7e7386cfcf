"""Small files outside the databases, replaced whole.

A file that must outlive a power cut is written only here: to a new file beside it, which is on the disk before it takes
the old one's name, and whose new name is on the disk before anybody goes on. Whatever happens, the name holds what was
there before or what was to come, never a mixture.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Make `path` hold `data`, whole or not at all, and durable on return; readable by its owner alone.

    Raises:
        OSError: It may not be on the disk. The file holds the old data or the new.
    """
    # A name of its own: two processes that write at once do not write into one file.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a new name, or a removal, in `folder` on the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
