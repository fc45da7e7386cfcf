"""Inserts over a whole cycle, from one snapshot to the next: what a store does behind its caller is paid for by the
writes between two of them."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path

from kiosk.bench.contenders import Contender, Lite, Ours, member
from kiosk.bench.disks import SnapshotsSeen
from kiosk.bench.figures import milliseconds
from kiosk.bench.race import warm_up

_BLOCK = 20


@dataclass(frozen=True, slots=True)
class Sustained:
    """Processor time of the whole process per insert, in milliseconds.

    Attributes:
        inserts: How many lay between the two snapshots.
        ours_ms: The kiosk's store, a snapshot included.
        sqlite_ms: SQLite, as many inserts.
    """

    inserts: int
    ours_ms: float
    sqlite_ms: float

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return {"inserts": self.inserts, "ours_all_cpu": self.ours_ms, "sqlite_all_cpu": self.sqlite_ms}


def sustain(folder: Path, documents: int) -> Sustained:
    """Fill both with so many documents, and insert more until one snapshot has been paid for."""
    disk = SnapshotsSeen()
    with contextlib.closing(Ours(folder, disk)) as ours, contextlib.closing(Lite(folder)) as lite:
        for contender in (ours, lite):
            contender.fill(member(number) for number in range(1, documents + 1))
            warm_up(contender, documents)
        following = documents + 1
        seen = disk.count
        while disk.count == seen:
            _insert_block(ours, following)
            following += _BLOCK
        first, seen, ours_cpu, lite_cpu = following, disk.count, 0.0, 0.0
        while disk.count == seen:
            ours_cpu += _insert_block(ours, following)
            lite_cpu += _insert_block(lite, following)
            following += _BLOCK
    inserts = following - first
    return Sustained(inserts, milliseconds(ours_cpu / inserts), milliseconds(lite_cpu / inserts))


def _insert_block(contender: Contender, first: int) -> float:
    """Insert a block; seconds of processor time, until nothing is done for it any more."""
    block = [member(first + number) for number in range(_BLOCK)]
    began = time.process_time()
    for document in block:
        contender.insert(document)
    contender.settle()
    return time.process_time() - began
