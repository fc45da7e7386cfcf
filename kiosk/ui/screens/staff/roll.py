"""Who is in: on the glass, on paper, in a file."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import events, on, work
from textual.app import ComposeResult
from textual.widgets import Static

from kiosk.desk.roll_call import RollCall
from kiosk.desk.staff_desk import Act
from kiosk.i18n.roll_words import as_of_words, head_words, name_words, paper_words, since_words, title_words
from kiosk.ui.screens.staff.page import StaffPage
from kiosk.ui.widgets.big_text import cut
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.words import PlainText


class RollPage(StaffPage):
    """As many names as fit, page by page; what is printed holds all of them."""

    private: ClassVar[str] = "#names"

    def __init__(self) -> None:
        super().__init__()
        self._roll: RollCall | None = None
        self._page = 0

    def heading(self) -> str:
        """How many, once that is known."""
        return self.speech.say("Who is in")

    def body(self) -> ComposeResult:
        """The names."""
        yield Static(id="names", markup=False)

    def turns(self) -> ComposeResult:
        """The number of the page, and the ways to the others."""
        yield PlainText("", id="hint")
        yield Choice(self.speech.say("Before"), look=Look.QUIET, big=False, id="before")
        yield Choice(self.speech.say("More…"), look=Look.QUIET, big=False, id="more")

    def acts(self) -> ComposeResult:
        """Print and save."""
        yield self.act(self.speech.say("Save as text"), "save")
        yield self.act(self.speech.say("Print"), "print", Look.PRIMARY)

    def on_mount(self) -> None:
        """Nothing to print or turn yet."""
        self.query_one("#acts").visible = False
        self.query_one("#before").visible = self.query_one("#more").visible = False
        self._read()

    @work(group="roll")
    async def _read(self) -> None:
        self._roll = await self.tried(self.staff.roll_call())
        await self.tried(self.staff.note(Act.SEEN))
        if self._roll is not None:
            self.query_one("#acts").visible = True
            self._show()

    def on_resize(self) -> None:
        """How much fits on a page is known now."""
        self.call_after_refresh(self._show)

    @on(Choice.Chosen, "#before")
    def _before(self) -> None:
        self._turn(-1)

    @on(Choice.Chosen, "#more")
    def _more(self) -> None:
        self._turn(1)

    @on(Choice.Chosen, "#print")
    def _print(self) -> None:
        self._hand_over()

    @on(Choice.Chosen, "#save")
    def _save(self) -> None:
        self._keep()

    def key_pressed(self, event: events.Key) -> None:
        """Page keys turn, P prints."""
        match event.key:
            case "pagedown" | "right" | "down":
                self._turn(1)
            case "pageup" | "left" | "up":
                self._turn(-1)
            case "p":
                self._hand_over()
            case _:
                super().key_pressed(event)

    @work(group="roll", exclusive=True)
    async def _hand_over(self) -> None:
        if self._roll is None:
            return
        self.tell(self.speech.say("One moment…"))
        text, title = self._paper()
        printer = await self.tried(self.staff.print_out(text, title))
        if printer is not None:
            self.tell(self.speech.say("Handed to {printer}.", printer=printer))

    @work(group="roll", exclusive=True)
    async def _keep(self) -> None:
        if self._roll is None:
            return
        path = await self.tried(self.staff.save(self._paper()[0], self._roll.people))
        if path is not None:
            self.tell(self.speech.say("Saved as {path}", path=path))

    def _paper(self) -> tuple[str, str]:
        if self._roll is None:
            return "", ""
        return paper_words(self._roll, self.house, self.speech), title_words(self.house, self.speech)

    def _lines(self, width: int) -> list[str]:
        """A line for each person: the name on the left, since when on the right."""
        if self._roll is None:
            return []
        lines = []
        for one in self._roll.present:
            since = since_words(one, self._roll, self.house, self.speech)
            name = name_words(one, self.speech)
            room = max(1, width - cell_len(since) - 2)
            lines.append(f"{set_cell_size(cut(name, room), room)}  {since}")
        return lines

    def _turn(self, by: int) -> None:
        self._page += by
        self._show()

    def _show(self) -> None:
        size = self.query_one("#names", Static).content_size
        if self._roll is None or size.height <= 0:
            return
        lines = self._lines(size.width)
        pages = max(1, -(-len(lines) // size.height))
        self._page = min(max(self._page, 0), pages - 1)
        self.query_one("#names", Static).update("\n".join(lines[self._page * size.height :][: size.height]))
        self.query_one("#before").visible = self._page > 0
        self.query_one("#more").visible = self._page + 1 < pages
        page = self.speech.say("Page {number} of {of}", number=self._page + 1, of=pages)
        self.query_one("#hint", PlainText).say(page if pages > 1 else "")
        head = head_words(self._roll, self.speech)
        if not self.query_one("#about", PlainText).text:
            self.tell(f"{head} · {as_of_words(self._roll, self.house, self.speech)}")
