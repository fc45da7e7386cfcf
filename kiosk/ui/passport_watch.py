"""Greets whoever uses an automation tile while they stand at the kiosk: it looks often, for a short while."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from kiosk.desk.elsewhere import Elsewhere
from kiosk.desk.outcomes import Outcome

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp

LOOK_SECONDS = 3.0
"""Between two looks: each costs a call of an allowance that the kiosk shares with others."""


def watch_for_passport(kiosk: KioskApp, seconds: float) -> None:
    """Look for so long from now; a look that goes on already goes on for so long."""
    kiosk.run_worker(_watch(kiosk, seconds), group="passport", exclusive=True, exit_on_error=True)


async def _watch(kiosk: KioskApp, seconds: float) -> None:
    until = time.monotonic() + seconds
    seen: Elsewhere | None = None
    while time.monotonic() < until:
        seen = await kiosk.desk.look_elsewhere(seen)
        for outcome in seen.outcomes:
            await _greet(kiosk, outcome, until)
        await asyncio.sleep(LOOK_SECONDS)


async def _greet(kiosk: KioskApp, outcome: Outcome, until: float) -> None:
    """Say it as soon as nobody else is being answered; who has had to wait too long has gone."""
    from kiosk.ui.screens.home import HomeScreen
    from kiosk.ui.screens.passport import PassportScreen
    from kiosk.ui.screens.result import ResultScreen

    while not isinstance(kiosk.screen, (HomeScreen, PassportScreen)):
        if time.monotonic() >= until:
            return
        await asyncio.sleep(0.2)
    kiosk.go_home()
    await kiosk.push_screen(ResultScreen(outcome))
