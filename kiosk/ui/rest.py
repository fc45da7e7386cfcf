"""While nobody is there: home gives way to a calm screen, and comes back with the first sign of life."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events

from kiosk.desk.hours import NEVER, Hours
from kiosk.ui.screens.attract import AttractScreen

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp


@dataclass(frozen=True, slots=True)
class Resting:
    """When the screen rests.

    Attributes:
        after: Seconds without a touch on home; 0 for never.
        dim: Hours of the location in which the resting screen is dark.
    """

    after: float = 0.0
    dim: Hours = NEVER


class Rest:
    """Puts the attract screen up, and wakes home. Whatever senses somebody may call `wake`."""

    def __init__(self, kiosk: KioskApp, resting: Resting) -> None:
        self._kiosk = kiosk
        self._resting = resting
        self._waking = False
        self._woken_at = float("-inf")

    def look(self, touched: float) -> None:
        """Rest, if home has been left alone for long enough.

        Args:
            touched: When the glass was last touched, in seconds of `time.monotonic()`.
        """
        after, at_home = self._resting.after, len(self._kiosk.screen_stack) == 2
        if after and at_home and time.monotonic() - max(touched, self._woken_at) >= after:
            self._kiosk.push_screen(AttractScreen(self._resting.dim, self._kiosk.tell_time))

    def wake(self) -> bool:
        """Somebody is there; answers whether the screen was at rest until now."""
        if not isinstance(self._kiosk.screen, AttractScreen):
            return False
        self._kiosk.pop_screen()
        self._woken_at = time.monotonic()  # who shows a code or a badge touches nothing, and is there even so
        return True

    def takes(self, event: events.Event) -> bool:
        """Wake by a touch or key; answers whether it has done its work by that.

        The touch that wakes does nothing else, as far as the lifting of the finger. A key that types may be the first
        of a code, and counts.
        """
        if isinstance(event, events.MouseDown) and self.wake():
            self._waking = True
        elif isinstance(event, events.MouseEvent) and self._waking:
            self._waking = not isinstance(event, events.MouseUp)
            return True
        elif isinstance(event, events.Key) and not event.is_forwarded:
            return self.wake() and not event.is_printable
        return self._waking
