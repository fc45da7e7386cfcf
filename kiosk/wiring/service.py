"""Builds what a kiosk does as a system service, out of the settings and of what systemd says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import time
from pathlib import Path

from kiosk.assembly import Kiosk
from kiosk.clock import SystemClock
from kiosk.last_good import Chosen, keep
from kiosk.service.backlight import Night, choose_backlight
from kiosk.service.caretaker import Caretaker
from kiosk.service.heart import Heart
from kiosk.service.notify import Notifier, watchdog_seconds
from kiosk.service.novice import Novice
from kiosk.service.settings_watch import SettingsWatch, fingerprint
from kiosk.settings import DEFAULT_FILES, SettingsError, load_settings

REQUEST = "restart-when-idle"
"""In $RUNTIME_DIRECTORY: asks for a restart at the next idle moment."""


def caretaker_of(
    kiosk: Kiosk, chosen: Chosen, notifier: Notifier, environment: Mapping[str, str] = os.environ
) -> Caretaker:
    """Who looks after the device while this kiosk is up."""
    device, clock = kiosk.settings.device, SystemClock()

    def local_time() -> time:
        return kiosk.desk.house().local(clock.now().wall).time()

    def remember() -> None:
        if not chosen.refused:
            keep(chosen.file)

    return Caretaker(
        notifier,
        Heart(notifier, kiosk.courier_beat, watchdog_seconds(environment) / 2),
        watch_of(chosen),
        Path(environment.get("RUNTIME_DIRECTORY", "/run/kiosk")) / REQUEST,
        choose_backlight(),
        Night(device.dim_from, device.dim_until, device.dim_percent),
        local_time,
        remember,
    )


def novice_of(notifier: Notifier, environment: Mapping[str, str] = os.environ) -> Novice:
    """Who tells systemd of a kiosk that is being set up."""
    return Novice(notifier, watchdog_seconds(environment) / 2)


def watch_of(chosen: Chosen) -> SettingsWatch:
    """Looks after the settings file that a kiosk runs on, or should."""
    file = chosen.file or DEFAULT_FILES[0]

    def says() -> bool:
        try:
            found = load_settings(file) if file.is_file() else load_settings()
        except SettingsError as error:
            raise ValueError(str(error)) from error
        # By what they say: each reading makes a class of its own.
        return found.model_dump() != chosen.settings.model_dump()

    return SettingsWatch(file, says, fingerprint(file), chosen.refused)
