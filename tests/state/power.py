"""A disk in memory whose power can fail at any call, and that keeps only what the real one must keep."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from random import Random

from tests.state.medium import PAGE, ZEROS, Fate, MediumFile

_FREED_PAGES = 64


class PowerCut(BaseException):
    """The process ends here, by whatever cause. No handler of errors may see this."""


class End(Enum):
    """How a process ends that has not come to its end."""

    POWER_CUT = "the power fails: what is in the cache alone may be lost"
    KILLED = "it is killed: the cache stays"


@dataclass(slots=True)
class Trouble:
    """What a disk refuses.

    Attributes:
        calls: The names of the calls.
        number: The errno that it gives.
        left: How many more times; None until somebody mends it.
    """

    calls: Collection[str]
    number: int
    left: int | None

    def strikes(self, call: str) -> bool:
        """Whether this call is refused."""
        if call not in self.calls or self.left == 0:
            return False
        if self.left is not None:
            self.left -= 1
        return True


@dataclass(frozen=True, slots=True)
class _NameChange:
    """A change of the folder that is not on the medium yet: a name goes, or comes to mean a file, or both at once."""

    gone: str | None
    name: str | None
    file: MediumFile | None

    def made_in(self, names: dict[str, MediumFile]) -> None:
        if self.gone is not None:
            names.pop(self.gone, None)
        if self.name is not None and self.file is not None:
            names[self.name] = self.file


class PoweredDisk:
    """Fulfils `Disk` for the files of one folder.

    Attributes:
        calls: How many calls that change something were made.
        ends_at: The number of the call in which the process ends.
        watch: Called after each call that changed something, while its caller waits.
        pass_on: Called before each call: whoever else is under way may go on first.
        trouble: What it refuses at present.
        struck: Called when it refuses something.
    """

    def __init__(self, draws: Random) -> None:
        self._draws = draws
        self._cached: dict[str, MediumFile] = {}
        self._named: dict[str, MediumFile] = {}
        self._pending: list[_NameChange] = []
        self._freed: list[bytes] = []
        self._open: dict[int, MediumFile] = {}
        self._opened = 0
        self._over = False
        self.calls = 0
        self.ends_at: int | None = None
        self.watch: Callable[[], None] | None = None
        self.pass_on: Callable[[], None] | None = None
        self.trouble: Trouble | None = None
        self.struck: Callable[[], None] | None = None

    # What befalls it.

    def end(self) -> None:
        """Whatever the process still tries, nothing of it happens."""
        self._over = True

    def after(self, end: End, fate: Fate, draws: Random) -> PoweredDisk:
        """The disk that the next process finds if this one ends now. This one goes on unchanged."""
        left = PoweredDisk(draws)
        if end is End.KILLED:
            copied = _Copies(lambda file: file.copy())
            left._cached = copied.of(self._cached)
            left._pending = [
                _NameChange(one.gone, one.name, None if one.file is None else copied.once(one.file))
                for one in self._pending
            ]
            left._named = copied.of(self._named)
        else:
            fallen = _Copies(lambda file: file.after_cut(fate, draws, self._freed))
            left._named = fallen.of(self._names_after(fate, draws))
            left._cached = dict(left._named)
        left._freed = list(self._freed)
        return left

    def _names_after(self, fate: Fate, draws: Random) -> dict[str, MediumFile]:
        names = dict(self._named)
        if fate.in_order:
            surviving = self._pending[: draws.randint(0, len(self._pending))]
        else:
            surviving = [one for one in self._pending if draws.random() < fate.odds]
        for one in surviving:
            one.made_in(names)
        return names

    def contents(self) -> dict[str, bytes]:
        """Every file, as a process reads it."""
        return {name: file.read() for name, file in self._cached.items()}

    def has_two_names_for_one_file(self) -> bool:
        """Whether a file is there twice: harmless until one of the names is written through."""
        return len(set(map(id, self._cached.values()))) < len(self._cached)

    # What the store asks of it.

    def make_folder(self, folder: Path) -> None:
        """See `Disk`. There is one folder, and it is there."""
        self._begin("make_folder")

    def names(self, folder: Path) -> Sequence[str]:
        """See `Disk`."""
        self._begin("names")
        return list(self._cached)

    def read(self, path: Path) -> bytes:
        """See `Disk`."""
        self._begin("read")
        return self._file(path).read()

    def open(self, path: Path, *, new: bool) -> int:
        """See `Disk`."""

        def make() -> None:
            if path.name in self._cached:
                self._cached[path.name].empty()
            else:
                self._rename(_NameChange(None, path.name, MediumFile()))

        if new:
            self._change("open", make)
        else:
            self._begin("open")
        self._opened += 1
        self._open[self._opened] = self._file(path)
        return self._opened

    def write(self, file: int, data: bytes, offset: int) -> None:
        """See `Disk`. One that is refused or does not come to its end may have put a part."""

        def put(size: int) -> None:
            self._open[file].write(data[:size], offset)

        def put_part() -> None:
            put(self._draws.randint(0, len(data) // PAGE) * PAGE)

        self._change("write", lambda: put(len(data)), failing=put_part)

    def size(self, file: int) -> int:
        """See `Disk`."""
        self._begin("size")
        return self._open[file].size

    def flush(self, file: int) -> None:
        """See `Disk`."""
        self._change("flush", self._open[file].flush, failing=lambda: self._open[file].fail_to_flush(self._draws))

    def close(self, file: int) -> None:
        """See `Disk`."""
        self._begin("close")
        del self._open[file]

    def rename(self, old: Path, new: Path) -> None:
        """See `Disk`."""
        self._change("rename", lambda: self._rename(_NameChange(old.name, new.name, self._file(old))))

    def remove(self, path: Path) -> None:
        """See `Disk`."""

        def remove() -> None:
            if path.name in self._cached:
                self._rename(_NameChange(path.name, None, None))

        self._change("remove", remove)

    def flush_folder(self, folder: Path) -> None:
        """See `Disk`. A flush that fails leaves the names as they were: the file system's log has them still."""

        def flush() -> None:
            self._named = dict(self._cached)
            self._pending.clear()

        self._change("flush_folder", flush)

    # How.

    def _begin(self, call: str, failing: Callable[[], None] | None = None) -> None:
        if self.pass_on is not None:
            self.pass_on()
        if self._over:
            raise PowerCut
        if self.trouble is not None and self.trouble.strikes(call):
            if failing is not None:
                failing()
            if self.struck is not None:
                self.struck()
            raise OSError(self.trouble.number, os.strerror(self.trouble.number))

    def _change(self, call: str, change: Callable[[], None], failing: Callable[[], None] | None = None) -> None:
        self._begin(call, failing)
        self.calls += 1
        if self.calls == self.ends_at:
            self._over = True
            if self._draws.random() < 0.5:
                change()
            elif call == "write" and failing is not None:
                failing()
            raise PowerCut
        change()
        if self.watch is not None:
            self.watch()

    def _file(self, path: Path) -> MediumFile:
        found = self._cached.get(path.name)
        if found is None:
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return found

    def _rename(self, change: _NameChange) -> None:
        before = list(self._cached.values())
        change.made_in(self._cached)
        self._pending.append(change)
        for file in before:
            if file not in self._cached.values():
                self._freed += [page for page in file.medium.values() if page is not ZEROS]
        del self._freed[:-_FREED_PAGES]


class _Copies:
    """Files copied once each, by whatever number of names."""

    def __init__(self, copy: Callable[[MediumFile], MediumFile]) -> None:
        self._copy = copy
        self._made: dict[int, MediumFile] = {}

    def once(self, file: MediumFile) -> MediumFile:
        made = self._made.get(id(file))
        if made is None:
            made = self._made[id(file)] = self._copy(file)
        return made

    def of(self, names: dict[str, MediumFile]) -> dict[str, MediumFile]:
        return {name: self.once(file) for name, file in names.items()}
