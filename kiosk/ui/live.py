"""The view-finder by itself, for whoever sets a camera up: does it see a code, and what is in it?"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.filter import LineFilter
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from kiosk.desk.ports import CodeScanner
from kiosk.i18n.speech import Speech
from kiosk.text import clean
from kiosk.ui.crash import QuietCrash
from kiosk.ui.lockdown import ControlFilter, SturdyDriver
from kiosk.ui.theme import contrast_theme, lobby_theme
from kiosk.ui.widgets.camera_view import CameraView
from kiosk.ui.widgets.ready import even_ground
from kiosk.ui.widgets.words import PlainText

LONGEST_SHOWN = 400
"""Characters of a code that are shown; all of them are printed."""


class _Ground(Screen[object]):
    """Nothing is drawn on it but its widgets: it is asked for its lines with each picture."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The ground alone."""
        return even_ground(self, crop)


class LiveView(QuietCrash):
    """What a scanner sees on the whole terminal, and the last code that it read. Ends by Q, Escape or Ctrl-C."""

    TITLE = "Camera"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    CSS = """
    Screen { background: $background; color: $foreground; overflow: hidden; }
    #about { dock: top; height: 1; padding: 0 2; background: $panel; }
    #read { dock: bottom; height: 1; padding: 0 2; background: $panel; }
    """

    def __init__(self, scanner: CodeScanner, about: str, seconds: float | None = None) -> None:
        """Prepare.

        Args:
            scanner: What looks. Its codes are for nobody here: whoever built it knows what it reads.
            about: What it looks through, for the first line.
            seconds: After so long it ends by itself; None never.
        """
        self._filters: list[LineFilter] = [ControlFilter()]  # asked for while the application is built
        super().__init__(driver_class=SturdyDriver)
        self._scanner = scanner
        self._about = about
        self._seconds = seconds

    def get_default_screen(self) -> Screen[object]:
        """One with an even ground."""
        return _Ground(id="_default")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The kiosk's own colours."""
        return lobby_theme().variables

    def get_line_filters(self) -> list[LineFilter]:
        """No control character reaches the terminal: a code holds whatever a stranger put into it."""
        return self._filters

    def compose(self) -> ComposeResult:
        """What is looked through, the picture, and what was read."""
        yield PlainText(clean(f"{self._about} · q ends"), id="about")
        yield CameraView(self._scanner, Speech())
        yield PlainText(id="read")

    def on_mount(self) -> None:
        """Dress, look, and begin to count."""
        self.register_theme(lobby_theme())
        self.register_theme(contrast_theme())
        self.theme = lobby_theme().name
        self._scanner.listen(lambda code: None)
        if self._seconds is not None:
            self.set_timer(self._seconds, self.exit)

    def tell(self, text: str) -> None:
        """Show what was read. May be called from any thread."""
        self.call_later(self._show, clean(text, LONGEST_SHOWN))

    def on_key(self, event: events.Key) -> None:
        """The keys that end it."""
        if event.key in ("q", "Q", "escape", "ctrl+c", "ctrl+q"):
            self.exit()

    def _show(self, text: str) -> None:
        self.query_one("#read", PlainText).say(text)
