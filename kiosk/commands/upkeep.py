"""What is done for a touch screen that runs for weeks, apart from showing it."""

from __future__ import annotations

from kiosk.commands.memory import collect_in_quiet_moments, pass_over_what_stays, sweep, tidy
from kiosk.ui.app import KioskApp
from kiosk.ui.lull import Lull


def keep_answers_quick(app: KioskApp) -> None:
    """Keep collections of garbage out of answers. To be called when home has been drawn."""
    pass_over_what_stays()
    collect_in_quiet_moments()
    app.when_answered = tidy
    Lull(app, sweep).watch()
