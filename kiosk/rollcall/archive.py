"""Roll calls as text files. They hold names, so they are for the kiosk's user alone, and go like everything else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.atomic_file import replace_file
from kiosk.desk.people import PersonId
from kiosk.desk.ports import NotRecorded
from kiosk.desk.staff import NotPossible

_NAME = "rollcall-%Y%m%d-%H%M%S.txt"
_FILES = "rollcall-*.txt"


class RollArchive:
    """A folder of roll calls. The last line of each holds the ids of who is in it, so that somebody can be forgotten.

    Args:
        folder: Where they lie; it is made with the first.
        days: For how long they are kept.
        now: The present moment, in UTC.
    """

    def __init__(self, folder: Path, days: int, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._kept_for = timedelta(days=days)
        self._now = now

    def save(self, text: str, people: Iterable[PersonId]) -> Path:
        """Keep a roll call, whole and on the disk; answers where it lies. Raises NotPossible."""
        path = self._folder / self._now().strftime(_NAME)
        ids = " ".join(map(str, people))
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            replace_file(path, f"{text}\n({ids})\n".encode("utf-8", "replace"))
        except OSError as error:
            raise NotPossible(f"{path} cannot be written: {error.strerror}. Check the disk.") from error
        return path

    def sweep(self) -> None:
        """Remove what is older than it is to be kept. A name that is none of these stays."""
        now = self._now()
        for path in self._folder.glob(_FILES):
            with contextlib.suppress(ValueError, OSError):
                if datetime.strptime(path.name, _NAME).replace(tzinfo=now.tzinfo) < now - self._kept_for:
                    path.unlink()

    def forget(self, person: PersonId) -> None:
        """Remove every roll call that has this person. Raises NotRecorded."""
        for path in self._folder.glob(_FILES):
            try:
                last = path.read_text("utf-8", "replace").rstrip().rpartition("\n")[2]
                if str(person) in last.strip("()").split():
                    path.unlink()
            except OSError as error:
                raise NotRecorded(f"{path} cannot be removed: {error.strerror}. Remove it by hand.") from error
