from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from tinydb.table import Table

from kiosk.state.errors import StateDamaged, StateNotWritten
from kiosk.state.storage import AtomicStorage
from tests.conftest import Disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.json"


def numbers(storage: AtomicStorage) -> list[int]:
    """What the storage holds, asked through TinyDB."""
    return [doc["n"] for doc in Table(storage, "numbers", cache_size=0).all()]


def add(storage: AtomicStorage, number: int) -> None:
    Table(storage, "numbers", cache_size=0).insert({"n": number})


def test_what_was_written_is_read_back_by_the_next_process_and_by_its_owner_alone(path: Path) -> None:
    storage = AtomicStorage(path)
    assert not path.exists()

    add(storage, 1)
    add(storage, 2)

    assert numbers(AtomicStorage(path)) == [1, 2]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_each_write_makes_a_new_file_and_leaves_the_old_one_as_it_was(path: Path) -> None:
    storage = AtomicStorage(path)
    add(storage, 1)
    for number in range(2, 6):
        before = path.read_bytes()
        with path.open("rb") as old:
            add(storage, number)

            assert old.read() == before
            assert os.fstat(old.fileno()).st_ino != path.stat().st_ino
    assert list(path.parent.iterdir()) == [path]


def test_a_write_is_flushed_before_it_is_renamed_and_the_folder_after(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    contents: list[Any] = []
    storage = AtomicStorage(path)
    add(storage, 1)
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(descriptor: int) -> None:
        steps.append("flush " + os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}")))
        contents.append(json.loads(path.read_bytes()))
        real_fsync(descriptor)

    def replace(source: Path, target: Path) -> None:
        steps.append(f"rename {source.name} {target.name}")
        assert json.loads(source.read_bytes())["numbers"] == {"1": {"n": 1}, "2": {"n": 2}}
        contents.append(json.loads(path.read_bytes()))
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    add(storage, 2)

    assert steps == ["flush events.json.new", "rename events.json.new events.json", f"flush {path.parent.name}"]
    old, new = {"numbers": {"1": {"n": 1}}}, {"numbers": {"1": {"n": 1}, "2": {"n": 2}}}
    assert contents == [old, old, new]


def test_whoever_reads_the_file_at_any_moment_finds_a_whole_state(path: Path) -> None:
    storage = AtomicStorage(path)
    add(storage, 0)
    done = threading.Event()
    seen: list[int] = []

    def read() -> None:
        while not done.is_set():
            seen.append(len(json.loads(path.read_bytes())["numbers"]))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(1, 60):
            add(storage, number)
    finally:
        done.set()
        reader.join()

    assert seen == sorted(seen)
    assert len(seen) > 1


def test_a_write_that_a_power_cut_interrupted_is_ignored(path: Path) -> None:
    add(AtomicStorage(path), 1)
    leftover = path.with_name("events.json.new")
    leftover.write_text('{"numbers": {"1": {"n": 1}, "2": {"n"')

    storage = AtomicStorage(path)

    assert numbers(storage) == [1]
    assert not leftover.exists()
    add(storage, 2)
    assert numbers(AtomicStorage(path)) == [1, 2]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 4096,
        b'{"numbers": {"1": {"n',
        b"\xff\xfe\xfd",
        b"[1, 2]",
        b"null",
        b'{"numbers": 3}',
        b'{"numbers": {"1": 3}}',
    ],
    ids=["empty", "zeros", "cut off", "noise", "a list", "null", "no table", "no document"],
)
def test_a_damaged_file_is_said_to_be_damaged_and_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(StateDamaged, match=r"events\.json .*Move it away"):
        AtomicStorage(path)

    assert path.read_bytes() == content


def test_a_file_that_cannot_be_read_is_said_to_be_damaged(path: Path) -> None:
    path.mkdir()

    with pytest.raises(StateDamaged, match="Check the disk"):
        AtomicStorage(path)


def test_a_transaction_is_one_write(path: Path, disk: Disk) -> None:
    storage = AtomicStorage(path)

    with storage.transaction():
        add(storage, 1)
        with storage.transaction():
            add(storage, 2)
        assert not path.exists()
        assert numbers(storage) == [1, 2]

    assert disk.renames == 1
    assert numbers(AtomicStorage(path)) == [1, 2]


def test_a_transaction_that_only_reads_writes_nothing(path: Path, disk: Disk) -> None:
    storage = AtomicStorage(path)

    with storage.transaction():
        assert numbers(storage) == []

    assert disk.renames == 0


def test_an_exception_inside_a_transaction_leaves_everything_as_it_was(path: Path) -> None:
    storage = AtomicStorage(path)
    add(storage, 1)
    before = path.read_bytes()

    with contextlib.suppress(LookupError), storage.transaction():
        add(storage, 2)
        raise LookupError

    assert path.read_bytes() == before
    assert numbers(storage) == [1]
    add(storage, 3)
    assert numbers(AtomicStorage(path)) == [1, 3]


@pytest.mark.parametrize("step", Disk.STEPS)
def test_a_write_that_the_disk_refuses_at_any_step_leaves_everything_as_it_was(
    path: Path, disk: Disk, step: str
) -> None:
    storage = AtomicStorage(path)
    add(storage, 1)
    before = path.read_bytes()
    disk.fill(step)

    with pytest.raises(StateNotWritten, match=r"No space left on device.*Check that the disk is not full"):
        add(storage, 2)

    assert numbers(storage) == [1]
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    disk.clear()
    add(storage, 3)
    assert numbers(AtomicStorage(path)) == [1, 3]


def test_a_refused_write_is_forgotten_even_while_the_file_cannot_be_read(
    path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = AtomicStorage(path)
    add(storage, 1)
    disk.fill()

    def refuse(_: Path) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", refuse)
        with pytest.raises(StateNotWritten):
            add(storage, 2)
    disk.clear()
    add(storage, 3)

    assert numbers(AtomicStorage(path)) == [1, 3]


@pytest.mark.parametrize("value", [object(), "\ud800"], ids=["no JSON", "no UTF-8"])
def test_a_value_that_no_file_can_hold_spoils_only_its_own_write(path: Path, value: object) -> None:
    storage = AtomicStorage(path)
    add(storage, 1)

    with contextlib.suppress(TypeError, ValueError, StateNotWritten):
        Table(storage, "numbers", cache_size=0).insert({"n": value})
    add(storage, 2)

    assert numbers(AtomicStorage(path)) == [1, 2]
