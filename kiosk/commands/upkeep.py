"""What is done for a touch screen that runs for weeks, apart from showing it."""

from __future__ import annotations

import sys

from kiosk.commands.memory import collect_in_quiet_moments, pass_over_what_stays, sweep, tidy
from kiosk.ui.app import KioskApp
from kiosk.ui.lull import Lull

SWITCH_SECONDS = 0.001
"""How long the thread that writes to the terminal waits for the one that draws, which has a whole page on its way and
goes on with what nobody sees; Python's own patience is five times as long."""


def keep_answers_quick(app: KioskApp) -> None:
    """Keep collections of garbage out of answers, and have them reach the terminal at once. To be called when home has
    been drawn."""
    sys.setswitchinterval(SWITCH_SECONDS)
    pass_over_what_stays()
    collect_in_quiet_moments()
    app.when_answered = tidy
    Lull(app, sweep).watch()
