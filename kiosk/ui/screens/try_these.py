"""The demonstration's own panel: sample people, their codes, and what happens with them."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.ui.messages import WentBack
from kiosk.ui.rehearsal import LINE, Rehearsal, Try
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.troubles import TroublesScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.qr_code import QrCode
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

ROWS = 6
"""Samples on one page: each a row that a finger can hit."""


class TryTheseScreen(KioskScreen):
    """Pick somebody on the left; their code stands on the right, and can be held before the camera."""

    takes_codes = False
    takes_scans = True
    notice_place = ""

    def __init__(self, rehearsal: Rehearsal) -> None:
        super().__init__()
        self._rehearsal = rehearsal
        self._tries = list(rehearsal.tries())
        self._page = 0
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """The list, the code, and the controls."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Horizontal(id="panel"):
            with Vertical(id="people"):
                yield PlainText(id="expect")
                for row in range(ROWS):
                    yield Choice("", look=Look.PLAIN, big=False, id=f"row-{row}", classes="row")
                with Horizontal(id="controls"):
                    yield Choice(say("Back"), look=Look.QUIET, big=False, id="back")
                    yield Choice(say("More"), look=Look.QUIET, big=False, id="more")
                    yield Choice(say("Trouble"), look=Look.QUIET, big=False, id="trouble")
                    yield Choice(say("Show QR"), look=Look.QUIET, big=False, id="show")
            with Vertical(id="one"):
                yield PlainText(id="who")
                yield BigText("", rows=5, align="center", id="code")
                yield QrCode("", id="qr")

    def on_mount(self) -> None:
        """Fill in the first page."""
        self._fill()

    @on(Choice.Chosen, ".row")
    def _row(self, message: Choice.Chosen) -> None:
        self._choose(int((message.control.id or "row-0").removeprefix("row-")))

    @on(Choice.Chosen, "#more")
    def _more(self) -> None:
        pages = -(-len(self._tries) // ROWS)
        self._page = (self._page + 1) % max(pages, 1)
        self._chosen = 0
        self._fill()

    @on(Choice.Chosen, "#trouble")
    def _trouble(self) -> None:
        self.give_way_to(TroublesScreen(self._rehearsal))

    @on(Choice.Chosen, "#show")
    def _show(self) -> None:
        one = self._one()
        if one is not None and one.badge:
            self.kiosk.go_home()
            self._rehearsal.hold_badge(one.badge)
        elif one is not None and one.card:
            self.kiosk.go_home()
            self.kiosk.intake.type_fast(one.card)
        elif one is not None and one.qr:
            self._rehearsal.show_to_camera(one.qr)
            self.give_way_to(CodeEntryScreen())

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """1 to 6 choose, M turns the page, X opens the troubles, L pulls the network cable, S shows the
        code or the card, T and Escape go back."""
        super().key_pressed(event)
        match event.key:
            case "t":
                self._back()
            case "m":
                self._more()
            case "l":
                self._rehearsal.switch(LINE)
            case "x":
                self._trouble()
            case "s":
                self._show()
            case _ if event.character is not None and event.character in "123456":
                self._choose(int(event.character) - 1)

    def _choose(self, row: int) -> None:
        if self._page * ROWS + row < len(self._tries):
            self._chosen = row
            self._fill()

    def _one(self) -> Try | None:
        index = self._page * ROWS + self._chosen
        return self._tries[index] if index < len(self._tries) else None

    def _fill(self) -> None:
        for row in range(ROWS):
            index = self._page * ROWS + row
            choice = self.query_one(f"#row-{row}", Choice)
            choice.visible = index < len(self._tries)
            if index < len(self._tries):
                choice.label = self.speech.say(self._tries[index].label)
                choice.look = Look.PRIMARY if row == self._chosen else Look.PLAIN
        one = self._one()
        if one is not None:
            self.query_one("#who", PlainText).say(f"{one.name} · {one.code}" if one.qr else one.name)
            self.query_one("#expect", PlainText).say(self.speech.say(one.expect))
            code, qr = self.query_one("#code", BigText), self.query_one("#qr", QrCode)
            code.text, code.display = one.code, not one.qr
            show = self.query_one("#show", Choice)
            show.visible, qr.display = bool(one.qr or one.card or one.badge), bool(one.qr)
            say = self.speech.say
            show.label = say("Badge") if one.badge else say("Card") if one.card else say("Show QR")
            qr.update(one.qr)
