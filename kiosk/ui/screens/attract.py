"""What the glass shows while nobody is there: whose kiosk it is, what time it is, and how to begin."""

from __future__ import annotations

import time
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.desk.hours import NEVER, Hours
from kiosk.i18n.calendar import clock_words
from kiosk.ui.present_time import TellTime, device_time
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.logo import Logo

ACROSS, DOWN = 7, 3
"""Columns and rows among which everything wanders, so that nothing burns into the panel."""


def wandering(minute: int) -> tuple[int, int]:
    """Return where everything stands in a minute, as columns and rows from the upper left: one cell from where it was
    in the minute before, through every place there is and back again."""
    places = ACROSS * DOWN
    step = minute % (2 * places - 2)
    place = min(step, 2 * places - 2 - step)
    row, column = divmod(place, ACROSS)
    return (column if row % 2 == 0 else ACROSS - 1 - column), row


class AttractScreen(KioskScreen):
    """Calm: nothing moves but the clock, and by a cell a minute everything. Codes and cards are taken here as on
    home."""

    takes_codes: ClassVar[bool] = True
    times_out: ClassVar[bool] = False
    notice_place: ClassVar[str] = ""  # home says it, which wakes for it

    def __init__(self, dim: Hours = NEVER, now: TellTime = device_time) -> None:
        super().__init__()
        self._dim = dim
        self._now = now

    def compose(self) -> ComposeResult:
        """The time above, for whoever passes by; then the place, and how to begin."""
        with Vertical(id="resting"):
            yield BigText("", rows=9, align="center", id="time")
            yield Logo(self.kiosk.logo, id="logo")
            yield BigText(self.house.name, rows=3, align="center", id="name")
            yield BigText(self.speech.say("Touch to begin"), rows=3, align="center", id="invitation")

    def on_mount(self) -> None:
        """Keep the time."""
        self._look()
        self.set_interval(1.0, self._look)

    def _look(self) -> None:
        now = self._now()
        told, local = self.query_one("#time", BigText), self.house.local(now) if now is not None else None
        told.text = clock_words(now, self.house) if now is not None else ""
        minute = local.hour * 60 + local.minute if local is not None else int(time.monotonic() // 60)
        self.query_one("#resting").styles.offset = wandering(minute)
        self.set_class(local is not None and self._dim.include(local.time()), "-night")
