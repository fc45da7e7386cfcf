"""The simulated service on its own, until it is told to stop."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue

from kiosk.sandbox.entities import BUSINESSES
from kiosk.sandbox.errors import WorldFileDamaged, WrongSwitch
from kiosk.sandbox.persistence import keep_in, load
from kiosk.sandbox.samples import samples
from kiosk.sandbox.seed import FIRST_LOCATION, SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.switches import explained, standing, switch
from kiosk.sandbox.world import World

_STOPS = (signal.SIGINT, signal.SIGTERM)


_LONGEST_LINE = 1000
"""Bytes of a typed line that are looked at."""


def run_sandbox(
    host_port: int,
    data: Path | None,
    out: Callable[[str], None],
    faults: Sequence[str] = (),
    typed: int | None = None,
) -> int:
    """Serve the simulated service on port `host_port` of this device until SIGINT or SIGTERM.

    `faults` are switched on first, as `switch` understands them. More can be switched by lines on the file descriptor
    `typed`, until it ends.

    With `data`, the world is loaded from that file if it is there, and saved to it after each change. `out` is told,
    line by line, where to find it and what to try; and what is wrong, when it cannot be served. Returns the exit
    status. Must be called from the main thread, which is where signals arrive.

    Raises WrongSwitch for a fault that does not exist; nothing has been served then.
    """
    try:
        world = _world(data)
        for fault in faults:
            switch(world, fault)
        server = SandboxServer(world, port=host_port)
        server.start()
    except (OSError, WorldFileDamaged) as error:
        out(f"The simulated Nexudus cannot be served: {error}")
        return 1
    # An Event would do only almost: a signal that arrives within its `wait` would wait for the lock it holds itself.
    stops: SimpleQueue[int] = SimpleQueue()
    before = {number: signal.signal(number, lambda number, _: stops.put(number)) for number in _STOPS}
    # In the background of a shell, reading from its terminal would stop the process; so it ends the reading alone.
    before[signal.SIGTTIN] = signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    try:
        for line in _introduction(world, server.url):
            out(line)
        if typed is not None:
            listener = threading.Thread(target=_obey, args=(typed, world, out), name="typed", daemon=True)
            listener.start()
        stops.get()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        server.stop()
    return 0


def _obey(typed: int, world: World, out: Callable[[str], None]) -> None:
    """Switch what is typed, line by line, and answer each with what is on then."""
    for line in _lines(typed):
        if line in ("?", "help"):
            for each in explained():
                out(each)
            continue
        try:
            if line:
                switch(world, line)
        except WrongSwitch as error:
            out(str(error))
        else:
            out(f"Faults: {', '.join(standing(world)) or 'none'}.")


def _lines(typed: int) -> Iterator[str]:
    """Lines until the end of the input. No buffered reader: one that waits would hold up the end of the process."""
    rest = b""
    while True:
        try:
            more = os.read(typed, _LONGEST_LINE)
        except OSError:
            more = b""
        if not more and not rest:
            return
        *lines, rest = (rest + (more or b"\n")).split(b"\n")
        for line in lines:
            yield line[:_LONGEST_LINE].decode("utf-8", "replace").strip()
        rest = rest[:_LONGEST_LINE]


def _world(data: Path | None) -> World:
    if data is None:
        return seeded_world()
    try:
        world = load(data)
    except FileNotFoundError:
        world = seeded_world()
    keep_in(data, world)
    return world


def _introduction(world: World, url: str) -> list[str]:
    user = world.users[SIGN_IN.email]
    lines = [
        f"Simulated Nexudus   {url}",
        f"E-mail              {user.email}",
        f"Password            {user.password}",
        f"Location            {world.get(BUSINESSES, FIRST_LOCATION).text('Name')}",
        "",
        "Codes to try:",
    ]
    lines += [f"  {sample.code:<8}{sample.label} ({sample.name}). {sample.expect}" for sample in samples(world)]
    lines += ["", 'Whatever is typed here switches faults: "delay=5", "delay=off", "off" for all; "?" lists them.']
    return lines
