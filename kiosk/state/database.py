"""A TinyDB database in a folder: opened, repaired where that is possible, and said so."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tinydb import TinyDB

from kiosk.state.beside import Beside
from kiosk.state.copies import discard_copies, keep_copies
from kiosk.state.disk import Disk, RealDisk
from kiosk.state.engine import Start
from kiosk.state.errors import StateDamaged, StateNotWritten
from kiosk.state.journal_storage import JournalStorage
from kiosk.state.recovery import Files, Recovered, recover
from kiosk.state.sealing import Sealer
from kiosk.state.sizes import Sizes
from kiosk.state.snapshot import Content
from kiosk.state.table import IndexedTable

logger = logging.getLogger(__name__)

LOOKS = 5
"""A reader without the lock may find that a file has just been replaced; it looks again."""


class Database(TinyDB):
    """TinyDB over a `JournalStorage`: `table()`, `tables()`, `Query` as ever, and transactions over several tables.

    Attributes:
        damage: What could not be read when it was opened, in words for staff; empty if all was well.
    """

    def __init__(self, folder: Path, recovered: Recovered, storage: JournalStorage) -> None:
        self._folder = folder
        self._kept = storage
        self.damage = recovered.damage
        super().__init__(storage=lambda: storage)

    def table(self, name: str, **kwargs: object) -> IndexedTable:
        """A table; it is made when something is inserted."""
        known = self._tables.get(name)
        if isinstance(known, IndexedTable):
            return known
        made = IndexedTable(self._kept, name)
        self._tables[name] = made
        return made

    def tables(self) -> set[str]:
        """The names of the tables that hold documents."""
        return set(self._kept.names())

    def drop_table(self, name: str) -> None:
        """Remove every document of a table."""
        if name in self.tables():
            self.table(name).truncate()
        self._tables.pop(name, None)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One durable write for everything inside, or none. Raises StateNotWritten."""
        with self._kept.transaction():
            yield

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """For making sense of what a former process wrote. Raises StateDamaged where it makes none."""
        try:
            yield
        except (KeyError, TypeError, ValueError) as error:
            raise StateDamaged(
                f"{self._folder} holds a record that nobody can read ({type(error).__name__}). Move the folder away; "
                f"the kiosk then starts without it."
            ) from error

    def compact(self, *, erase: bool = False) -> None:
        """Write a snapshot now. With `erase` no older generation is kept, so that what was removed is gone from the
        files as well. Raises StateNotWritten."""
        self._kept.compact(erase=erase)

    def discard_copies(self, before: datetime | None = None) -> None:
        """Remove the copies that were kept of damaged files: those made before a time, or all. Raises
        StateNotWritten."""
        discard_copies(self._folder, before)


def open_database(
    folder: Path,
    disk: Disk | None = None,
    opener: Sealer | None = None,
    sealer: Sealer | None = None,
    *,
    sizes: Sizes | None = None,
    beside: Beside | None = None,
) -> Database:
    """Open a store for writing, making it if there is none.

    A damaged one is repaired as far as possible: its files are kept aside in `damaged`, and what can be read of them is
    carried on with. Where the disk takes nothing, being full, what the store holds can be read, and every write is
    refused until it takes one.

    Args:
        folder: The store's own folder. Its owner holds the state's lock.
        disk: The disk below it.
        opener: Opens what is sealed already.
        sealer: Seals what is written from now on.
        sizes: When a snapshot is due and the like.
        beside: Writes the snapshots beside the commits.

    Raises:
        StateSealed, StateTooNew: It is left as it is.
        StateDamaged: The disk does not give it back.
        StateNotWritten: The disk refuses to make the folder, or to give up what a state that is to be sealed holds in
            the clear.
    """
    disk = disk or RealDisk()
    try:
        disk.make_folder(folder)
    except OSError as error:
        raise StateNotWritten(f"The folder {folder} cannot be made: {error.strerror}. Check the disk.") from error
    recovered = _read(disk, folder, opener)
    if recovered.damage:
        logger.error("the state in %s was damaged and has been repaired: %s", folder.name, "; ".join(recovered.damage))
        keep_copies(disk, folder)
    storage = JournalStorage(recovered, beside)
    start = Start.ANEW if recovered.damage else Start.BEHIND
    if any(name.endswith(".sealed") != (sealer is not None) for name in recovered.files.snapshots.values()):
        # Whatever lay in the clear until now goes; also where that was once begun and did not come to its end.
        start = Start.ERASING
    storage.open_for_writing(disk, folder, recovered, sealer, sizes or Sizes(), start)
    return Database(folder, recovered, storage)


def read_database(folder: Path, opener: Sealer | None = None) -> Database:
    """Open a store for reading, beside whoever writes it. Every write is refused. Raises as `open_database` does."""
    disk = RealDisk()
    if not folder.is_dir():  # its writer has not come so far yet
        empty = Recovered(Content(), 0, 0, Files({}, {}), 0, None, ())
        return Database(folder, empty, JournalStorage(empty))
    looked = 0
    while True:
        looked += 1
        try:
            recovered = _read(disk, folder, opener)
            again = bool(recovered.damage) or _was_overtaken(disk, folder, recovered)
        except StateDamaged:
            if looked == LOOKS:
                raise
            continue
        if not again or looked == LOOKS:
            return Database(folder, recovered, JournalStorage(recovered))


def _read(disk: Disk, folder: Path, opener: Sealer | None) -> Recovered:
    with _readable(folder):
        return recover(disk, folder, opener)


@contextlib.contextmanager
def _readable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StateDamaged(f"The state in {folder} cannot be read: {error.strerror}. Check the disk.") from error


def _was_overtaken(disk: Disk, folder: Path, recovered: Recovered) -> bool:
    """Whether a journal has lost its name since its reader listed it. Its pages may have become another one's before
    they were read: what they held is missing then, and where it was the last one listed, nothing else tells.

    Raises StateDamaged.
    """
    read = {name for generation, name in recovered.files.journals.items() if generation >= recovered.base}
    with _readable(folder):
        return not read.issubset(disk.names(folder))
