"""Histories of a store whose power fails: drawn from a seed, and looked at after every call of the disk.

A history is one life after another, each on the disk that the last one left. At each call that changes something the
power is cut aside from it, several times: on a copy of the disk, with a fate of its own, and a fresh store is opened
from what is left and held against the promise. So one history is cut some thousand times.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tinydb import where

from kiosk.state.database import Database, open_database
from kiosk.state.errors import StateDamaged, StateNotWritten
from kiosk.state.frame import PAGE
from kiosk.state.sealing import Sealer
from kiosk.state.sizes import Sizes
from tests.state.medium import Fate
from tests.state.power import End, PowerCut, PoweredDisk, Trouble
from tests.state.promise import Promise, Tables, held_by
from tests.state.turns import Turns
from tests.state.workload import TABLES, TAGS, Workload

FOLDER = Path("state")
KEY = Sealer(b"k" * 32)
SIZES = Sizes(first=4 * PAGE, step=2 * PAGE, least=6 * PAGE, most=16 * PAGE, huge=3000, chain=4)
"""So small that a history of a hundred transactions sees every event of a store's life several times."""

_LIVES = 6
_SERIAL = re.compile(rb'"n":(\d+)')


@dataclass(frozen=True, slots=True)
class Variant:
    """What a history has to bear beside the cuts.

    Attributes:
        name: For the name of the test.
        sealed: How likely a start seals what it writes, from 0 to 1.
        garbage: Whether the page that is being programmed may turn to garbage.
        refuses: Whether the disk now and then refuses a call.
    """

    name: str
    sealed: float = 0
    garbage: bool = False
    refuses: bool = False


class Broken(AssertionError):
    """The store has not kept its promise."""


class History:
    """One history.

    Attributes:
        cuts: How many cuts were made and checked.
    """

    def __init__(self, variant: Variant, seed: int, cuts_at_each_call: int = 1) -> None:
        self._variant = variant
        self._seed = seed
        self._cuts_at_each_call = cuts_at_each_call
        self._draws = self._drawn("all that is done")
        self._workload = Workload(self._draws, SIZES.huge)
        self._promise = Promise()
        self._life = 0
        self._said: list[str] = []
        self._sealer: Sealer | None = None
        self._refused = False
        self.cuts = 0

    def _drawn(self, *what: object) -> Random:
        """Draws of its own for each purpose: a cut more or less aside changes nothing of the history."""
        return Random(f"{self._variant.name} {self._seed} {what}")

    def run(self) -> None:
        """Live it. Raises Broken, with all that is needed to live it again."""
        disk = PoweredDisk(self._draws)
        try:
            for self._life in range(_LIVES):
                disk = self._lived(disk)
        except Broken:
            raise
        except Exception as error:
            raise self._broken(f"{type(error).__name__}: {error}") from error

    @property
    def told(self) -> tuple[str, ...]:
        """What was done, event by event."""
        return tuple(self._said)

    # One life.

    def _lived(self, disk: PoweredDisk) -> PoweredDisk:
        turns = Turns(self._draws, self._draws.choice((0.1, 0.5)), PowerCut)
        disk.pass_on, disk.watch, disk.struck = (
            turns.pass_on,
            lambda: self.cut_aside(disk),
            lambda: self._strike(turns),
        )
        disk.ends_at = disk.calls + self._draws.randint(1, 200)
        end = self._draws.choice((End.POWER_CUT, End.POWER_CUT, End.KILLED))
        try:
            database = self._opened(disk, turns)
            for _ in range(self._draws.randint(10, 60)):
                database = self._stepped(disk, turns, database)
        except PowerCut:
            pass
        finally:
            disk.watch = None
            disk.end()
            turns.finish()
        self._say(f"{end.name} at call {disk.calls}")
        return disk.after(end, _fate(self._draws, self._variant), self._draws)

    def _opened(self, disk: PoweredDisk, turns: Turns) -> Database:
        self._sealer = KEY if self._draws.random() < self._variant.sealed else None
        self._say(f"open {'sealed' if self._sealer else 'clear'}")
        while True:
            self._refused = False
            try:
                database = open_database(FOLDER, disk, KEY, self._sealer, sizes=SIZES, beside=turns)
            except (StateNotWritten, StateDamaged) as error:
                if not self._refused:
                    raise self._broken("it cannot be opened, and the disk had refused nothing") from error
                self._say("the disk refuses; mended")
                disk.trouble = None
                continue
            self._settle(database)
            if self._sealer is not None and not self._refused:
                self._leaves_nothing(disk, set())
            return database

    def _stepped(self, disk: PoweredDisk, turns: Turns, database: Database) -> Database:
        self._refused = False
        if self._variant.refuses:
            self._trouble(disk)
        drawn = self._draws.random()
        if drawn < 0.04:
            self._say("close")
            database.close()
            database = self._opened(disk, turns)
        elif drawn < 0.10:
            self._compacted(disk, database, erase=drawn < 0.07)
        elif drawn < 0.13:
            self._abandoned(database)
        else:
            self._transacted(database)
        self._holds(database)
        return database

    def _transacted(self, database: Database) -> None:
        promise = self._promise
        try:
            with database.transaction():
                after = self._workload.transact(database, promise)
                self._say(f"write up to {self._workload.serial}")
                promise.tried.append(after)
        except StateNotWritten as error:
            if not self._refused:
                raise self._broken("a write was refused that the disk had not refused") from error
            self._say("refused")
        else:
            if after != promise.shown:  # else nothing may have been written
                promise.settle(after)

    def _abandoned(self, database: Database) -> None:
        self._say("abandon")
        try:
            with database.transaction():
                self._workload.transact(database, self._promise)
                raise LookupError
        except LookupError:
            pass

    def _compacted(self, disk: PoweredDisk, database: Database, *, erase: bool) -> None:
        self._say(f"compact{' and erase' if erase else ''}")
        try:
            database.compact(erase=erase)
        except StateNotWritten as error:
            if not self._refused:
                raise self._broken("a snapshot was refused that the disk had not refused") from error
            self._say("refused")
            return
        self._promise.settle(self._promise.shown)
        if erase:
            held = (doc["n"] for docs in self._promise.acknowledged.values() for doc in docs.values())
            self._leaves_nothing(disk, set(held))

    def _trouble(self, disk: PoweredDisk) -> None:
        """Now and then the disk refuses something, once or until somebody mends it."""
        if disk.trouble is not None:
            if disk.trouble.left == 0 or self._draws.random() < 0.2:
                disk.trouble = None
            return
        if self._draws.random() < 0.15:
            calls, number = self._draws.choice(_TROUBLES)
            disk.trouble = Trouble(calls, number, self._draws.choice((1, 1, 2, 3, None)))
            self._say(f"trouble: {disk.trouble}")

    def _strike(self, turns: Turns) -> None:
        self._refused = self._refused or not turns.is_working

    # What is looked at while it lives.

    def _settle(self, database: Database) -> None:
        found = held_by(database)
        self._expect(database, found)
        if self._refused:
            self._say("opened on a disk that refuses")
            self._promise.show(found)
        else:
            self._promise.settle(found)
        for name in TABLES:
            database.table(name).index("tag")
        self._holds(database)

    def _holds(self, database: Database) -> None:
        if held_by(database) != self._promise.shown:
            raise self._broken("what it shows is not what it has found and acknowledged")
        _indexed(database, self._promise.shown)

    def _leaves_nothing(self, disk: PoweredDisk, held: set[int]) -> None:
        """Nothing is on the medium, whatever comes back, but the documents that are held."""
        left = disk.after(End.POWER_CUT, Fate(odds=0, in_order=False), self._draws)
        for name, raw in left.contents().items():
            found = {int(serial) for serial in _SERIAL.findall(raw)}
            if found - held:
                raise self._broken(f"{name} still holds {sorted(found - held)}")

    # What is looked at aside.

    def cut_aside(self, disk: PoweredDisk) -> None:
        """Cut the power of copies of the disk, and see what a fresh store makes of them. Raises Broken."""
        for number in range(self._cuts_at_each_call):
            draws = self._drawn(self._life, disk.calls, number)
            self.cuts += 1
            end = End.KILLED if draws.random() < 0.1 else End.POWER_CUT
            left = disk.after(end, _fate(draws, self._variant), draws)
            try:
                self._recovers(left, draws)
            except Exception as error:
                if isinstance(error, Broken):
                    raise
                raise self._broken(
                    f"after cut {number} of call {disk.calls}: {type(error).__name__}: {error}"
                ) from error

    def _recovers(self, disk: PoweredDisk, draws: Random) -> None:
        while draws.random() < 0.3:
            disk.ends_at = draws.randint(1, 8)
            try:
                self._found(disk)
            except PowerCut:
                disk = disk.after(End.POWER_CUT, _fate(draws, self._variant), draws)
            disk.ends_at = None
        database, found = self._found(disk)
        if draws.random() < 0.2:
            self._goes_on(disk, database, found, draws)

    def _found(self, disk: PoweredDisk) -> tuple[Database, Tables]:
        database = open_database(FOLDER, disk, KEY, self._sealer, sizes=SIZES)
        found = held_by(database)
        self._expect(database, found)
        return database, found

    def _goes_on(self, disk: PoweredDisk, database: Database, found: Tables, draws: Random) -> None:
        """What was found is settled, and the store takes more."""
        name, doc = draws.choice(TABLES), {"n": 0}
        number = None
        if draws.random() < 0.5:
            number = database.table(name).insert(doc)
            if number <= self._promise.highest.get(name, 0):
                raise self._broken(f"{name} gives number {number} again")
            found = {**found, name: {**found.get(name, {}), number: doc}}
        left = disk.after(End.POWER_CUT, _fate(draws, self._variant), draws)
        again = open_database(FOLDER, left, KEY, self._sealer, sizes=SIZES)
        if again.damage or held_by(again) != found:
            raise self._broken(f"what was found after a cut is gone after the next one; damage: {again.damage}")

    def _expect(self, database: Database, found: Tables) -> None:
        if database.damage:
            raise self._broken(f"a cut passes for damage: {database.damage}")
        if not self._promise.allows(found):
            raise self._broken(_difference(self._promise, found))

    # What is said of it.

    def _say(self, said: str) -> None:
        self._said.append(f"{self._life}: {said}")

    def _broken(self, reason: str) -> Broken:
        told = "\n  ".join(self._said[-40:])
        again = f"-k {self._variant.name} --power-cuts-from {self._seed} --power-cuts 1"
        return Broken(f"{reason}\nThe last of history {self._seed}, life: event. To see it again: {again}\n  {told}")


_TROUBLES = (
    (("flush",), errno.EIO),
    (("flush",), errno.EIO),
    (("flush", "flush_folder", "rename", "remove"), errno.EIO),
    (("write",), errno.ENOSPC),
    (("write", "open", "flush"), errno.ENOSPC),
    (("open", "write", "rename", "remove", "flush", "flush_folder", "names"), errno.EROFS),
    (("flush_folder",), errno.EIO),
    (("rename",), errno.EIO),
    (("remove",), errno.EIO),
    (("read", "size", "names"), errno.EIO),
)


def _fate(draws: Random, variant: Variant) -> Fate:
    return Fate(
        odds=draws.choice((0.0, 0.5, 0.5, 0.9, 1.0)),
        in_order=draws.random() < 0.4,
        torn=draws.random() < 0.3,
        garbage=variant.garbage and draws.random() < 0.7,
        stale=draws.random() < 0.3,
    )


def _indexed(database: Database, tables: Tables) -> None:
    for name in TABLES:
        for tag in TAGS:
            found = [doc.doc_id for doc in database.table(name).search(where("tag") == tag)]
            assert found == sorted(number for number, doc in tables.get(name, {}).items() if doc.get("tag") == tag)


def _difference(promise: Promise, found: Tables) -> str:
    def serials(tables: Tables) -> Iterator[str]:
        for name, docs in tables.items():
            yield from (f"{name}/{number}={doc}" for number, doc in docs.items())

    acknowledged, here = set(serials(promise.acknowledged)), set(serials(found))
    return f"missing {sorted(acknowledged - here)}, beyond {sorted(here - acknowledged)}, tried {len(promise.tried)}"
