"""When a code that is seen counts as held up by somebody, and when it is merely still there."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS_APART = 5.0
"""The same code counts again only so long after it was accepted ..."""

SECONDS_AWAY = 1.0
"""... and once it has been out of view this long in one piece. A hand that shakes hides a code for less."""


SECONDS_BETWEEN_READS = 0.5
"""Two equal readings are one code if they are no further apart ..."""

LOOKS_BETWEEN_READS = 8
"""... or no more looks: a slow camera looks five times a second, and some codes yield to one pass of several."""


@dataclass(slots=True)
class _Known:
    accepted: float
    away_since: float | None = None
    has_left: bool = False


class Debounce:
    """Lets each code through once for each time it is held up, at its second equal reading.

    A decoder that is wrong is wrong in another way each time, and each acceptance has consequences: so one reading is
    none. What was read in between does not matter, and for a code that is read in every frame it costs one frame, or
    none where another decoder reads the same in the same frame.

    A code that was accepted is ignored until it has been out of view for `SECONDS_AWAY` and `SECONDS_APART` have gone
    by; one that comes back sooner has to wait for the latter only. Another code is accepted at once, and the first is
    not forgotten for it: two phones side by side are one reading each.

    Out of view means looked for and not found: while nobody looks, a code does not count as away. Codes are kept only
    as long as the rule needs them. Times are seconds of one clock that only grows. Not for two threads at once.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, _Known] = {}
        self._read_once: dict[bytes, tuple[float, int]] = {}  # at what time, and at which look
        self._looks = 0

    def accepts(self, payload: bytes | None, now: float) -> bool:
        """Note what was seen, None for no code, and return whether it is newly held up."""
        self._note(payload, now)
        if payload is None or payload in self._known or not self._is_second(payload, now):
            return False
        self._known[payload] = _Known(accepted=now)
        return True

    def waits_for(self, payload: bytes) -> bool:
        """Whether a code has been read once, and counts at its next reading."""
        return payload in self._read_once

    def blinked(self) -> None:
        """Note that nobody looked since the last call: what was away may have come back in between."""
        self._read_once.clear()
        for known in self._known.values():
            known.away_since = None

    def forget(self) -> None:
        """Let every code through again: somebody asks for it."""
        self._known.clear()

    def _is_second(self, payload: bytes, now: float) -> bool:
        """Whether a code that does not count yet has been read before; if not, it has been now."""
        if self._read_once.pop(payload, None) is not None:
            return True
        self._read_once[payload] = now, self._looks
        return False

    def _note(self, seen: bytes | None, now: float) -> None:
        self._looks += 1
        for payload, (at, look) in list(self._read_once.items()):
            if now - at > SECONDS_BETWEEN_READS and self._looks - look > LOOKS_BETWEEN_READS:
                del self._read_once[payload]
        for payload, known in list(self._known.items()):
            if payload != seen and known.away_since is None:
                known.away_since = now
            if known.away_since is not None and now - known.away_since >= SECONDS_AWAY:
                known.has_left = True
            if payload == seen:
                known.away_since = None
            if known.has_left and now - known.accepted >= SECONDS_APART:
                del self._known[payload]
