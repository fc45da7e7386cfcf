"""Reading a store back: the newest valid snapshot and every frame behind it.

Nothing is written here. A frame that was being written when the power failed, or that the disk refused, stands last in
its journal and was never acknowledged; a journal that was begun after it carries on with its number, so a frame is only
taken while no later journal begins with the same number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.state import frame, snapshot
from kiosk.state.changes import replay
from kiosk.state.disk import Disk
from kiosk.state.frame import Frame
from kiosk.state.sealing import Broken, Sealer
from kiosk.state.snapshot import Content

SPARE = "journal.spare"
UNFINISHED = ".new"
_NAME = re.compile(r"(snapshot|journal)\.(\d{6,})\.(json|log|sealed)")


def snapshot_name(generation: int, *, sealed: bool) -> str:
    """The file of a snapshot."""
    return f"snapshot.{generation:06}.{'sealed' if sealed else 'json'}"


def journal_name(generation: int) -> str:
    """The file of a journal."""
    return f"journal.{generation:06}.log"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a store by generation."""

    snapshots: dict[int, str]
    journals: dict[int, str]

    @classmethod
    def among(cls, names: Iterable[str]) -> Files:
        """Those that are the store's; anything else is left alone."""
        files = cls({}, {})
        for match in filter(None, map(_NAME.fullmatch, sorted(names))):
            kind = files.snapshots if match[1] == "snapshot" else files.journals
            kind[int(match[2])] = match[0]
        return files

    @property
    def last(self) -> int:
        """The highest generation in use."""
        return max((*self.snapshots, *self.journals), default=0)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was read back.

    Attributes:
        content: The tables.
        base: The generation of the snapshot it rests on; 0 for none.
        base_bytes: The size of that snapshot.
        files: The files of the store.
        pages: Pages of frames behind that snapshot.
        last: The payload of the last frame that the content rests on; None if it rests on the snapshot alone. Of all
            that was read only this may stand in the cache alone: each frame before it was flushed before the next one
            was written, and a snapshot has its name only when it has been flushed.
        damage: What could not be read, in words for staff; empty if all is well.
    """

    content: Content
    base: int
    base_bytes: int
    files: Files
    pages: int
    last: bytes | None
    damage: tuple[str, ...]


def recover(disk: Disk, folder: Path, sealer: Sealer | None) -> Recovered:
    """Read a store. Raises OSError, StateSealed, StateTooNew; damage is reported, not raised."""
    files = Files.among(disk.names(folder))
    damage: list[str] = []
    base, base_bytes, content = _newest(disk, folder, files, sealer, damage)
    journals = []
    for generation in sorted(number for number in files.journals if number >= base):
        raw = disk.read(folder / files.journals[generation])
        journals.append((files.journals[generation], frame.decode(raw, generation, sealer)))
    damage += [f"{name} has a page that cannot be read" for name, read in journals if read.gap]
    sequence = content.sequence
    last = None
    for one in _standing([read.frames for _, read in journals]):
        if one.sequence <= sequence:
            continue
        if one.sequence != sequence + 1:
            damage.append(f"{one.sequence - sequence - 1} transactions after number {sequence} are lost")
        sequence, last = one.sequence, one.payload
        try:
            replay(one.payload, content.tables, content.last_ids)
        except (ValueError, KeyError, TypeError) as error:
            damage.append(f"transaction {one.sequence} makes no sense ({type(error).__name__})")
    pages = sum(read.pages for _, read in journals)
    whole = Content(content.tables, content.last_ids, sequence)
    return Recovered(whole, base, base_bytes, files, pages, last, tuple(damage))


def _newest(
    disk: Disk, folder: Path, files: Files, sealer: Sealer | None, damage: list[str]
) -> tuple[int, int, Content]:
    for generation in sorted(files.snapshots, reverse=True):
        name = files.snapshots[generation]
        try:
            raw = disk.read(folder / name)
            return generation, len(raw), snapshot.decode(raw, generation, sealer)
        except Broken as error:
            damage.append(f"{name} cannot be used: {error}")
    if files.snapshots:
        damage.append("no snapshot is left; what the journals hold was kept")
    return 0, 0, Content()


def _standing(journals: Sequence[Sequence[Frame]]) -> list[Frame]:
    """The frames that stand: those from which no later journal starts anew."""
    kept: list[Frame] = []
    limit: int | None = None
    for frames in reversed([frames for frames in journals if frames]):
        kept[:0] = [one for one in frames if limit is None or one.sequence < limit]
        limit = frames[0].sequence if limit is None else min(limit, frames[0].sequence)
    return kept
