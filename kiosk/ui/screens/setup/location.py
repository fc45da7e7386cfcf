"""Where the kiosk stands: one of the locations that the account sees, four at a time, as large rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.provisioning import Place
from kiosk.ui.screens.setup.page import SetUpPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.words import PlainText

ROWS = 4
"""Locations on a page."""


class LocationPage(SetUpPage):
    """A touch on a row chooses it. The one that is most likely meant stands out, and its page is shown first."""

    def __init__(
        self, places: Sequence[Place], usual: int | None, chosen: Callable[[Place], None], progress: str
    ) -> None:
        super().__init__(progress)
        self._places = places
        self._usual = usual
        self._chosen = chosen
        self._page = next((index // ROWS for index, one in enumerate(places) if one.id == usual), 0)

    def compose(self) -> ComposeResult:
        """The rows, and what turns the pages."""
        say = self.speech.say
        yield self.bar()
        yield BigText(say("Where does this kiosk stand?"), rows=3, id="title")
        with Vertical(id="rows"):
            for row in range(ROWS):
                yield Choice("", look=Look.PLAIN, big=False, id=f"row-{row}", classes="row")
        with self.deeds():
            yield self.back_choice()
            with Horizontal(id="others"):
                yield PlainText("", id="hint")
                yield Choice(say("Before"), look=Look.QUIET, big=False, id="before")
                yield Choice(say("More…"), look=Look.QUIET, big=False, id="more")

    def on_mount(self) -> None:
        """Show the page of the likely one."""
        self._show()

    @on(Choice.Chosen, ".row")
    def _row(self, message: Choice.Chosen) -> None:
        """Whichever stood there when it was touched."""
        place = next((one for one in self._places if str(one.id) == message.key), None)
        if place is not None and self.is_current:
            self._chosen(place)

    @on(Choice.Chosen, "#before")
    def _before(self) -> None:
        self._turn(-1)

    @on(Choice.Chosen, "#more")
    def _more(self) -> None:
        self._turn(1)

    def key_pressed(self, event: events.Key) -> None:
        """1 to 4 choose, page keys turn."""
        shown = self._shown()
        match event.key:
            case "pagedown" | "right" | "down":
                self._turn(1)
            case "pageup" | "left" | "up":
                self._turn(-1)
            case digit if digit.isdigit() and 0 < int(digit) <= len(shown) and self.is_current:
                self._chosen(shown[int(digit) - 1])
            case _:
                super().key_pressed(event)

    def _shown(self) -> Sequence[Place]:
        return self._places[self._page * ROWS : (self._page + 1) * ROWS]

    @property
    def _pages(self) -> int:
        return -(-len(self._places) // ROWS)

    def _turn(self, by: int) -> None:
        if 0 <= self._page + by < self._pages:
            self._page += by
            self._show()

    def _show(self) -> None:
        shown = self._shown()
        for row, choice in enumerate(self.query(".row").results(Choice)):
            place = shown[row] if row < len(shown) else None
            choice.visible = place is not None
            choice.key, choice.label = ("", "") if place is None else (str(place.id), place.name)
            choice.look = Look.PRIMARY if place is not None and place.id == self._usual else Look.PLAIN
        self.query_one("#before", Choice).visible = self._page > 0
        self.query_one("#more", Choice).visible = self._page + 1 < self._pages
        page = self.speech.say("Page {number} of {of}", number=self._page + 1, of=self._pages)
        self.query_one("#hint", PlainText).say(page if self._pages > 1 else "")
