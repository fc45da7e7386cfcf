"""How long a store takes to open, and how much memory it then has: measured in a fresh process each time, where nothing
is warm and nothing else has grown."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from kiosk.bench.contenders import MEMBERS
from kiosk.bench.figures import BenchFailed, milliseconds
from kiosk.state.database import open_database

TIMES = 5


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening one store, the median of several times.

    Attributes:
        open_ms: Without indexes.
        indexed_ms: With an index built over all documents.
        cpu_ms: Processor time of the latter.
        documents: How many there were.
        bytes_per_document: By how much the resident memory of the process grew, index included, for each of them; of
            few documents it says nothing, since memory comes in large pieces.
    """

    open_ms: float
    indexed_ms: float
    cpu_ms: float
    documents: int
    bytes_per_document: float

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return {
            "open_ms": self.open_ms,
            "indexed_ms": self.indexed_ms,
            "cpu_ms": self.cpu_ms,
            "documents": self.documents,
            "resident_bytes_per_document": round(self.bytes_per_document),
        }


def measure_opening(folder: Path) -> Opening:
    """Open the store in `folder` in processes of its own. Raises BenchFailed."""
    runs = [_in_a_fresh_process(folder) for _ in range(TIMES)]
    middle = {name: sorted(run[name] for run in runs)[TIMES // 2] for name in runs[0]}
    documents = int(middle["documents"])
    return Opening(
        milliseconds(middle["opened"]),
        milliseconds(middle["indexed"]),
        milliseconds(middle["cpu"]),
        documents,
        middle["grown"] / max(1, documents),
    )


def _in_a_fresh_process(folder: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - this very program
        [sys.executable, "-m", __name__, str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BenchFailed(f"the store could not be opened: {done.stderr.strip()[-200:]}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _open(folder: Path) -> dict[str, float]:
    """Seconds, bytes and documents, in this process."""
    gc.collect()
    before = _resident()
    cpu, began = time.process_time(), time.perf_counter()
    database = open_database(folder)
    opened = time.perf_counter() - began
    table = database.table(MEMBERS).index("hash")
    indexed, cpu = time.perf_counter() - began, time.process_time() - cpu
    gc.collect()
    grown = _resident() - before
    documents = len(table)
    database.close()
    return {"opened": opened, "indexed": indexed, "cpu": cpu, "grown": grown, "documents": documents}


def _resident() -> int:
    """Bytes of memory that this process has at present."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    json.dump(_open(Path(sys.argv[1])), sys.stdout)
