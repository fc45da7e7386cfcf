"""How many pictures a second arrive."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 2.0
"""Over how long they are counted: long enough for a steady figure, short enough to show that a camera stalls."""


class FrameRate:
    """Counts pictures in one thread; any thread may ask for the rate."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=256)

    def count(self) -> None:
        """A picture has arrived."""
        self._times.append(self._clock())

    def per_second(self) -> float:
        """Pictures a second over the last `WINDOW_SECONDS`; 0 after as long without any."""
        now = self._clock()
        recent = [at for at in self._times.copy() if now - at <= WINDOW_SECONDS]
        if len(recent) < 2:
            return 0.0
        # Nothing for longer than a frame is a camera that stalls: its rate sinks from then on.
        span = recent[-1] - recent[0]
        overdue = max(0.0, now - recent[-1] - span / (len(recent) - 1))
        return (len(recent) - 1) / max(span + overdue, 1e-6)
