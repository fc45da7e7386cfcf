"""The storage engine: a transaction is one frame in a journal, and now and then a snapshot makes the journals short.

Generation N is `snapshot.N` and `journal.N`, which carries on from it. Two generations are kept, so that a snapshot
that goes bad is made up for by the one before and its longer journals. Nothing that has been acknowledged is ever
written over while it is needed: a frame never shares a page with another, a file is replaced by renaming, and a
journal is used for frames again only when two newer snapshots are on the medium.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterable
from enum import Enum
from pathlib import Path

from kiosk.state import frame, snapshot
from kiosk.state.beside import Beside, Turn
from kiosk.state.changes import NOTHING
from kiosk.state.disk import Disk
from kiosk.state.errors import StateNotWritten
from kiosk.state.frame import PAGE
from kiosk.state.journal import Journal
from kiosk.state.recovery import SPARE, UNFINISHED, Recovered, journal_name, snapshot_name
from kiosk.state.sealing import Sealer
from kiosk.state.sizes import Sizes
from kiosk.state.snapshot import Content

logger = logging.getLogger(__name__)


class Start(Enum):
    """How the writing of a store begins, and why."""

    BEHIND = "a journal behind what was recovered"
    ANEW = "a snapshot, since what was recovered is damaged"
    ERASING = "a snapshot and nothing older beside it, since what is older has another form"


class Engine:
    """Writes one store. Not for two threads at once, but for its own snapshots: the storage that owns it holds `turn`.

    Args:
        disk: Where.
        folder: The store's folder, which this process alone writes to.
        recovered: What it holds.
        sealer: Seals what is written from now on; None leaves it in the clear.
        content: The present content, called with `turn` held; what it returns must not change afterwards.
        turn: Held while anything is committed.
        beside: Writes the snapshots beside the commits.
        sizes: When to do what.
    """

    def __init__(
        self,
        disk: Disk,
        folder: Path,
        recovered: Recovered,
        sealer: Sealer | None,
        content: Callable[[], Content],
        turn: Turn,
        beside: Beside,
        sizes: Sizes,
    ) -> None:
        self._disk = disk
        self._folder = folder
        self._sealer = sealer
        self._content = content
        self._turn = turn
        self._beside = beside
        self._sizes = sizes
        self._generation = recovered.files.last
        self._sequence = recovered.content.sequence
        self._last = recovered.last
        self._snapshots = [recovered.base] if recovered.base else []
        self._chain = len(recovered.files.journals)
        self._backlog = recovered.pages * PAGE
        self._snapshot_bytes = recovered.base_bytes
        self._since_snapshot = 0  # bytes of changes
        self._journal: Journal | None = None
        self._swept = False
        self._one_snapshot = beside.turn()
        self._recycles = True
        self._compacting = False
        self._compacted: Callable[[], None] | None = None
        self._compact_at = 0
        self._compaction_fails = False

    @property
    def sequence(self) -> int:
        """The number of the last frame."""
        return self._sequence

    def begin(self, start: Start) -> None:
        """Sweep what an interrupted write left, and begin a journal.

        Where the disk refuses, what was recovered can be read all the same, and a power cut may still take the last
        transaction if it stands in the cache alone. Nothing is acknowledged before the disk takes a whole snapshot.

        Raises StateNotWritten where something is to be erased and is not.
        """
        if start is Start.ERASING:
            # Not behind a journal: no frame of the new form before a snapshot of it, by which alone a next start would
            # see that this one has not come to its end.
            self.compact(erase=True)
            return
        try:
            if start is Start.ANEW or not self._snapshots:
                self._begin_anew(self._content())
            else:
                self._sweep()
                self._journal = self._next_journal(self._sizes.first)
                self._carry_over(self._journal)
        except OSError as error:
            self._abandon()
            logger.error("the state in %s can only be read for now: %s", self._folder.name, _reason(error))
        self._plan()

    def commit(self, payload: bytes, content: Callable[[], Content]) -> None:
        """Make one transaction durable.

        Args:
            payload: Its changes.
            content: All tables with the changes carried out; called only for a huge one.

        Raises:
            StateNotWritten: It is not; the same may be tried again at once.
        """
        try:
            if len(payload) > self._sizes.huge:
                after = content()
                self._begin_anew(Content(after.tables, after.last_ids, self._sequence + 1))
            else:
                self._append(payload)
        except OSError as error:
            self._abandon()
            raise self._refusal(error) from error
        self._sequence += 1
        self._since_snapshot += len(payload)
        journal = self._journal
        if journal is not None and not self._compacting and self._backlog + journal.end >= self._compact_at:
            self._compact_aside()

    def compact(self, *, erase: bool = False) -> None:
        """Write a snapshot now, and wait for it; with `erase` nothing older is kept, not even as a spare.

        Raises StateNotWritten.
        """
        self.wait()
        try:
            with self._one_snapshot:
                self._compact_and_erase() if erase else self._compact()
        except OSError as error:
            raise self._refusal(error) from error

    def wait(self) -> None:
        """Wait for a snapshot that is being written."""
        if self._compacted is not None:
            self._compacted()

    def close(self) -> None:
        """Let go of the files. Everything acknowledged is on the medium already."""
        self.wait()
        self._abandon()

    def _carry_over(self, journal: Journal) -> None:
        """Settle where the past ends, as the first frame of the new journal, before anything is built upon it.

        The last frame is written anew. Where it stands it may be in the cache alone: the last process was killed before
        it had flushed it, or its flush failed, after which no flush of that file takes it to the medium any more.

        Where the content rests on a snapshot alone, a transaction that changes nothing takes the next number. A frame
        that was refused may be gone from the cache alone, and would come back from the medium after a power cut; it
        stands no more where a later journal begins with its number.
        """
        sequence, payload = (self._sequence, self._last) if self._last is not None else (self._sequence + 1, NOTHING)
        journal.append(frame.encode(journal.generation, sequence, payload, self._sealer))
        self._sequence, self._last = sequence, None

    def _sweep(self) -> None:
        """Once, before anything that is being made can be taken for what an interrupted write left."""
        if not self._swept:
            for name in self._disk.names(self._folder):
                if name.endswith(UNFINISHED):
                    self._disk.remove(self._folder / name)
            self._swept = True

    def _append(self, payload: bytes) -> None:
        if self._journal is None:
            self._begin_anew(self._content())
        journal = self._journal
        if journal is None:  # it was just begun, or that raised
            raise OSError
        journal.append(frame.encode(journal.generation, self._sequence + 1, payload, self._sealer))

    def _begin_anew(self, content: Content) -> None:
        """A new generation that rests on nothing older: at the beginning, after a failure, and for a huge transaction.

        The journal comes first: it carries nothing until the snapshot before it is there.
        """
        self._sweep()
        generation = self._generation + 1
        journal = self._next_journal(self._sizes.first)
        try:
            self._write_snapshot(content, generation)
        except OSError:
            journal.close()
            with contextlib.suppress(OSError):  # tried again and again, it must not fill the disk
                self._disk.remove(self._folder / journal_name(generation))
            raise
        self._abandon()
        self._journal, self._backlog, self._chain, self._since_snapshot = journal, 0, 1, 0
        self._plan()
        self._drop_old()

    def _next_journal(self, size: int) -> Journal:
        self._generation += 1
        self._chain += 1
        return Journal(self._disk, self._folder, self._generation, size, self._sizes.step, recycle=False)

    def _abandon(self) -> None:
        journal, self._journal = self._journal, None
        if journal is not None:
            journal.close()

    def _plan(self) -> None:
        """When to write the next snapshot: so that it costs at most half of what the frames before it did, and where
        that is soon, while the journal has room for those that come meanwhile."""
        size = self._journal.size if self._journal is not None else 0
        wanted = max(size * 7 // 8, self._snapshot_bytes * 2)
        self._compact_at = 0 if self._chain > self._sizes.chain else wanted

    # Snapshots, beside the commits.

    def _compact_aside(self) -> None:
        def work() -> None:
            try:
                with self._one_snapshot:
                    self._compact()
                if self._compaction_fails:
                    logger.info("snapshots of the state can be written again")
                self._compaction_fails = False
            except (OSError, MemoryError) as error:
                self._put_off(error)
            finally:
                self._compacting = False

        self._compacting = True
        try:
            self._compacted = self._beside.start(work)
        except OSError as error:  # the transaction is on the medium: nothing may look as if it were not
            self._compacting = False
            self._put_off(error)

    def _put_off(self, error: OSError | MemoryError) -> None:
        """A snapshot beside the commits has failed. No business of whoever is checking in: their frames are safe in the
        journal, which goes on."""
        if not self._compaction_fails:
            logger.error("a snapshot of the state cannot be written: %s", _reason(error))
        self._compaction_fails = True
        with self._turn:
            end = self._journal.end if self._journal is not None else 0
            self._compact_at = self._backlog + end + self._sizes.least

    def _compact(self) -> None:
        """Switch to a new journal, write what was before it as a snapshot, let go of what is two snapshots old."""
        with self._turn:
            self._generation += 1
            generation = self._generation
            # Twice the snapshot that is to come, at most: what it is made of. And an eighth, for the next one's time.
            wanted = (self._snapshot_bytes + self._since_snapshot) * 17 // 8
        wanted = min(max(self._sizes.least, wanted), self._sizes.most)
        journal = Journal(self._disk, self._folder, generation, wanted, self._sizes.step, recycle=self._recycles)
        with self._turn:
            if self._generation != generation or self._journal is None:
                journal.close()
                if self._journal is None:
                    # A commit was refused. What it may have left must not pass for the past of what comes now.
                    self._begin_anew(self._content())
                return  # else something was begun anew meanwhile, and serves as well
            old, self._journal = self._journal, journal
            content = self._content()
            self._since_snapshot = 0
            self._backlog += old.end
            self._chain += 1
        old.close()
        self._write_snapshot(content, generation)
        with self._turn:
            if self._journal is journal:
                self._backlog, self._chain = 0, 1
                self._plan()
            self._drop_old()

    def _write_snapshot(self, content: Content, generation: int) -> None:
        data = snapshot.encode(content, generation, self._sealer)
        path = self._folder / snapshot_name(generation, sealed=self._sealer is not None)
        unfinished = path.with_name(path.name + UNFINISHED)
        try:
            file = self._disk.open(unfinished, new=True)
            try:
                self._disk.write(file, data, 0)
                self._disk.flush(file)
            finally:
                self._disk.close(file)
            self._disk.rename(unfinished, path)
            self._disk.flush_folder(self._folder)
        except OSError:
            for leftover in (unfinished, path):  # what was refused must not be there after a restart
                with contextlib.suppress(OSError):
                    self._disk.remove(leftover)
            raise
        with self._turn:
            self._snapshot_bytes = len(data)
            self._snapshots = sorted([*self._snapshots, generation])

    def _drop_old(self) -> None:
        """Let go of everything before the last snapshot but one. What cannot be removed now is removed next time.

        `turn` is held: two at a time would give two journals the name of the spare. Nothing while something is erased:
        that has an order of its own.
        """
        if not self._recycles:
            return
        self._snapshots = self._snapshots[-2:]
        with contextlib.suppress(OSError):
            for name in self._older_than(self._snapshots[0]):
                if name.endswith(UNFINISHED):  # perhaps being written at this moment; a start sweeps what is left
                    continue
                if name.endswith(".log") and SPARE not in self._disk.names(self._folder):
                    self._disk.rename(self._folder / name, self._folder / SPARE)
                else:
                    self._disk.remove(self._folder / name)

    def _older_than(self, generation: int) -> list[str]:
        """The store's files of former generations."""
        names = []
        for name in sorted(self._disk.names(self._folder)):
            kind, _, rest = name.partition(".")
            number = rest.partition(".")[0]
            if kind in ("snapshot", "journal") and number.isdecimal() and int(number) < generation:
                names.append(name)
        return names

    def _compact_and_erase(self) -> None:
        """Leave nothing but a new snapshot and its journal. No old journal becomes a new one meanwhile: its pages still
        hold what is to go."""
        self._recycles = False
        try:
            self._compact()
            with self._turn:
                self._snapshots = self._snapshots[-1:]
                journals = [name for name in self._older_than(self._snapshots[0]) if name.startswith("journal.")]
                self._remove([*journals, SPARE])
                # The snapshots last: while one is there, a start sees that not everything has gone.
                self._remove(self._older_than(self._snapshots[0]))
        finally:
            self._recycles = True

    def _remove(self, names: Iterable[str]) -> None:
        for name in names:
            self._disk.remove(self._folder / name)
        self._disk.flush_folder(self._folder)

    def _refusal(self, error: OSError) -> StateNotWritten:
        return StateNotWritten(
            f"The state in {self._folder} cannot be written: {_reason(error)}. Check that the disk is there and not "
            f"full."
        )


def _reason(error: OSError | MemoryError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return os.strerror(number) if number else str(error) or type(error).__name__
