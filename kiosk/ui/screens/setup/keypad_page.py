"""What the pages of setting up share on which digits are typed: at the second factor and the staff PIN."""

from __future__ import annotations

from textual import events, on

from kiosk.ui.screens.setup.page import SetUpPage
from kiosk.ui.widgets.keypad import BACK, ENTER, KEYS, Keypad


class KeypadPage(SetUpPage):
    """Takes the keys of the keypad, and the same on a keyboard. A page says what becomes of each."""

    def take(self, key: str) -> None:
        """One key of the keypad."""
        raise NotImplementedError

    def key_pressed(self, event: events.Key) -> None:
        """The same keys on a keyboard."""
        key = {"backspace": BACK, "enter": ENTER}.get(event.key, event.character or "")
        if any(key in row for row in KEYS):
            self.query_one(Keypad).flash(key)
            self.take(key)
        else:
            super().key_pressed(event)

    @on(Keypad.Pressed)
    def _pressed(self, message: Keypad.Pressed) -> None:
        self.take(message.key)
