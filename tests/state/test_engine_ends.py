"""Single ends of the engine's that once cost something, each told as a story: a disk that is told what to refuse, and a
cut at one place."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kiosk.state.database import Database, open_database
from kiosk.state.errors import StateNotWritten
from kiosk.state.sealing import Sealer
from tests.state.histories import KEY, SIZES
from tests.state.medium import Fate
from tests.state.power import End, PowerCut, PoweredDisk, Trouble
from tests.state.turns import Turns

FOLDER = Path("state")
NOTHING_SURVIVES = Fate(odds=0, in_order=False)


class Stranding(Random):
    """Each page whose flush fails stays in the cache, and counts as written: what Linux does. A write that is refused
    puts nothing."""

    def randrange(self, *_: Any) -> int:
        return 1

    def randint(self, *_: Any) -> int:
        return 0


def opened(disk: PoweredDisk, turns: Turns | None = None, sealer: Sealer | None = None) -> Database:
    if turns is not None:
        disk.pass_on = turns.pass_on
    return open_database(FOLDER, disk, KEY, sealer, sizes=SIZES, beside=turns)


def numbers(database: Database) -> list[int]:
    assert database.damage == ()
    return [doc["n"] for doc in database.table("numbers").all()]


def snapshots(disk: PoweredDisk) -> set[str]:
    return {name for name in disk.contents() if name.startswith("snapshot.") and not name.endswith(".new")}


def after(end: End, disk: PoweredDisk, fate: Fate = NOTHING_SURVIVES) -> PoweredDisk:
    return disk.after(end, fate, Random(0))  # a fate of certainties draws nothing


def test_a_start_writes_anew_what_only_the_cache_still_held_before_it_builds_upon_it() -> None:
    disk = PoweredDisk(Stranding(0))
    database = opened(disk)
    disk.trouble = Trouble(("flush",), errno.EIO, left=1)
    disk.struck = lambda: setattr(disk, "trouble", Trouble(("write",), errno.EIO, left=None))  # nor can it be wiped
    with pytest.raises(StateNotWritten):
        database.table("numbers").insert({"n": 1})

    left = after(End.KILLED, disk)
    assert numbers(opened(left)) == [1]

    assert numbers(opened(after(End.POWER_CUT, left))) == [1]


class Reporting(Random):
    """A flush that reports an error has taken each page to the medium nevertheless."""

    def randrange(self, *_: Any) -> int:
        return 0


@pytest.mark.parametrize("before", [[], [0]])
def test_what_a_start_does_not_find_in_the_cache_does_not_come_back_from_the_medium(before: list[int]) -> None:
    disk = PoweredDisk(Reporting(0))
    table = opened(disk).table("numbers")
    for number in before:
        table.insert({"n": number})
    disk.trouble = Trouble(("flush",), errno.EIO, left=1)
    with pytest.raises(StateNotWritten):
        table.insert({"n": 9})

    assert numbers(opened(after(End.POWER_CUT, disk))) == [*before, 9]
    left = after(End.KILLED, disk)
    assert numbers(opened(left)) == before

    assert numbers(opened(after(End.POWER_CUT, left))) == before


@pytest.mark.parametrize("calls", [("write",), ("open", "write", "rename", "remove", "flush", "flush_folder")])
def test_a_store_opens_on_a_disk_that_takes_nothing_and_writes_again_when_it_does(calls: tuple[str, ...]) -> None:
    disk = PoweredDisk(Random(0))
    opened(disk).table("numbers").insert({"n": 1})
    left = after(End.POWER_CUT, disk)
    left.trouble = Trouble(calls, errno.ENOSPC, left=None)

    database = opened(left)
    assert numbers(database) == [1]
    with pytest.raises(StateNotWritten, match="No space left on device"):
        database.table("numbers").insert({"n": 2})
    assert numbers(database) == numbers(opened(after(End.POWER_CUT, left))) == [1]

    left.trouble = None
    database.table("numbers").insert({"n": 3})
    assert numbers(database) == numbers(opened(after(End.POWER_CUT, left))) == [1, 3]


def test_what_only_the_cache_held_is_settled_by_the_first_write_that_a_full_disk_takes() -> None:
    disk = PoweredDisk(Random(0))
    database = opened(disk)
    disk.ends_at = disk.calls + 2  # its frame is written, and not flushed
    with pytest.raises(PowerCut):
        database.table("numbers").insert({"n": 1})
    left = after(End.KILLED, disk)
    left.trouble = Trouble(("write",), errno.ENOSPC, left=None)
    database = opened(left)
    assert numbers(database) == [1]

    assert numbers(opened(after(End.POWER_CUT, left))) == []
    left.trouble = None
    database.table("numbers").insert({"n": 2})
    assert numbers(opened(after(End.POWER_CUT, left))) == [1, 2]


def test_no_power_cut_leaves_a_journal_with_two_names() -> None:
    disk = PoweredDisk(Random(0))
    database = opened(disk)
    recycled = []

    def watch() -> None:
        recycled.append("journal.spare" in disk.contents())
        for seed in range(8):  # some of the orders in which the names may reach the medium
            left = disk.after(End.POWER_CUT, Fate(odds=0.5, in_order=False), Random(seed))
            assert not left.has_two_names_for_one_file()

    disk.watch = watch
    for number in range(40):
        database.table("numbers").insert({"n": number})
        database.compact()

    assert recycled.count(False) > 20 < recycled.count(True)


@pytest.mark.parametrize("calls", range(20))
def test_a_snapshot_beside_a_refused_commit_does_not_carry_on_from_what_that_left(calls: int) -> None:
    disk, turns = PoweredDisk(Random(0)), Turns(Random(0), 0, PowerCut)
    database = opened(disk, turns)
    table = database.table("numbers")
    while not turns.is_under_way:
        table.insert({"n": 0})
    before = snapshots(disk)

    def fail_once_it_has_its_name() -> None:
        if snapshots(disk) != before:
            disk.trouble = Trouble(("flush_folder", "remove"), errno.EIO, left=None)

    disk.watch = fail_once_it_has_its_name
    with pytest.raises(StateNotWritten):
        table.insert({"n": 1, "pad": "x" * SIZES.huge})
    disk.watch = disk.trouble = None

    for _ in range(calls):
        turns.step()
    table.insert({"n": 2})
    left = after(End.POWER_CUT, disk)
    turns.finish()

    found = numbers(opened(left))
    assert (found[-1], 1 in found) == (2, False)


def tells(disk: PoweredDisk) -> list[str]:
    """The files in which the name of somebody is found."""
    return [name for name, raw in disk.contents().items() if b"Lovelace" in raw]


def with_a_spare_that_tells(disk: PoweredDisk) -> Database:
    database = opened(disk)
    database.table("people").insert({"name": "Ada Lovelace"})
    database.table("people").truncate()
    for _ in range(2):
        database.compact()
    assert tells(disk) == ["journal.spare"]
    return database


def test_an_erasing_snapshot_does_not_go_on_in_the_pages_of_the_spare() -> None:
    disk = PoweredDisk(Random(0))
    database = with_a_spare_that_tells(disk)

    database.compact(erase=True)

    assert tells(after(End.POWER_CUT, disk)) == []


def test_an_erasing_snapshot_that_cannot_remove_a_file_says_so_and_the_next_one_does() -> None:
    disk = PoweredDisk(Random(0))
    database = opened(disk)
    database.table("people").insert({"name": "Ada Lovelace"})
    database.table("people").truncate()
    disk.trouble = Trouble(("remove",), errno.EIO, left=1)

    with pytest.raises(StateNotWritten):
        database.compact(erase=True)
    assert tells(disk)
    database.compact(erase=True)

    assert tells(after(End.POWER_CUT, disk)) == []


def test_a_sealing_that_was_cut_off_anywhere_is_brought_to_its_end_by_the_next_start() -> None:
    clear = PoweredDisk(Random(0))
    with_a_spare_that_tells(clear).table("people").insert({"name": "Ada Lovelace"})
    whole = after(End.KILLED, clear)
    opened(whole, sealer=KEY)
    assert tells(whole) == []

    for call in range(1, whole.calls):
        for seed in range(6):  # some of the ways in which what is not flushed may survive
            disk = after(End.KILLED, clear)
            disk.ends_at = call
            with pytest.raises(PowerCut):
                opened(disk, sealer=KEY)
            left = disk.after(End.POWER_CUT, Fate(odds=(0, 0.5, 1)[seed % 3], in_order=False), Random(seed))

            assert len(opened(left, sealer=KEY).table("people")) == 1
            assert tells(left) == []


class NobodyFree(Turns):
    """No thread can be had."""

    def start(self, work: Callable[[], None]) -> Callable[[], None]:
        raise OSError("can't start new thread")


def test_a_transaction_stands_although_nobody_can_write_the_snapshot_that_it_makes_due() -> None:
    disk = PoweredDisk(Random(0))
    table = opened(disk, NobodyFree(Random(0), 0, PowerCut)).table("numbers")
    for number in range(30):
        table.insert({"n": number})

    assert [doc["n"] for doc in table.all()] == list(range(30))
    assert numbers(opened(after(End.POWER_CUT, disk))) == list(range(30))


def test_a_snapshot_that_there_is_no_memory_for_is_put_off_and_not_tried_at_each_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk, turns = PoweredDisk(Random(0)), Turns(Random(0), 0.5, PowerCut)
    table = opened(disk, turns).table("numbers")

    def no_memory(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("kiosk.state.snapshot.encode", no_memory)
    for number in range(30):
        table.insert({"n": number})
    turns.finish()

    assert len([name for name in disk.contents() if name.startswith("journal.")]) < 10
    assert numbers(opened(after(End.POWER_CUT, disk))) == list(range(30))
