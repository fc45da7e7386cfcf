"""Plain words on the screen. Text is data here: it is never read as markup."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class PlainText(Static):
    """A text that is shown exactly as it is written, whatever brackets a name has."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(Content(text), id=id, classes=classes)
        self.text = text
        """The words shown now, for whoever reads the screen aloud."""

    def say(self, text: str) -> None:
        """Show other words."""
        if text != self.text:
            self.text = text
            self.update(Content(text))
