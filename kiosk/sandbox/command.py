"""The simulated service on its own, until it is told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from kiosk.sandbox.entities import BUSINESSES
from kiosk.sandbox.errors import WorldFileDamaged
from kiosk.sandbox.persistence import keep_in, load
from kiosk.sandbox.samples import samples
from kiosk.sandbox.seed import FIRST_LOCATION, SIGN_IN, seeded_world
from kiosk.sandbox.server import SandboxServer
from kiosk.sandbox.world import World

_STOPS = (signal.SIGINT, signal.SIGTERM)


def run_sandbox(host_port: int, data: Path | None, out: Callable[[str], None]) -> int:
    """Serve the simulated service on port `host_port` of this device until SIGINT or SIGTERM.

    With `data`, the world is loaded from that file if it is there, and saved to it after each change. `out` is told,
    line by line, where to find it and what to try; and what is wrong, when it cannot be served. Returns the exit
    status. Must be called from the main thread, which is where signals arrive.
    """
    try:
        world = _world(data)
        server = SandboxServer(world, port=host_port)
        server.start()
    except (OSError, WorldFileDamaged) as error:
        out(f"The simulated Nexudus cannot be served: {error}")
        return 1
    # An Event would do only almost: a signal that arrives within its `wait` would wait for the lock it holds itself.
    stops: SimpleQueue[int] = SimpleQueue()
    before = {number: signal.signal(number, lambda number, _: stops.put(number)) for number in _STOPS}
    try:
        for line in _introduction(world, server.url):
            out(line)
        stops.get()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        server.stop()
    return 0


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
    return lines
