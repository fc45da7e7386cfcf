"""A field whose text nobody reads over the shoulder."""

from __future__ import annotations

from textual.reactive import reactive
from textual.timer import Timer

from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typed_line import TypedLine

DOT = "•"

SECONDS_SHOWN = 4.0
"""How long a look lasts: enough to read a password once."""


class SecretField(TextField):
    """A field that shows a dot for each letter; for a moment, when somebody asks, the letters themselves."""

    revealed: reactive[bool] = reactive(False)
    """Whether the letters show now."""

    _look: Timer | None = None

    @property
    def shown_line(self) -> TypedLine:
        """Dots, one for each letter, so that the caret stands where it would."""
        if self.revealed:
            return self.line
        stops = self.line.stops
        return TypedLine(DOT * (len(stops) - 1), stops.index(self.line.caret))

    def reveal(self) -> None:
        """Show the letters for a moment; asked again, hide them at once."""
        if self._look is not None:
            self._look.stop()
            self._look = None
        self.revealed = not self.revealed
        if self.revealed:
            self._look = self.set_timer(SECONDS_SHOWN, self._hide)

    def forget(self) -> None:
        """Empty it, and show nothing of what was there."""
        self.line = TypedLine()
        self._hide()

    def _hide(self) -> None:
        self.revealed = False
        self._look = None
