"""Scanners and card readers that are a keyboard to the machine: told from a person by how fast they type."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum, auto

from kiosk.desk.credentials import LONGEST_PAYLOAD, Via
from kiosk.desk.keys import Keystroke, News, Scan
from kiosk.desk.payloads import read_payload
from kiosk.sensors.layouts import as_meant

SECONDS_BETWEEN_KEYS = 0.05
"""The longest pause between two keys of a scanner. USB keyboards report every 8 or 10 ms, press and release apart, so
scanners need about 20 ms for a key; a person's fast run of keys has 60 ms and more."""

FEWEST_KEYS = 3
"""No code or card is shorter. Two keys of a person may fall together by chance; three and an Enter do not."""

SECONDS_OF_QUIET = 0.5
"""A scan begins so long after the last key that was typed, or after an Enter. A machine that was busy for a moment sees
a scanner pause in the middle of a number, whose second half might be somebody's PIN."""

SECONDS_AGAIN = 1.5
"""The same payload so soon after the last time is no second visit: readers repeat a card that stays, some twice a
second."""

_ENDS = frozenset({"enter", "tab", "ctrl+j", "ctrl+m"})
"""The keys that scanners are set to end with: Enter, Tab, and line feed."""


class _Run(Enum):
    """What the present run of keys without a pause is."""

    UNDECIDED = auto()
    """Held back: a scan, if it ends like one."""
    TYPED = auto()
    """Some of it has been given back, so the rest is typed too, and half a payload is never taken for a whole one."""
    SCANNED = auto()
    """A scan has ended. More lines belong to it, as a visiting card has them, and its line feed after its return."""


class Wedge:
    """Fulfils `KeyReader`: a run of at least `FEWEST_KEYS` characters, none later than `SECONDS_BETWEEN_KEYS` after the
    one before, that ends with Enter or Tab, is a scan.

    Everything else is given back as it was typed, in order, and no later than that pause after its last key. While
    somebody types, and for `SECONDS_OF_QUIET` after, nothing is held back, nor are keys ever that type nothing. Of a
    run that does not end, no more is kept than of the longest payload. Not for two threads at once.
    """

    def __init__(self) -> None:
        self._run = _Run.UNDECIDED
        self._held: list[Keystroke] = []
        self._last = self._typed = -math.inf
        self._scanned = ("", -math.inf)

    def take(self, key: Keystroke) -> Sequence[Keystroke | Scan]:
        """Take the next key; answers what is certain now, in order."""
        given: list[Keystroke | Scan] = []
        if key.at - self._last > SECONDS_BETWEEN_KEYS:
            given += self._give_back()
            self._run = _Run.TYPED if key.at - self._typed <= SECONDS_OF_QUIET else _Run.UNDECIDED
        self._last = key.at
        if self._run is _Run.TYPED:
            self._typed = -math.inf if key.key in _ENDS else key.at
            return [*given, key]
        if key.key in _ENDS:
            return [*given, *self._end(key)]
        if key.character is None or not key.character.isprintable():
            return [*given, *self._give_back(), key]
        if len(self._held) <= LONGEST_PAYLOAD:
            self._held.append(key)
        return given

    def settle(self, now: float) -> Sequence[Keystroke]:
        """Time has passed; answers the keys that turn out to be a person's."""
        due = self.holds_until()
        return self._give_back() if due is not None and now > due else ()

    def holds_until(self) -> float | None:
        """When `settle` is due; None while no key is held back."""
        return self._last + SECONDS_BETWEEN_KEYS if self._held else None

    def _end(self, key: Keystroke) -> Sequence[Keystroke | Scan]:
        """A key that ends scans: what it has ended."""
        if self._run is _Run.SCANNED:
            self._held.clear()
            return ()
        if len(self._held) < FEWEST_KEYS:
            given = [*self._give_back(), key]
            self._typed = -math.inf
            return given
        keys, self._held = (*self._held, key), []
        self._run = _Run.SCANNED
        text = as_meant("".join(one.character or "" for one in keys[:-1]))
        before, at = self._scanned
        self._scanned = (text, key.at)
        news = News.AGAIN if text == before and key.at - at <= SECONDS_AGAIN else News.NEW
        return (Scan(read_payload(text, Via.READER), news, keys),)

    def _give_back(self) -> Sequence[Keystroke]:
        held, self._held = self._held, []
        if held:
            self._run, self._typed = _Run.TYPED, held[-1].at
        return held
