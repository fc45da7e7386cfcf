"""A process whose calls to the system are made to fail from outside, and that says what it was promised.

    python -m tests.state.faulted FOLDER (sealed|clear) CALL:NUMBER:IDLE...

For each `CALL:NUMBER` a child works on a store in `FOLDER/CALL:NUMBER`. Whoever traces it makes a call of each kind
fail that is so far on that this process, which comes past the same count with what it loads, never gets there; calls
are counted in each process by itself. The child makes `IDLE` calls of its kind that lead nowhere, as many as it takes
for call `NUMBER` of its own to be the one that fails. So one interpreter serves a whole sweep.

Written, a line each, with no buffer between: `CALL:NUMBER begins PROCESS`, `... acknowledged 3`, `... refused 3
Sentence`, `... refused snapshot Sentence`, `... refused start Sentence`, and last `... ends` or `... killed`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import traceback
from collections.abc import Callable
from functools import partial
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
            _try(partial(write, database, step), say, str(step))
            if step in (LARGE, TRANSACTIONS - 2):
                _try(partial(database.compact, erase=step != LARGE), say, "snapshot")
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


def tell(name: str, what: str) -> None:
    """Say something of the life of this name."""
    os.write(1, f"{name} {what}\n".encode())


def child(root: Path, sealer: Sealer | None, name: str, idle: int) -> None:
    """One life of a store with one fault."""
    tell(name, f"begins {os.getpid()}")
    call, _, _ = name.partition(":")
    for _ in range(idle):
        with contextlib.suppress(OSError):
            NOTHING[call]()
    live(root / name, sealer, partial(tell, name))
    tell(name, "ends")


def main(root: Path, sealer: Sealer | None, lives: list[str]) -> None:
    """All children, one after the other. What they load late is loaded before them, so that they load nothing."""
    logging.disable()  # what is refused is told to the output, and only a failure of this process itself is an error
    live(root / "warm-up", sealer, lambda _: None)
    for life in lives:
        name, _, idle = life.rpartition(":")
        process = os.fork()
        if process == 0:
            try:
                child(root, sealer, name, int(idle))
            except BaseException:
                traceback.print_exc()
            finally:  # the parent alone goes on with the next
                os._exit(0)
        _, status = os.waitpid(process, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            tell(name, "killed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), KEY if sys.argv[2] == "sealed" else None, sys.argv[3:])
