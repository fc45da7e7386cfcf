"""A disk that comes off while a process goes on, and is put back: a card that lost contact, a cable that was pulled."""

from __future__ import annotations

import errno
import os
from random import Random

from tests.state.medium import Fate
from tests.state.power import End, PoweredDisk, Trouble

_CALLS = ("make_folder", "names", "read", "open", "write", "size", "flush", "rename", "remove", "flush_folder")


class UnpluggedDisk(PoweredDisk):
    """What was in the cache alone when it came off may be lost, as by a power cut. When it is back, files open by name
    again; those that were open stay dead.

    Attributes:
        comes_off_after: The number of the call after which it comes off.
        fate: What happens to that which was not flushed.
    """

    def __init__(self, draws: Random) -> None:
        super().__init__(draws)
        self.comes_off_after: int | None = None
        self.fate = Fate(odds=0, in_order=False)
        self.watch = self._come_off_in_time
        self._dead: set[int] = set()

    @property
    def has_been_off(self) -> bool:
        """Whether it has come off at some time."""
        return bool(self._dead)

    @property
    def is_off(self) -> bool:
        """Whether it is away at present."""
        return self.trouble is not None

    def come_off(self) -> None:
        """From now on every call fails."""
        left = self.after(End.POWER_CUT, self.fate, self._draws)
        self._cached, self._named, self._pending = left._cached, left._named, []
        self._dead |= set(self._open)
        self.trouble = Trouble(_CALLS, errno.EIO, None)

    def put_back(self) -> None:
        """Calls by name succeed again."""
        self.trouble = None

    def write(self, file: int, data: bytes, offset: int) -> None:
        """See `Disk`."""
        self._ask(file)
        super().write(file, data, offset)

    def size(self, file: int) -> int:
        """See `Disk`."""
        self._ask(file)
        return super().size(file)

    def flush(self, file: int) -> None:
        """See `Disk`."""
        self._ask(file)
        super().flush(file)

    def _ask(self, file: int) -> None:
        if file in self._dead:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def _come_off_in_time(self) -> None:
        if self.calls == self.comes_off_after:
            self.come_off()
