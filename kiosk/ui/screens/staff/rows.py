"""A list of the staff corner: rows to be touched, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.words import PlainText

ROWS, UPRIGHT_ROWS = 4, 5
"""Rows on one page: each as high as a finger needs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        key: What it stands for.
        label: What it is called; data.
        hint: More of it: behind the label on a wide glass, below it on an upright one; data.
    """

    key: str
    label: str
    hint: str = ""


class RowsPage(StaffPage):
    """What it lists is read anew each time that it is seen."""

    private: ClassVar[str] = "#staff-rows"  # visitors and members, by their names

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._page = 0

    async def read(self) -> tuple[str, Sequence[Row]] | None:
        """What to say of the list, and its rows; None where it cannot be had, which has been said."""
        raise NotImplementedError

    def chosen(self, key: str) -> None:
        """A row was touched."""
        raise NotImplementedError

    @property
    def places(self) -> int:
        """How many rows fit on a page."""
        return UPRIGHT_ROWS if self.is_upright else ROWS

    def body(self) -> ComposeResult:
        """Places for rows; those that are not needed are not seen."""
        rows = [Choice("", look=Look.PLAIN, big=False, id=f"row-{place}") for place in range(self.places)]
        for row in rows:
            row.visible = False
        yield Vertical(*rows, id="staff-rows")

    def turns(self) -> ComposeResult:
        """The number of the page, and the ways to the others."""
        yield PlainText("", id="hint")
        yield Choice(self.speech.say("Before"), look=Look.QUIET, big=False, id="before")
        yield Choice(self.speech.say("More…"), look=Look.QUIET, big=False, id="more")

    def on_screen_resume(self) -> None:
        """Seen, for the first time or again."""
        self.read_again()

    @work(group="staff-rows", exclusive=True)
    async def read_again(self) -> None:
        """Read the list, and show it."""
        found = await self.read()
        if found is not None:
            about, self._rows = found
            self.tell(about)
        self._show()

    @on(Choice.Chosen, "#before")
    def _before(self) -> None:
        self._turn(-1)

    @on(Choice.Chosen, "#more")
    def _more(self) -> None:
        self._turn(1)

    @on(Choice.Chosen)
    def _chosen(self, message: Choice.Chosen) -> None:
        if message.key:
            self.chosen(message.key)

    def key_pressed(self, event: events.Key) -> None:
        """Page keys turn, digits choose."""
        match event.key:
            case "pagedown" | "right" | "down":
                self._turn(1)
            case "pageup" | "left" | "up":
                self._turn(-1)
            case digit if digit.isdecimal() and 0 < int(digit) <= len(self._shown):
                self.chosen(self._shown[int(digit) - 1].key)
            case _:
                super().key_pressed(event)

    @property
    def _pages(self) -> int:
        return max(1, -(-len(self._rows) // self.places))

    @property
    def _shown(self) -> Sequence[Row]:
        return self._rows[self._page * self.places :][: self.places]

    def _turn(self, by: int) -> None:
        if 0 <= self._page + by < self._pages:
            self._page += by
            self._show()

    def _show(self) -> None:
        self._page = min(self._page, self._pages - 1)
        shown = self._shown
        for place in range(self.places):
            choice = self.query_one(f"#row-{place}", Choice)
            row = shown[place] if place < len(shown) else Row("", "")
            choice.visible, choice.key = bool(row.key), row.key
            if self.is_upright:
                choice.label, choice.hint = row.label, row.hint
            else:
                choice.label = " · ".join(part for part in (row.label, row.hint) if part)
        self.query_one("#before", Choice).visible = self._page > 0
        self.query_one("#more", Choice).visible = self._page + 1 < self._pages
        say = self.speech.say
        page = say("Page {number} of {of}", number=self._page + 1, of=self._pages)
        self.query_one("#hint", PlainText).say(page if self._pages > 1 else "")
