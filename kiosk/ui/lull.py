"""The moment when nobody is at the glass: what would keep somebody waiting is done then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from kiosk.ui.screens.home import HomeScreen

SECONDS_BETWEEN_LOOKS = 1.0

LOOKS_UNTIL_QUIET = 2
"""So often in a row home has to be up: the next person of a group steps up sooner."""


class Lull:
    """Calls `then` once after each visit, when home has been up for a moment."""

    def __init__(self, app: App[Any], then: Callable[[], object]) -> None:
        self._app = app
        self._then = then
        self._looks = LOOKS_UNTIL_QUIET  # nobody has been here yet

    def watch(self) -> None:
        """Begin to look, as long as the application runs."""
        self._app.set_interval(SECONDS_BETWEEN_LOOKS, self.look)

    def look(self) -> None:
        """Look at what is up now."""
        if not isinstance(self._app.screen_stack[-1], HomeScreen):
            self._looks = 0
        elif self._looks < LOOKS_UNTIL_QUIET:
            self._looks += 1
            if self._looks == LOOKS_UNTIL_QUIET:
                self._then()
