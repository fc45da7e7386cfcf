"""Looks whether the settings file has changed, and whether what it says now can be used."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

logger = logging.getLogger(__name__)

Fingerprint = tuple[int, int, int]
"""Inode, size and time of change in ns: other for every file that is put in the place of another, or written to."""


class Change(Enum):
    """What has become of the settings file since the kiosk started."""

    NONE = auto()
    """It says what the kiosk runs on."""
    VALID = auto()
    """It says something else, which can be used."""
    REFUSED = auto()
    """It cannot be used."""


@dataclass
class SettingsWatch:
    """Looks at one file. `look` waits for the disk, so it belongs to a thread.

    Attributes:
        file: The settings file. One that is not there says nothing: the defaults are meant.
        says: Reads the file and answers whether it says something else than what the kiosk runs on. Raises ValueError,
            with a sentence for staff, if it cannot be used.
        seen: The file as it was read at the start; None if it was not there.
        refused: Why it is refused; empty while it is not.
    """

    file: Path
    says: Callable[[], bool]
    seen: Fingerprint | None
    refused: str = ""
    _change: Change = field(default=Change.NONE, init=False)
    _moving: Fingerprint | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._moving = self.seen
        self._change = Change.REFUSED if self.refused else Change.NONE

    def look(self) -> Change:
        """How the file stands. It is read once it has been the same at two looks: an editor may still be writing."""
        now = fingerprint(self.file)
        if now == self.seen:
            self._moving = now
            return self._change
        if now != self._moving:
            self._moving = now
            return self._change
        self.seen = now
        self._change = self._judge()
        return self._change

    def _judge(self) -> Change:
        try:
            differs = self.says()
        except ValueError as error:
            self.refused = str(error)
            logger.error("the changed settings are refused, and the kiosk stays as it is: %s", error)
            return Change.REFUSED
        if self.refused or differs:
            then = "the kiosk starts anew at the next idle moment" if differs else "the kiosk runs on them already"
            logger.info("the settings have changed: %s", then)
        self.refused = ""
        return Change.VALID if differs else Change.NONE


def fingerprint(file: Path) -> Fingerprint | None:
    """A file as it is now; None if it is not there or cannot be looked at."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
