"""A process that writes a store for as long as somebody listens.

    python -m tests.state.writing FOLDER

Written to the standard output, a line each as soon as it is acknowledged: the number of the transaction. It ends when
its standard input does.
"""

from __future__ import annotations

import itertools
import os
import select
import sys
from pathlib import Path

from tinydb import where

from kiosk.state.database import Database, open_database
from kiosk.state.frame import PAGE
from kiosk.state.sizes import Sizes

SIZES = Sizes(first=8 * PAGE, step=8 * PAGE, least=16 * PAGE, most=64 * PAGE, huge=20_000, chain=4)
"""So small that a snapshot is taken every few transactions."""

KEPT = 40
"""Entries beyond which the oldest go."""
LARGE, HUGE = 7, 31
"""One transaction out of so many takes several pages, and one out of so many is written as a snapshot."""


def letters(number: int) -> int:
    """How long the text of an entry is."""
    return 25_000 if number % HUGE == 0 else 10_000 if number % LARGE == 0 else 10


def write(database: Database, number: int) -> None:
    """An entry, and the total of all in another table; the oldest goes."""
    entries, totals = database.table("entries").index("number"), database.table("totals")
    with database.transaction():
        entries.insert({"number": number, "text": "x" * letters(number)})
        entries.remove(where("number") == number - KEPT)
        totals.truncate()
        totals.insert({"last": number, "sum": sum(entry["number"] for entry in entries)})


def main(folder: Path) -> None:
    """Write until nobody listens any more."""
    with open_database(folder, sizes=SIZES) as database:
        for number in itertools.count(1):
            if select.select([sys.stdin], [], [], 0)[0]:
                break
            write(database, number)
            os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
