"""A disk that comes off at any moment and comes back: what was acknowledged is there, nothing else is, and the same
process goes on by itself."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import pytest

from kiosk.state.database import Database, open_database
from kiosk.state.errors import StateNotWritten
from tests.state.histories import FOLDER, KEY, SIZES
from tests.state.medium import Fate
from tests.state.power import End, PowerCut
from tests.state.turns import Turns
from tests.state.unplugged import UnpluggedDisk

FATES = (Fate(odds=0, in_order=False), Fate(odds=1, in_order=False), Fate(odds=0.5, in_order=True, torn=True))
TRANSACTIONS = 24
HUGE = 15
"""The transaction that is written as a snapshot."""
OUTAGE = 3
"""Transactions that are tried while the disk is away."""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Each outage is told of, some hundred times."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@dataclass
class Outcome:
    """What a process was told, and how many calls it had made before each transaction."""

    acknowledged: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)


def numbers(database: Database) -> list[int]:
    """The transactions that a store holds; an entry of each in both tables, or it is half there."""
    one, two = ([doc["n"] for doc in database.table(name)] for name in ("one", "two"))
    assert database.damage == ()
    assert one == two
    return one


def live(disk: UnpluggedDisk, turns: Turns, outage: float) -> tuple[Database, Outcome]:
    """A process that writes on whatever happens. Somebody puts the disk back after so many transactions of an outage,
    and before the last one in any case; nobody does if the outage is infinite."""
    disk.pass_on = turns.pass_on
    outcome = Outcome()
    database = open_database(FOLDER, disk, KEY, sizes=SIZES, beside=turns)
    for number in range(TRANSACTIONS):
        outcome.calls.append(disk.calls)
        try:
            with database.transaction():
                database.table("one").insert({"n": number, "pad": "x" * (SIZES.huge if number == HUGE else 0)})
                database.table("two").insert({"n": number})
        except StateNotWritten:
            outcome.refused.append(number)
        else:
            outcome.acknowledged.append(number)
        outage -= disk.is_off
        if outage <= 0 or (outage < math.inf and number == TRANSACTIONS - 2):
            disk.put_back()
    turns.finish()
    return database, outcome


def moments() -> range:
    """The numbers of the calls after which the disk may come off: those between the start and the last transaction of a
    process whose disk stays where it is."""
    _, told = live(UnpluggedDisk(Random(0)), Turns(Random(0), 0.5, PowerCut), OUTAGE)
    return range(told.calls[0], told.calls[-1])


def coming_off(call: int, fate: Fate) -> UnpluggedDisk:
    """A disk that comes off after this call."""
    disk = UnpluggedDisk(Random(call))
    disk.comes_off_after, disk.fate = call, fate
    return disk


@pytest.mark.parametrize("fate", FATES, ids=["all unflushed is lost", "all is kept", "some is kept"])
def test_a_disk_that_comes_off_and_is_put_back_costs_what_was_refused_meanwhile(fate: Fate) -> None:
    for call in moments():
        disk = coming_off(call, fate)
        database, told = live(disk, Turns(Random(0), 0.5, PowerCut), OUTAGE)

        assert disk.has_been_off
        assert len(told.refused) <= OUTAGE, call
        assert sorted(told.acknowledged + told.refused) == list(range(TRANSACTIONS)), call
        assert told.acknowledged[-1] == TRANSACTIONS - 1, call
        assert numbers(database) == told.acknowledged, call
        left = disk.after(End.POWER_CUT, FATES[0], Random(0))
        assert numbers(open_database(FOLDER, left, KEY, sizes=SIZES)) == told.acknowledged, call


@pytest.mark.parametrize("fate", FATES, ids=["all unflushed is lost", "all is kept", "some is kept"])
def test_a_disk_that_stays_off_holds_for_the_next_process_all_that_was_acknowledged(fate: Fate) -> None:
    for call in moments():
        disk = coming_off(call, fate)
        database, told = live(disk, Turns(Random(0), 0.5, PowerCut), math.inf)
        assert told.refused, call
        assert numbers(database) == told.acknowledged, call

        disk.put_back()
        left = disk.after(End.POWER_CUT, FATES[0], Random(0))
        found = numbers(open_database(FOLDER, left, KEY, sizes=SIZES))

        # The one under way may have got there, since nobody could take it back.
        assert found in (told.acknowledged, [*told.acknowledged, told.refused[0]]), call
