"""How the application ends in good order from outside."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable


def heed_signals(end: Callable[[], None]) -> None:
    """Call `end` when systemd says so, or when the terminal goes away."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        try:
            loop.add_signal_handler(number, end)
        except (NotImplementedError, RuntimeError, ValueError):
            return  # not in the main thread, as in tests
