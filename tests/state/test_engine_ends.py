"""Single ends of the engine's that once cost something, each told as a story: a disk that is told what to refuse, and a
cut at one place."""

from __future__ import annotations

import errno
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kiosk.state.database import Database, open_database
from kiosk.state.errors import StateNotWritten
from tests.state.histories import SIZES
from tests.state.medium import Fate
from tests.state.power import End, PoweredDisk, Trouble
from tests.state.promise import held_by

FOLDER = Path("state")
NOTHING_SURVIVES = Fate(odds=0, in_order=False)
EVERYTHING_SURVIVES = Fate(odds=1, in_order=False)


class Stranding(Random):
    """Each page whose flush fails stays in the cache, and counts as written: what Linux does."""

    def randrange(self, *_: Any) -> int:  # type: ignore[override]  # of all that is drawn only this one is
        return 1


def opened(disk: PoweredDisk) -> Database:
    return open_database(FOLDER, disk, sizes=SIZES)


def numbers(database: Database) -> list[int]:
    assert database.damage == ()
    return [doc["n"] for doc in database.table("numbers").all()]


def after(end: End, disk: PoweredDisk, fate: Fate = NOTHING_SURVIVES) -> PoweredDisk:
    return disk.after(end, fate, Random(0))  # a fate of certainties draws nothing


def test_a_start_writes_anew_what_only_the_cache_still_held_before_it_builds_upon_it() -> None:
    disk = PoweredDisk(Stranding(0))
    database = opened(disk)
    disk.trouble = Trouble(("flush",), errno.EIO, left=1)
    with pytest.raises(StateNotWritten):
        database.table("numbers").insert({"n": 1})

    left = after(End.KILLED, disk)
    assert numbers(opened(left)) == [1]

    assert numbers(opened(after(End.POWER_CUT, left))) == [1]
