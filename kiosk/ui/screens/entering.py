"""What the two screens with a keypad share: a code is typed here, by touch, keyboard or a scanner that types."""

from __future__ import annotations

from textual import events, on

from kiosk.desk.credentials import LONGEST_PAYLOAD, Via, read_code
from kiosk.ui.messages import CodeOffered, WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.choice import Choice
from kiosk.ui.widgets.entry import Entry
from kiosk.ui.widgets.keypad import KEYS, Keypad
from kiosk.ui.widgets.words import PlainText

NUM_LOCK_OFF = {
    name: str(digit)
    for digit, name in enumerate(("insert", "end", "down", "pagedown", "left", "", "right", "home", "up", "pageup"))
    if name
}
"""What a terminal that cannot tell a numeric keypad from the cursor keys makes of its digits while Num Lock is off."""

FEWEST = 3
"""Shorter than any code: Enter does nothing yet."""


class EnteringScreen(KioskScreen):
    """Holds what is typed, until it is offered or the screen goes. Nothing of it is shown, and nothing kept."""

    notice_place = "#prompt"

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self._typed = typed

    def on_mount(self) -> None:
        """Show what was typed before the screen was there."""
        self._show()

    def thinking(self) -> None:
        """Say that the code is looked up."""
        self.query_one("#prompt", PlainText).say(self.speech.say("One moment…"))

    def on_screen_resume(self) -> None:
        """Back from a refusal: a fresh try."""
        self.query_one("#prompt", PlainText).say(self.prompt())

    def prompt(self) -> str:
        """What to do, in a sentence."""
        return self.speech.say("Type it on the keys, then OK.")

    @on(Keypad.Pressed)
    def _pressed(self, message: Keypad.Pressed) -> None:
        self._take(message.key)

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """The same keys on a keyboard, and letters, since some codes have them."""
        match event.key:
            case "escape":
                super().key_pressed(event)
                return
            case "backspace" | "delete":
                key = "back"
            case "full_stop" if self._typed.isdigit():
                key = "back"  # on a numeric keypad, which has no other key for it; no code of digits has a point
            case name if name in NUM_LOCK_OFF:
                key = NUM_LOCK_OFF[name]
            case "enter":
                key = "enter"
            case _ if event.character is not None and event.character.isprintable() and event.character.isascii():
                key = event.character
            case _:
                return
        if any(key in row for row in KEYS):
            self.query_one(Keypad).flash(key)
        self._take(key)

    @property
    def has_shortcuts(self) -> bool:
        """Only before anything is typed: a code may have such signs."""
        return not self._typed

    def _take(self, key: str) -> None:
        match key:
            case "back":
                self._typed = self._typed[:-1]
            case "enter":
                if len(self._typed) >= FEWEST:
                    self.post_message(CodeOffered(read_code(self._typed, Via.KEYPAD)))
                    self._typed = ""
            case _:
                # One more than can be a code, so that a longer one is refused and not cut to another.
                self._typed = (self._typed + key)[: LONGEST_PAYLOAD + 1]
        self._show()

    def _show(self) -> None:
        self.query_one(Entry).value = self._typed
