"""When a code that is seen counts as held up by somebody, and when it is merely still there."""

from __future__ import annotations

from dataclasses import dataclass

SECONDS_APART = 5.0
"""The same code counts again only so long after it was accepted ..."""

SECONDS_AWAY = 1.0
"""... and once it has been out of view this long in one piece. A hand that shakes hides a code for less."""


@dataclass(slots=True)
class _Known:
    accepted: float
    away_since: float | None = None
    has_left: bool = False


class Debounce:
    """Lets each code through once for each time it is held up.

    A code that was accepted is ignored until it has been out of view for `SECONDS_AWAY` and `SECONDS_APART` have gone
    by; one that comes back sooner has to wait for the latter only. Another code is accepted at once, and the first is
    not forgotten for it: two phones side by side are one reading each.

    Out of view means looked for and not found: while nobody looks, a code does not count as away. Codes are kept only
    as long as the rule needs them. Times are seconds of one clock that only grows. Not for two threads at once.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, _Known] = {}

    def accepts(self, payload: bytes | None, now: float) -> bool:
        """Note what was seen, None for no code, and return whether it is newly held up."""
        self._note(payload, now)
        if payload is None or payload in self._known:
            return False
        self._known[payload] = _Known(accepted=now)
        return True

    def blinked(self) -> None:
        """Note that nobody looked since the last call: what was away may have come back in between."""
        for known in self._known.values():
            known.away_since = None

    def forget(self) -> None:
        """Let every code through again: somebody asks for it."""
        self._known.clear()

    def _note(self, seen: bytes | None, now: float) -> None:
        for payload, known in list(self._known.items()):
            if payload != seen and known.away_since is None:
                known.away_since = now
            if known.away_since is not None and now - known.away_since >= SECONDS_AWAY:
                known.has_left = True
            if payload == seen:
                known.away_since = None
            if known.has_left and now - known.accepted >= SECONDS_APART:
                del self._known[payload]
