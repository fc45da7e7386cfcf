"""Plain words on the screen. Text is data here: it is never read as markup."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static


class PlainText(Static):
    """A text that is shown exactly as it is written, whatever brackets a name has."""

    _kept: tuple[Region, list[Strip]] | None = None

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(Content(text), id=id, classes=classes)
        self.text = text
        """The words shown now, for whoever reads the screen aloud."""

    def say(self, text: str) -> None:
        """Show other words."""
        if text != self.text:
            self.text = text
            self.update(Content(text))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they were drawn last, until something of them changes: whenever anything on the glass does,
        Textual (8.2.8) asks every widget on it."""
        if self._kept is None or self._kept[0] != crop:
            self._kept = crop, super().render_lines(crop)
        return self._kept[1]

    def notify_style_update(self) -> None:
        """It looks different now."""
        self._kept = None
        super().notify_style_update()

    def _set_dirty(self, *regions: Region) -> None:
        self._kept = None
        super()._set_dirty(*regions)
