"""The location's terms, page by page, and the touch by which a visitor agrees to them."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.desk.credentials import Code
from kiosk.ui.messages import Registration, TermsAgreed, WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText
from kiosk.ui.widgets.written import blocks_of, pages_of

_WIDEST = 76
"""Columns of a line at the most: longer ones are hard to read."""


class TermsScreen(KioskScreen):
    """Agreeing stands on the last page only, and not where pages are turned: nobody agrees by tapping through."""

    takes_codes: ClassVar[bool] = False
    is_form: ClassVar[bool] = True

    def __init__(self, request: Code | Registration, terms: str) -> None:
        super().__init__()
        self._request = request
        self._blocks = blocks_of(terms)
        self._pages: tuple[tuple[Content, ...], ...] = ()  # not laid out yet: nobody has seen anything to agree to
        self._page = 0

    def compose(self) -> ComposeResult:
        """The text between its heading and what can be done."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        yield BigText(say("Please read and agree"), rows=3, id="title")
        yield Static(id="text", markup=False)
        with Horizontal(id="strip"):
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
            yield Choice(say("I agree"), look=Look.PRIMARY, big=False, icon=Sign.TICK, id="agree")
            yield PlainText("", id="hint")
            yield Choice(say("Read on"), look=Look.PLAIN, big=False, id="on")

    def on_mount(self) -> None:
        """Nothing to touch before there is something to read."""
        self.query_one("#agree").display = self.query_one("#on").display = False

    def on_resize(self) -> None:
        """How much fits on a page is known now."""
        self.call_after_refresh(self._lay_out)

    @on(Choice.Chosen, "#on")
    def _turn_on(self) -> None:
        self._turn(1)

    @on(Choice.Chosen, "#agree")
    def _agree(self) -> None:
        if self._is_last:
            self.post_message(TermsAgreed(self, self._request))

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        """A page back, and from the first one out."""
        if self._page > 0:
            self._turn(-1)
        else:
            self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """Page keys turn, F1 agrees where agreeing is offered."""
        match event.key:
            case "pagedown" | "right" | "down" | "f3" | "enter":
                self._turn(1)
            case "pageup" | "left" | "up" | "f2":
                self._turn(-1)
            case "f1":
                self._agree()
            case _:
                super().key_pressed(event)

    def _lay_out(self) -> None:
        size = self.query_one("#text", Static).content_size
        if size.width > 0 and size.height > 0:
            self._pages = pages_of(self._blocks, min(size.width, _WIDEST), size.height)
            self._page = min(self._page, len(self._pages) - 1)
            self._show()

    def _turn(self, by: int) -> None:
        if 0 <= self._page + by < len(self._pages):
            self._page += by
            self._show()

    @property
    def _is_last(self) -> bool:
        return self._page + 1 == len(self._pages)

    def _show(self) -> None:
        self.query_one("#text", Static).update(Content("\n").join(self._pages[self._page]))
        self.query_one("#on", Choice).display = not self._is_last
        self.query_one("#agree", Choice).display = self._is_last
        one = len(self._pages) == 1
        page = self.speech.say("Page {number} of {of}", number=self._page + 1, of=len(self._pages))
        self.query_one("#hint", PlainText).say("" if one else page)
