"""The journalled database: what was acknowledged is there after any end."""

from __future__ import annotations

import errno
import os
from enum import IntEnum
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from kiosk.bench.disks import let_snapshots_end
from kiosk.state.database import Database, open_database, read_database
from kiosk.state.errors import StateNotWritten, StateSealed
from kiosk.state.frame import PAGE
from kiosk.state.sealing import Sealer

KEY = Sealer(b"k" * 32)


class Level(IntEnum):
    HIGH = 7


def numbers(database: Database) -> list[int]:
    return [doc["n"] for doc in database.table("numbers").all()]


def filled(folder: Path, count: int) -> Database:
    database = open_database(folder)
    for number in range(count):
        database.table("numbers").insert({"n": number})
    return database


@pytest.mark.parametrize("count", [0, 1, 47, 500])
def test_what_was_written_is_there_after_an_end_without_any_closing(tmp_path: Path, count: int) -> None:
    filled(tmp_path / "a", count)
    let_snapshots_end()  # a process that ends takes its threads along; here they would go on beside the next

    again = open_database(tmp_path / "a")

    assert again.damage == ()
    assert numbers(again) == list(range(count))


def test_a_snapshot_is_plain_json_that_any_tinydb_opens(tmp_path: Path) -> None:
    database = filled(tmp_path / "a", 5)
    database.compact()
    database.close()

    newest = max((tmp_path / "a").glob("snapshot.*.json"))
    with TinyDB(newest, access_mode="r") as stock:
        assert [doc["n"] for doc in stock.table("numbers").all()] == list(range(5))


def test_a_frame_that_was_being_written_is_discarded_and_all_before_it_kept(tmp_path: Path) -> None:
    filled(tmp_path / "a", 3)
    journal = max((tmp_path / "a").glob("journal.*.log"))
    raw = bytearray(journal.read_bytes())
    raw[2 * PAGE + 50 : 3 * PAGE] = os.urandom(PAGE - 50)
    journal.write_bytes(raw)

    again = open_database(tmp_path / "a")

    assert (again.damage, numbers(again)) == ((), [0, 1])


def test_a_page_that_went_bad_costs_itself_alone_and_the_files_are_kept_aside(tmp_path: Path) -> None:
    filled(tmp_path / "a", 4)
    journal = max((tmp_path / "a").glob("journal.*.log"))
    raw = bytearray(journal.read_bytes())
    raw[PAGE : 2 * PAGE] = bytes(PAGE)
    journal.write_bytes(raw)

    again = open_database(tmp_path / "a")

    assert any("lost" in said for said in again.damage)
    assert numbers(again) == [0, 2, 3]
    kept = next((tmp_path / "a" / "damaged").iterdir())
    assert (kept / journal.name).read_bytes() == bytes(raw)
    assert open_database(tmp_path / "a").damage == ()


def test_a_newest_snapshot_that_went_bad_is_made_up_for_by_the_one_before(tmp_path: Path) -> None:
    database = filled(tmp_path / "a", 3)
    database.compact()
    database.table("numbers").insert({"n": 3})
    database.close()
    max((tmp_path / "a").glob("snapshot.*.json")).write_bytes(b"{}")

    again = open_database(tmp_path / "a")

    assert again.damage
    assert numbers(again) == [0, 1, 2, 3]


@pytest.mark.parametrize("call", ["pwrite", "fdatasync"])
def test_a_refused_write_changes_nothing_and_it_goes_on_when_the_disk_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    database = filled(tmp_path / "a", 2)

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as full:
        full.setattr(os, call, refuse)
        for _ in range(3):
            with pytest.raises(StateNotWritten, match="No space left on device"):
                database.table("numbers").insert({"n": 99})
        assert numbers(database) == [0, 1]
    database.table("numbers").insert({"n": 2})

    assert numbers(database) == numbers(open_database(tmp_path / "a")) == [0, 1, 2]


@pytest.mark.parametrize("given", [{"n": Level.HIGH}, {"n": (1, 2)}, {1: "a"}, {"n": [Level.HIGH, {2: None}]}])
def test_what_is_kept_is_what_a_file_gives_back(tmp_path: Path, given: dict[Any, Any]) -> None:
    database = open_database(tmp_path / "a")
    database.table("numbers").insert(given)

    kept, read = database.table("numbers").all(), open_database(tmp_path / "a").table("numbers").all()

    assert repr(kept) == repr(read)


def test_a_sealed_state_tells_nothing_and_opens_with_its_key_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    database = open_database(folder, opener=KEY, sealer=KEY)
    database.table("people").insert({"name": "Ada Lovelace"})
    database.compact()
    database.table("people").insert({"name": "Grace Hopper"})
    database.close()

    assert not any(b"Lovelace" in file.read_bytes() or b"Hopper" in file.read_bytes() for file in folder.iterdir())
    with pytest.raises(StateSealed):
        open_database(folder, opener=Sealer(b"x" * 32))
    with pytest.raises(StateSealed):
        read_database(folder)
    assert len(read_database(folder, KEY).table("people")) == 2


def test_nothing_of_what_was_removed_is_left_after_an_erasing_snapshot(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a")
    database.table("people").insert({"name": "Ada Lovelace"})
    database.compact()
    database.table("people").truncate()

    database.compact(erase=True)

    assert not any(b"Lovelace" in file.read_bytes() for file in (tmp_path / "a").iterdir())
