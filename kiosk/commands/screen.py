"""Shows a kiosk on this terminal."""

from __future__ import annotations

import sys

from kiosk.assembly import Kiosk
from kiosk.commands.memory import pass_over_what_stays
from kiosk.i18n.speech import Speech
from kiosk.sensors.scanner import CameraScanner, NoScanner
from kiosk.sensors.wedge import Wedge
from kiosk.ui.app import KioskApp, Patience
from kiosk.ui.nearness import Nearness
from kiosk.ui.rehearsal import Rehearsal
from kiosk.ui.widgets.keyboard_layouts import Layout, Typing


def show(
    kiosk: Kiosk,
    scanner: CameraScanner | NoScanner,
    rehearsal: Rehearsal | None = None,
    nearness: Nearness | None = None,
) -> int:
    """Run the touch screen until it ends; answers the exit status, which is not 0 after a crash."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        print("kiosk: the touch screen needs a terminal. Start it on one, or use 'kiosk line'.", file=sys.stderr)
        return 1
    wanted = kiosk.settings.screen
    patience = Patience(
        idle=wanted.idle_seconds,
        form=wanted.form_seconds,
        countdown=wanted.countdown_seconds,
        success=wanted.success_seconds,
        refusal=wanted.refusal_seconds,
    )
    keyboard = kiosk.settings.keyboard

    def ready() -> None:
        pass_over_what_stays()
        if nearness is not None:
            nearness.begin(app)

    app = KioskApp(
        kiosk.desk,
        scanner,
        Speech(),
        patience,
        accent=wanted.accent or None,
        typing=Typing(Layout(keyboard.layout), keyboard.endings),
        rehearsal=rehearsal,
        keys=Wedge(),
        when_ready=ready,
    )
    try:
        app.run()
    finally:
        scanner.stop()
    return app.return_code or 0
