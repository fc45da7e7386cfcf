"""Copies of damaged files as they were found, for whoever can make more of them than the repair did."""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path

from kiosk.state.disk import Disk
from kiosk.state.errors import StateNotWritten

logger = logging.getLogger(__name__)

DAMAGED = "damaged"
_STAMP = "%Y%m%dT%H%M%S"


def keep_copies(disk: Disk, folder: Path) -> None:
    """Copy the files of a store to a folder named after the present time. That it cannot be done is told to the log:
    the repair is worth more."""
    copies = folder / DAMAGED / f"{datetime.now(UTC):{_STAMP}}"
    try:
        disk.make_folder(folder / DAMAGED)
        disk.make_folder(copies)
        for name in disk.names(folder):
            if name.startswith(("snapshot.", "journal.")):
                file = disk.open(copies / name, new=True)
                try:
                    disk.write(file, disk.read(folder / name), 0)
                    disk.flush(file)
                finally:
                    disk.close(file)
        disk.flush_folder(copies)
    except OSError as error:
        logger.error("the damaged files could not be kept aside: %s", error.strerror)


def discard_copies(folder: Path, before: datetime | None) -> None:
    """Remove the copies of a store's files that were made before a time; all if none is given. They hold people's
    names as much as the store does. Raises StateNotWritten."""
    limit = None if before is None else before.astimezone(UTC).strftime(_STAMP)
    kept = folder / DAMAGED
    try:
        for copies in sorted(kept.iterdir()) if kept.is_dir() else ():
            if limit is None or copies.name < limit:
                shutil.rmtree(copies)
    except OSError as error:
        raise StateNotWritten(
            f"Copies of damaged files in {kept} cannot be removed: {error.strerror}. Remove them by hand."
        ) from error
