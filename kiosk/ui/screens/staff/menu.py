"""The menu of the staff corner: a tile for each thing that staff do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Grid

from kiosk.i18n.speech import Speech
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.choice import Choice, Look


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """One tile.

    Attributes:
        key: Tells it from the others: letters and hyphens.
        label: What it is called, two or three words, in a language.
        page: Makes the page that it leads to.
    """

    key: str
    label: Callable[[Speech], str]
    page: Callable[[], KioskScreen]


class MenuPage(StaffPage):
    """Back leaves the corner, and with it is locked."""

    def __init__(self, entries: Sequence[StaffEntry]) -> None:
        super().__init__()
        self._entries = {entry.key: entry for entry in entries}

    def heading(self) -> str:
        """The corner."""
        return self.speech.say("Staff corner")

    def about(self) -> str:
        """What comes of what is done here."""
        return self.speech.say("What is done here is written down. Back locks it.")

    def body(self) -> ComposeResult:
        """The tiles."""
        tiles = [
            Choice(entry.label(self.speech), look=Look.PLAIN, big=False, key=entry.key, id=f"entry-{entry.key}")
            for entry in self._entries.values()
        ]
        yield Grid(*tiles, id="tiles")

    @on(Choice.Chosen)
    def _chosen(self, message: Choice.Chosen) -> None:
        if message.key:
            self.lead_to(self._entries[message.key].page())

    def key_pressed(self, event: events.Key) -> None:
        """1 to 9 choose the first nine tiles."""
        digit = event.key if event.key.isdecimal() else ""
        if digit and 0 < int(digit) <= len(self._entries):
            self.lead_to(list(self._entries.values())[int(digit) - 1].page())
        else:
            super().key_pressed(event)
