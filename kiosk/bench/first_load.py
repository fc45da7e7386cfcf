"""The first load of the members and a pass over those who have changed, in a process of its own, where nothing else has
grown; Nexudus is simulated in the process that asks for it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any

from kiosk.assembly import State, connect, errands_for, open_state
from kiosk.bench.figures import BenchFailed
from kiosk.clock import SystemClock
from kiosk.nexudus.entities import Nexudus
from kiosk.sandbox.entities import COWORKERS
from kiosk.sandbox.seed import FIRST_LOCATION, SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World
from kiosk.settings import NexudusSettings, Settings, StateSettings
from kiosk.sync.link import LinkWatch
from kiosk.sync.members import MemberPasses
from kiosk.sync.timetable import Pass

CHANGED = 100
"""How many members have changed before the second pass."""

_SEEDED_FOR_EACH = 1.12
"""Some of the seeded members belong to another location, are inactive, or archived."""

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """How the members came in.

    Attributes:
        members: How many can check in.
        first_load_seconds: Sign-in and location done before; the simulated service's own time is in it.
        first_load_cpu_seconds: Processor time of the kiosk's process alone.
        peak_mib: By how much its resident memory had grown at the highest.
        kept_mib: By how much it had grown afterwards: the directory, and what Python has not given back.
        changed: How many members had changed before the second pass.
        changes_seconds: How long that took.
        changes_cpu_seconds: Processor time of the kiosk's process alone.
    """

    members: int
    first_load_seconds: float
    first_load_cpu_seconds: float
    peak_mib: float
    kept_mib: float
    changed: int
    changes_seconds: float
    changes_cpu_seconds: float

    def as_dict(self) -> dict[str, float | int]:
        """For JSON."""
        return asdict(self)


def measure_first_load(folder: Path, members: int) -> LoadFigures:
    """Load so many members from a simulated Nexudus, then those who have changed. Raises BenchFailed."""
    world = seeded_world(max(60, round(members * _SEEDED_FOR_EACH)))
    with SandboxServer(world) as server, _process(server.url, folder) as loading:
        loaded = _heard(loading)
        _change_some(world)
        _part(loading.stdin).write("go on\n")
        _part(loading.stdin).flush()
        return LoadFigures(**loaded, changed=CHANGED, **_heard(loading))


@contextlib.contextmanager
def _process(url: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    pipe = subprocess.PIPE
    running = subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, "-m", __name__, url, str(folder)], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def _part(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise BenchFailed("the process that loads the members cannot be spoken with")
    return stream


def _heard(loading: subprocess.Popen[str]) -> dict[str, Any]:
    line = _part(loading.stdout).readline()
    if not line:
        raise BenchFailed(f"the members could not be loaded: {_part(loading.stderr).read().strip()[-200:]}")
    figures: dict[str, Any] = json.loads(line)
    return figures


def _change_some(world: World) -> None:
    here = [row for row in world.rows(COWORKERS) if FIRST_LOCATION in row.ids("Businesses")]
    for row in random.Random(9).sample(here, CHANGED):  # noqa: S311 - the same ones each time, so that runs compare
        world.edit(COWORKERS, row.id, "bench", {"FullName": f"{row.text('FullName')} II"})


# In the process of its own.


def _load(url: str, folder: Path) -> None:
    settings = Settings(
        nexudus=NexudusSettings(url=url), state=StateSettings(folder=folder / "load", key_file=folder / "load.key")
    )
    with open_state(settings) as state:
        asyncio.run(_both_passes(settings, state, url))


async def _both_passes(settings: Settings, state: State, url: str) -> None:
    clock = SystemClock()
    nexudus = connect(url, settings.state.folder, state.site.client_id, clock)
    try:
        await nexudus.client.session.sign_in(SIGN_IN.email, SIGN_IN.password)
        site = replace(state.site, base_url=url, business_id=FIRST_LOCATION, name="Bench Lobby")
        passes = errands_for(nexudus, settings, state, clock, LinkWatch(), site).members
        await _whole(passes, nexudus)
        sys.stdin.readline()
        await _changes(passes)
    finally:
        await nexudus.client.aclose()


async def _whole(passes: MemberPasses, nexudus: Nexudus) -> None:
    await nexudus.me()  # the connection is there
    gc.collect()
    _forget_peak()
    before, cpu, began = _status("VmRSS"), time.process_time(), time.perf_counter()
    members = await passes.read_whole()
    seconds, cpu, peak = time.perf_counter() - began, time.process_time() - cpu, _status("VmHWM")
    gc.collect()
    _tell(
        members=members,
        first_load_seconds=round(seconds, 3),
        first_load_cpu_seconds=round(cpu, 3),
        peak_mib=round((peak - before) / MIB, 1),
        kept_mib=round((_status("VmRSS") - before) / MIB, 1),
    )


async def _changes(passes: MemberPasses) -> None:
    cpu, began = time.process_time(), time.perf_counter()
    if await passes.read() is not Pass.CHANGES:
        raise BenchFailed("the second pass was over everybody")
    _tell(
        changes_seconds=round(time.perf_counter() - began, 3),
        changes_cpu_seconds=round(time.process_time() - cpu, 3),
    )


def _tell(**figures: float) -> None:
    sys.stdout.write(f"{json.dumps(figures)}\n")
    sys.stdout.flush()


def _status(name: str) -> int:
    """Bytes, as the kernel counts them for this process: `VmRSS` at present, `VmHWM` at the highest."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _forget_peak() -> None:
    """Let the highest be counted from now on; where the kernel refuses, that of the start stays in it."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")


if __name__ == "__main__":
    _load(sys.argv[1], Path(sys.argv[2]))
