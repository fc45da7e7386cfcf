"""A process whose calls to the system are made to fail from outside, and that says what it was promised.

    python -m tests.state.faulted FOLDER REACH (sealed|clear) CALL:NUMBER...

For each `CALL:NUMBER` a child works on a store in `FOLDER/CALL:NUMBER`. Whoever traces it injects a fault into the
call number `REACH` of each kind, counted in each process by itself; the child makes as many calls of this kind that
lead nowhere as it takes for its own call with this number to be that one. So one interpreter serves a whole sweep.

Written, a line each, with no buffer between: `CALL:NUMBER acknowledged 3`, `... refused 3 Sentence`, `... refused
snapshot Sentence`, `... refused start Sentence`, and `... ends` unless the process was killed.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from tinydb import where

from kiosk.state.database import Database, open_database
from kiosk.state.errors import StateError
from kiosk.state.sealing import Sealer

TRANSACTIONS = 12
LARGE, HUGE = 4, 7
"""The transaction of several pages, and the one that is written as a snapshot."""
SHORTENS = 8
"""The transaction that makes the huge one small again."""
KEY = Sealer(b"k" * 32)

_NOWHERE = "/nowhere/at/all"
_NO_FILE = 999

NOTHING: dict[str, Callable[[], object]] = {
    "pwrite64": lambda: os.pwrite(_NO_FILE, b"", 0),
    "fdatasync": lambda: os.fdatasync(_NO_FILE),
    "fsync": lambda: os.fsync(_NO_FILE),
    "openat": lambda: os.open(_NOWHERE, os.O_RDONLY),
    "rename": lambda: os.replace(_NOWHERE, _NOWHERE),
    "unlink": lambda: os.unlink(_NOWHERE),
    "mkdir": lambda: os.mkdir(_NOWHERE),
}
"""Each kind of call that a store depends on, in a form that always fails and changes nothing."""


def letters(step: int) -> int:
    """How long the text of a transaction is."""
    return {LARGE: 20_000, HUGE: 1_100_000}.get(step, 10)


def write(database: Database, step: int) -> None:
    """One transaction: an entry, and the sum of all entries in another table."""
    steps, sums = database.table("steps").index("step"), database.table("sums")
    with database.transaction():
        steps.insert({"step": step, "text": "x" * letters(step)})
        if step == SHORTENS:
            steps.update({"text": ""}, where("step") == HUGE)
        known = sums.all()
        sums.truncate()
        sums.insert({"sum": step + (known[0]["sum"] if known else 0)})


def live(folder: Path, sealer: Sealer | None, say: Callable[[str], None]) -> None:
    """Twelve transactions in two lives, with two snapshots. Whatever is refused, it goes on with the next."""
    for steps in (range(1, SHORTENS + 1), range(SHORTENS + 1, TRANSACTIONS + 1)):
        database = _started(folder, sealer, say)
        if database is None:
            return
        for step in steps:
            _try(lambda: write(database, step), say, str(step))  # noqa: B023 - called at once
            if step in (LARGE, TRANSACTIONS - 2):
                _try(lambda: database.compact(erase=step != LARGE), say, "snapshot")  # noqa: B023
        database.close()


def _started(folder: Path, sealer: Sealer | None, say: Callable[[str], None]) -> Database | None:
    for _ in range(2):
        try:
            return open_database(folder, None, KEY, sealer)
        except StateError as refusal:
            say(f"refused start {refusal}")
    return None


def _try(work: Callable[[], None], say: Callable[[str], None], what: str) -> None:
    try:
        work()
    except StateError as refusal:
        say(f"refused {what} {refusal}")
    else:
        say(f"acknowledged {what}")


def child(root: Path, reach: int, sealer: Sealer | None, name: str) -> None:
    """One life of a store with one fault."""

    def say(what: str) -> None:
        os.write(1, f"{name} {what}\n".encode())

    call, _, number = name.partition(":")
    for _ in range(reach - int(number)):
        with contextlib.suppress(OSError):
            NOTHING[call]()
    live(root / name, sealer, say)
    say("ends")


def main(root: Path, reach: int, sealer: Sealer | None, names: list[str]) -> None:
    """All children, one after the other. What they load late is loaded before them, so that they load nothing."""
    live(root / "warm-up", sealer, lambda _: None)
    for name in names:
        process = os.fork()
        if process == 0:
            try:
                child(root, reach, sealer, name)
            except BaseException:
                traceback.print_exc()
            finally:  # the parent alone goes on with the next
                os._exit(0)
        os.waitpid(process, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), KEY if sys.argv[3] == "sealed" else None, sys.argv[4:])
