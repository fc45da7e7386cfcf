"""A crash shows nothing on the glass and logs no local variables, which may hold what a visitor typed."""

from __future__ import annotations

import logging

from rich.console import RenderableType
from textual.app import App

from kiosk.traces import traces

logger = logging.getLogger(__name__)


class QuietCrash(App[None], inherit_bindings=False):
    """An application that ends with status 1 and one line in the log, where Textual would print a traceback with local
    variables."""

    def _handle_exception(self, error: Exception) -> None:
        logger.critical("the screen failed: %s", traces(error))
        self._return_code = 1
        if self._exception is None:
            # Where Textual's test harness finds it.
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Called by the terminal driver with a traceback to print; nothing is printed."""
        logger.critical("the terminal failed")
        self._return_code = 1
        self._close_messages_no_wait()
