"""A numeric keypad types what is printed on its keys, whether Num Lock is on or off, and answers every page.

The kitty keyboard protocol, which Textual asks of a terminal, gives each key of the keypad a code of its own (section
"Functional key definitions"), with Num Lock off as well. Textual (8.2.8) makes key names of them that type nothing, or
those of the cursor keys; here they become characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser

_FIRST = 57399
"""The code of the keypad's 0, after which its keys follow in the order of the protocol."""

_PRINTED = "0123456789./*-+\r=,46829371" + "0.5"
"""What is printed on them: with Num Lock on; then left, right, up, down, page up, page down, home, end, insert, delete
and begin, as the same keys are called with Num Lock off."""

_KEY = re.compile(r"\x1b\[(57[34]\d\d)(?:;[\d:;]*)?[u~]")
_BEGIN = re.compile(r"\x1b\[(?:1;\d+)?E")
"""The middle of the keypad with Num Lock off, as it is also reported."""

SHORTCUTS = {"*": "f1", "/": "f2", "+": "f3", "-": "escape"}
"""What the other keys stand for on pages where nobody types text: the first choice, the second, what stands in the
strip, and Back."""


def keypad_character(sequence: str) -> str | None:
    """Return what a key of a numeric keypad types, by what the terminal sends for it; None for any other key."""
    if _BEGIN.fullmatch(sequence):
        return "5"
    match = _KEY.fullmatch(sequence)
    place = int(match[1]) - _FIRST if match else -1
    return _PRINTED[place] if 0 <= place < len(_PRINTED) else None


def shortcut_of(event: events.Key) -> events.Key:
    """Return the key that a key of a numeric keypad stands for where it is a shortcut; any other key as it is."""
    meant = SHORTCUTS.get(event.character or "")
    return event if meant is None else events.Key(meant, None)


class KeypadParser(XTermParser):
    """Textual's parser of what a terminal sends, with a numeric keypad that types."""

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        return super()._sequence_to_key_events(keypad_character(sequence) or sequence, alt)
