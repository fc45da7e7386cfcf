"""A reader beside a process that writes and takes snapshots, with no lock between the two."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.state.database import Database, open_database, read_database
from kiosk.state.disk import RealDisk
from tests.state.writing import KEPT, letters

ROOT = Path(__file__).parents[2]
READS = 300


class Writer:
    """A process that writes a store.

    Attributes:
        acknowledged: The last transaction that it has told of.
    """

    def __init__(self, folder: Path) -> None:
        worker = [sys.executable, "-m", "tests.state.writing", str(folder)]
        self._process = subprocess.Popen(worker, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._rest = b""
        self.acknowledged = 0

    def listen(self) -> int:
        """Wait until it has told of one more transaction at least; answers the last of all that it has told of."""
        assert self._process.stdout is not None
        before = self.acknowledged
        while self.acknowledged == before:
            told = os.read(self._process.stdout.fileno(), 1 << 16)
            assert told, "the writer has ended"
            *lines, self._rest = (self._rest + told).split(b"\n")
            self.acknowledged = int(lines[-1]) if lines else before
        return self.acknowledged

    def end(self) -> int:
        """Tell it to come to its end. Answers how it did."""
        self._process.communicate()
        return self._process.returncode


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    started = Writer(tmp_path / "store")
    yield started
    started.end()


def last_of(database: Database) -> int:
    """The last transaction that a reader sees, if it sees all of it and nothing of a later one."""
    assert database.damage == ()
    [total] = database.table("totals").all()
    last: int = total["last"]
    entries = {entry["number"]: len(entry["text"]) for entry in database.table("entries")}
    assert entries == {number: letters(number) for number in range(max(1, last - KEPT + 1), last + 1)}
    assert total["sum"] == sum(entries)
    return last


def generation(folder: Path) -> int:
    """The newest snapshot."""
    return max(int(path.name.split(".")[1]) for path in folder.glob("snapshot.*.json"))


def test_a_reader_finds_all_that_was_acknowledged_before_it_began_while_snapshots_are_taken(
    tmp_path: Path, writer: Writer
) -> None:
    writer.listen()
    before, seen = generation(tmp_path / "store"), 0

    for _ in range(READS):
        acknowledged = writer.listen()
        with read_database(tmp_path / "store") as beside:
            last = last_of(beside)
        assert last >= max(acknowledged, seen)
        seen = last

    assert writer.end() == 0
    assert generation(tmp_path / "store") > before + 5


def test_a_reader_whose_journal_is_written_over_before_it_has_read_it_looks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(tmp_path / "store")
    numbers = database.table("numbers")
    database.compact()
    numbers.insert({"n": 1})
    overtaken: list[int] = []

    def read(disk: RealDisk, path: Path) -> bytes:
        with path.open("rb", buffering=0) as file:
            if path.name.startswith("journal.") and not overtaken:
                for _ in range(3):
                    database.compact()
                numbers.insert({"n": 2})
                overtaken.append(os.fstat(file.fileno()).st_nlink)  # it has another name, and is not just gone
            return file.read()

    monkeypatch.setattr(RealDisk, "read", read)

    with read_database(tmp_path / "store") as beside:
        assert [doc["n"] for doc in beside.table("numbers")] == [1, 2]
    assert overtaken == [1]
