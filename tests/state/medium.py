"""A file below the simulated disk: what of it is on the medium, what is in the cache alone, and what a power cut makes
of the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

PAGE = 4096
SECTOR = 512
ZEROS = bytes(PAGE)


@dataclass(frozen=True, slots=True)
class Fate:
    """What a power cut does, of all that it may do.

    `fsync` promises that what was flushed stays. It says nothing of the rest: a cache writes back when and in which
    order it likes, so that each page, each length and each name survives or not by itself.

    Attributes:
        odds: How likely anything unflushed is to survive, from 0 to 1.
        in_order: Whether the names change in the order of the calls, as in a file system with one log (ext4), or each
            by itself.
        torn: Whether a page may survive in parts, by sectors.
        garbage: Whether the page that was being programmed holds anything now.
        stale: Whether a page that was new to its file shows what another file once had there (ext4 with
            data=writeback), instead of zeros.
    """

    odds: float
    in_order: bool
    torn: bool = False
    garbage: bool = False
    stale: bool = False


@dataclass(slots=True, eq=False)
class MediumFile:
    """One file.

    Attributes:
        medium: The pages on the medium; one that is not there reads as zeros.
        medium_size: The length on the medium.
        size: The length as the processes see it.
        size_unflushed: Whether the next flush takes the length to the medium.
        dirty: By page, all that was written since the last flush, the newest last: any of it may be on the medium.
        stranded: Pages that a flush has failed on and that stayed in the cache as if they were on the medium: readers
            see them, no flush writes them.
    """

    medium: dict[int, bytes] = field(default_factory=dict)
    medium_size: int = 0
    size: int = 0
    size_unflushed: bool = False
    dirty: dict[int, list[bytes]] = field(default_factory=dict)
    stranded: dict[int, bytes] = field(default_factory=dict)

    def copy(self) -> MediumFile:
        """The same once more."""
        dirty = {number: list(versions) for number, versions in self.dirty.items()}
        return MediumFile(
            dict(self.medium), self.medium_size, self.size, self.size_unflushed, dirty, dict(self.stranded)
        )

    def read(self) -> bytes:
        """What a process reads."""
        return b"".join(map(self._page, range(-(-self.size // PAGE))))[: self.size]

    def write(self, data: bytes, offset: int) -> None:
        """Into the cache."""
        end = offset + len(data)
        for number in range(offset // PAGE, -(-end // PAGE)):
            start = number * PAGE
            first, last = max(start, offset), min(start + PAGE, end)
            part = data[first - offset : last - offset]
            if len(part) < PAGE:
                before = self._page(number)
                part = before[: first - start] + part + before[last - start :]
            self._put(number, ZEROS if part == ZEROS else part)
        if end > self.size:
            self.size, self.size_unflushed = end, True

    def empty(self) -> None:
        """As opening for a new beginning does. Until the next flush the old content may come back."""
        for number in range(-(-self.size // PAGE)):
            self._put(number, ZEROS)
        self.size, self.size_unflushed = 0, True

    def flush(self) -> None:
        """To the medium."""
        for number, versions in self.dirty.items():
            self.medium[number] = versions[-1]
        self.dirty.clear()
        if self.size_unflushed:
            self.medium_size, self.size_unflushed = self.size, False

    def fail_to_flush(self, draws: Random) -> None:
        """A flush that reports an error. Each page got there, or stays in the cache and counts as written, or is
        forgotten, or is spoilt on the medium. No later flush knows of any."""
        for number, versions in self.dirty.items():
            outcome = draws.randrange(4)
            if outcome == 0:
                self.medium[number] = versions[-1]
            elif outcome == 1:
                self.stranded[number] = versions[-1]
            elif outcome == 2:
                self.medium[number] = draws.randbytes(PAGE)
        self.dirty.clear()
        if self.size_unflushed and draws.random() < 0.5:
            self.medium_size = self.size
        self.size_unflushed = False

    def after_cut(self, fate: Fate, draws: Random, stale: Sequence[bytes]) -> MediumFile:
        """What is found when the power is back; `stale` are pages that other files have given up."""
        size = self._size_after(fate, draws)
        medium = dict(self.medium)
        if fate.stale and stale:
            for number in range(-(-self.medium_size // PAGE), -(-size // PAGE)):
                if number not in medium:
                    medium[number] = draws.choice(stale)
        for number, versions in self.dirty.items():
            medium[number] = _survivor(medium.get(number, ZEROS), versions, fate, draws)
        if fate.garbage and self.dirty:
            medium[draws.choice(list(self.dirty))] = draws.randbytes(PAGE)
        if size != self.medium_size:
            medium = {number: page for number, page in medium.items() if number * PAGE < size}
            last, within = divmod(size, PAGE)
            if within and last in medium:
                medium[last] = medium[last][:within] + bytes(PAGE - within)
        return MediumFile(medium, size, size)

    def _size_after(self, fate: Fate, draws: Random) -> int:
        if self.size == self.medium_size:
            return self.size
        if draws.random() < fate.odds:
            return self.size
        if draws.random() < 0.5:
            return self.medium_size
        return draws.randint(*sorted((self.medium_size, self.size)))

    def _page(self, number: int) -> bytes:
        versions = self.dirty.get(number)
        if versions is not None:
            return versions[-1]
        return self.stranded.get(number) or self.medium.get(number, ZEROS)

    def _put(self, number: int, page: bytes) -> None:
        self.stranded.pop(number, None)
        self.dirty.setdefault(number, []).append(page)


def _survivor(before: bytes, versions: Sequence[bytes], fate: Fate, draws: Random) -> bytes:
    """A page on the medium: as it was, as it became, or, torn, a part of each."""
    if fate.torn and draws.random() < 0.5:
        choices = (before, *versions)
        return b"".join(draws.choice(choices)[at : at + SECTOR] for at in range(0, PAGE, SECTOR))
    if draws.random() >= fate.odds:
        return before
    return versions[-1] if len(versions) == 1 else draws.choice(versions)
