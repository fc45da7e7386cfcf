"""Roll calls as text files. They hold names, so they are for the kiosk's user alone and go like everything else."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.atomic_file import replace_file
from kiosk.desk.staff import NotPossible

_NAME = "rollcall-%Y%m%d-%H%M%S.txt"


class RollArchive:
    """A folder of roll calls.

    Args:
        folder: Where they lie; it is made with the first.
        days: For how long they are kept.
    """

    def __init__(self, folder: Path, days: int) -> None:
        self._folder = folder
        self._kept_for = timedelta(days=days)

    def save(self, text: str, at: datetime) -> Path:
        """Keep a roll call, whole and on the disk; what is too old goes. Answers where it lies. Raises NotPossible."""
        self.sweep(at)
        path = self._folder / at.strftime(_NAME)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_file(path, text.encode("utf-8", "replace"))
        except OSError as error:
            raise NotPossible(f"{path} cannot be written: {error.strerror}. Check the disk.") from error
        return path

    def sweep(self, now: datetime) -> None:
        """Remove what is older than it is to be kept. A name that is none of these stays."""
        for path in self._folder.glob("rollcall-*.txt"):
            with contextlib.suppress(ValueError, OSError):
                if datetime.strptime(path.name, _NAME).replace(tzinfo=now.tzinfo) < now - self._kept_for:
                    path.unlink()
