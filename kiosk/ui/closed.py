"""The glass of a kiosk that cannot start: where people find help, and what to tell whoever mends it."""

from __future__ import annotations

import asyncio
import contextlib
import signal

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.filter import LineFilter

from kiosk.i18n.speech import Speech
from kiosk.ui.crash import QuietCrash
from kiosk.ui.lockdown import ControlFilter, SturdyDriver
from kiosk.ui.theme import lobby_theme
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.pictogram import Pictogram
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.words import PlainText

SECONDS_UNTIL_NEXT_TRY = 30.0
"""How long it stays: most of what keeps a kiosk from starting is mended by staff, so there is no hurry."""


class ClosedApp(QuietCrash, inherit_bindings=False):
    """Says to see reception, and with it the device and the reason's code. No key and no touch does anything."""

    CSS_PATH = "styles/closed.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None

    def __init__(self, speech: Speech, device: str, code: str, seconds: float = SECONDS_UNTIL_NEXT_TRY) -> None:
        # The same one always: what is drawn is kept under the filter that it went through.
        self._filters: list[LineFilter] = [ControlFilter()]
        super().__init__(driver_class=SturdyDriver)
        self._speech = speech
        self._device = device
        self._code = code
        self._seconds = seconds

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The kiosk's own variables, for the moment before its theme is on."""
        return lobby_theme().variables

    def get_line_filters(self) -> list[LineFilter]:
        """The one filter: no control character reaches the terminal."""
        return self._filters

    def compose(self) -> ComposeResult:
        """What people are to do in the middle of the glass, what staff need at its foot."""
        say = self._speech.say
        with Vertical(id="closed"):
            yield Pictogram(Sign.RECEPTION, rows=6, id="picture")
            yield BigText(say("Please see reception"), rows=4, align="center", id="title")
            yield PlainText(say("This kiosk is closed at the moment."), id="why")
        told = say("For staff: {device}, code {code}", device=self._device, code=self._code)
        yield PlainText(told, id="device")

    def on_resize(self, event: events.Resize) -> None:
        """A narrow glass has room for the heading on two lines."""
        self.query_one("#title", BigText).rows = 4 if event.size.width >= 60 else 9

    def on_mount(self) -> None:
        """Dress, and end by itself or when systemd says so."""
        self.register_theme(lobby_theme())
        self.theme = lobby_theme().name
        self.set_timer(self._seconds, self.exit)
        for number in (signal.SIGTERM, signal.SIGHUP):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread, in tests
                asyncio.get_running_loop().add_signal_handler(number, self.exit)
