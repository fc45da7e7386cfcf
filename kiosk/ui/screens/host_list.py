"""The hosts that may be meant, five at a time, as large rows."""

from __future__ import annotations

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.hosts import PAGE_SIZE, Host, HostHint, HostPage
from kiosk.desk.interview import Interview
from kiosk.desk.visit_form import Question
from kiosk.ui.screens.form_page import FormPage
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

LARGEST_TITLE = 2.0
"""Rows of its capitals: with larger ones it touches the first host."""


class HostListScreen(FormPage):
    """Back leads to the search, where what was typed still stands."""

    private = ".host"

    def __init__(self, question: Question, interview: Interview, typed: str, page: HostPage) -> None:
        super().__init__(question, interview)
        self._typed = typed
        self._page = page
        self._listed: dict[str, Host] = {}

    def compose(self) -> ComposeResult:
        """Rows for the hosts, and a strip to turn the pages."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        yield BigText(self.asked, rows=3, largest=LARGEST_TITLE, id="title")
        with Vertical(id="rows"):
            for place in range(PAGE_SIZE):
                yield Choice("", look=Look.PLAIN, big=False, id=f"host-{place}", classes="host")
        with Horizontal(id="strip"):
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
            yield PlainText("", id="hint")
            yield Choice(say("Before"), look=Look.QUIET, big=False, id="before")
            yield Choice(say("More…"), look=Look.QUIET, big=False, id="more")

    def on_mount(self) -> None:
        """Show the page that was found."""
        self._show()

    @on(Choice.Chosen, ".host")
    def _chosen(self, message: Choice.Chosen) -> None:
        """Whoever was tapped, though the page may have been turned since."""
        if message.key:
            self.answer(self.interview.visiting(self.question, self._listed[message.key]))

    @on(Choice.Chosen, "#before")
    def _before(self) -> None:
        self._turn(-1)

    @on(Choice.Chosen, "#more")
    def _more(self) -> None:
        self._turn(1)

    def key_pressed(self, event: events.Key) -> None:
        """1 to 5 choose, page keys turn."""
        match event.key:
            case "pagedown" | "right" | "down" | "f3":
                self._turn(1)
            case "pageup" | "left" | "up" | "f2":
                self._turn(-1)
            case digit if digit.isdigit() and 0 < int(digit) <= len(self._page.hosts):
                self.answer(self.interview.visiting(self.question, self._page.hosts[int(digit) - 1]))
            case _:
                super().key_pressed(event)

    def _turn(self, by: int) -> None:
        if 0 <= self._page.page + by < self._page.pages:
            self._look_up(self._page.page + by)

    @work(group="search", exclusive=True)
    async def _look_up(self, page: int) -> None:
        self._page = await self.kiosk.desk.hosts(self._typed, page)
        self._show()

    def _show(self) -> None:
        page = self._page
        for place, choice in enumerate(self.query(".host").results(Choice)):
            host = page.hosts[place] if place < len(page.hosts) else None
            choice.visible = host is not None
            choice.key = "" if host is None else str(host.id)
            choice.label = "" if host is None else label_of(host)
            if host is not None:
                self._listed[choice.key] = host
        self.query_one("#before", Choice).visible = page.page > 0
        self.query_one("#more", Choice).visible = page.page + 1 < page.pages
        last = page.page + 1 >= page.pages and page.hint is HostHint.TYPE_ON
        say = self.speech.say
        words = say("There are more: go back and type more of the name.") if last else f"{page.page + 1} / {page.pages}"
        self.query_one("#hint", PlainText).say(words)


def label_of(host: Host) -> str:
    """A host in one line."""
    return f"{host.name} · {host.company}" if host.company else host.name
