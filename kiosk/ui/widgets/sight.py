"""Two chips by which home is seen better, one touch each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from kiosk.ui.sight import Contrast, Lettering
from kiosk.ui.widgets.choice import Choice, Look

if TYPE_CHECKING:
    from kiosk.ui.app import KioskApp


class SightChips(Horizontal):
    """High contrast and large text. Each says what a touch does now, so that no colour has to tell what is on."""

    def compose(self) -> ComposeResult:
        """Both, side by side."""
        yield Choice("", look=Look.QUIET, big=False, id="contrast")
        yield Choice("", look=Look.QUIET, big=False, id="lettering")

    def on_mount(self) -> None:
        """Say what they do."""
        self.refresh_labels()

    @on(Choice.Chosen, "#contrast")
    def _contrast(self) -> None:
        self._kiosk.sight.toggle_contrast()
        self.refresh_labels()

    @on(Choice.Chosen, "#lettering")
    def _lettering(self) -> None:
        self._kiosk.sight.toggle_lettering()
        self.refresh_labels()

    def refresh_labels(self) -> None:
        """Say what they do now: somebody's wishes may have been wiped."""
        say, sight = self._kiosk.speech.say, self._kiosk.sight
        contrast, lettering = self.query_one("#contrast", Choice), self.query_one("#lettering", Choice)
        contrast.label = say("◑ Contrast") if sight.contrast is Contrast.USUAL else say("◐ Colours")
        lettering.label = say("A+ Large text") if sight.lettering is Lettering.USUAL else say("A− Small text")

    @property
    def _kiosk(self) -> KioskApp:
        return cast("KioskApp", self.app)
