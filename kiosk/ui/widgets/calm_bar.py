"""A line that fills, or runs out: how long something still takes, without a number that hurries anybody."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget


class CalmBar(Widget, can_focus=False):
    """One row, of which a share is drawn in the accent colour."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"calm-bar--done", "calm-bar--left"}

    DEFAULT_CSS = """
    CalmBar { width: 1fr; height: 1; }
    CalmBar > .calm-bar--done { color: $accent; }
    CalmBar > .calm-bar--left { color: $edge; }
    """

    share: reactive[float] = reactive(0.0)
    """How much of it is filled, 0 to 1."""

    def __init__(self, share: float = 0.0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.set_reactive(CalmBar.share, share)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        done = round(min(max(self.share, 0.0), 1.0) * width)
        return Strip(
            [
                Segment("▄" * done, self.get_component_rich_style("calm-bar--done")),
                Segment("▁" * (width - done), self.get_component_rich_style("calm-bar--left")),
            ],
            width,
        )
