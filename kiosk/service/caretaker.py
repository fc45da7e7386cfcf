"""Fulfils the screen's `Service`, and does in a thread of its own what waits for disks and devices."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from datetime import time
from pathlib import Path
from types import TracebackType

from kiosk.service.backlight import Backlight, Night
from kiosk.service.heart import Heart
from kiosk.service.notify import Notifier
from kiosk.service.settings_watch import Change, SettingsWatch
from kiosk.traces import traces

logger = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""How often it is looked round."""


class Caretaker:
    """Looks after the device while the kiosk is up.

    Args:
        notifier: Where systemd hears of it.
        heart: Told of each beat of the screen.
        watch: The settings file.
        request: A file that appears when a restart is asked for, as the nightly timer does; it is taken away.
        backlight: The display's.
        night: When it is dimmed.
        local_time: The time of day at the location.
        on_ready: Called in the thread once home has been drawn.
    """

    def __init__(
        self,
        notifier: Notifier,
        heart: Heart,
        watch: SettingsWatch,
        request: Path,
        backlight: Backlight,
        night: Night,
        local_time: Callable[[], time],
        on_ready: Callable[[], None] = lambda: None,
    ) -> None:
        self._notifier = notifier
        self._heart = heart
        self._watch = watch
        self._request = request
        self._backlight = backlight
        self._night = night
        self._local_time = local_time
        self._on_ready = on_ready
        self._change = Change.NONE
        self._asked = False
        self._untouched = 0.0
        self._shines: int | None = None
        self._light_failed = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look_for_ever, name="caretaker", daemon=True)

    # What the screen says and asks, in its own loop.

    def ready(self) -> None:
        """Home is on the glass: systemd, and an update that waits for it, are told."""
        self._notifier.tell("READY=1", "STATUS=The kiosk is open.")
        self._thread.start()

    def beat(self, untouched: float) -> None:
        """The screen lives."""
        self._untouched = untouched
        self._heart.beat()

    def wants_restart(self) -> bool:
        """Whether other settings wait, or staff or the timer asked."""
        return self._asked or self._change is Change.VALID

    def __enter__(self) -> Caretaker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._notifier.tell("STOPPING=1")
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(LOOK_SECONDS)

    # The thread.

    def _look_for_ever(self) -> None:
        self._on_ready()
        while not self._ended.is_set():
            try:
                self.look_round()
            except Exception as error:
                logger.error("the device could not be looked after: %s", traces(error))
            self._ended.wait(LOOK_SECONDS)

    def look_round(self) -> None:
        """Look at the settings, at the request for a restart, and at the light."""
        change = self._watch.look()
        if change is not self._change:
            self._change = change
            refused = f"The changed settings are refused: {self._watch.refused}"
            self._notifier.status(refused if change is Change.REFUSED else "The kiosk is open.")
        if not self._asked and self._request.exists():
            self._asked = True
            with contextlib.suppress(OSError):  # systemd empties the folder at the next start in any case
                self._request.unlink()
            logger.info("a restart was asked for; the kiosk starts anew at the next idle moment")
        self._light()

    def _light(self) -> None:
        wanted = self._night.brightness(self._local_time(), self._untouched)
        if wanted == self._shines:
            return
        try:
            self._backlight.shine(wanted)
        except OSError as error:
            if not self._light_failed:
                logger.error("the display's light cannot be set: %s", error.strerror)
            self._light_failed = True
        else:
            self._shines, self._light_failed = wanted, False
