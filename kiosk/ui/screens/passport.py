"""A phone with the Passport app: scan the code, and Nexudus checks its member in or out."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical

from kiosk.desk.elsewhere import Tiles
from kiosk.ui.messages import WentBack
from kiosk.ui.passport_watch import watch_for_passport
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.qr_code import QrCode
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class PassportScreen(KioskScreen):
    """One code at a time: beside each other a phone would take either. The kiosk looks for what comes of it."""

    takes_codes: ClassVar[bool] = True
    is_form: ClassVar[bool] = True  # to find one's phone takes time
    notice_place: ClassVar[str] = "#how"

    def __init__(self, tiles: Tiles) -> None:
        super().__init__()
        self._tiles = tiles
        self._leaving = not tiles.check_in

    def compose(self) -> ComposeResult:
        """What to do, which way, and the code."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Horizontal(id="passport"):
            with Vertical(id="side"):
                yield BigText(say("Passport"), rows=3, id="title")
                yield PlainText(say("Scan this with your phone's camera. Passport opens and does the rest."), id="how")
                with Container(id="ways"):
                    if self._tiles.check_in:
                        yield Choice(say("Check in"), big=False, id="in")
                    if self._tiles.check_out:
                        yield Choice(say("Check out"), big=False, id="out")
                yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
            with Vertical(id="code"):
                yield QrCode("", id="qr")

    def on_mount(self) -> None:
        """Show the code, and look for whoever uses it."""
        self._show()
        watch_for_passport(self.kiosk, self._tiles.watch_seconds)

    @on(Choice.Chosen, "#in")
    def _in(self) -> None:
        self._turn(leaving=False)

    @on(Choice.Chosen, "#out")
    def _out(self) -> None:
        self._turn(leaving=True)

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """F1 shows the way in, F2 the way out."""
        super().key_pressed(event)
        match event.key:
            case "f1" if self._tiles.check_in:
                self._turn(leaving=False)
            case "f2" if self._tiles.check_out:
                self._turn(leaving=True)

    def _turn(self, *, leaving: bool) -> None:
        self._leaving = leaving
        self._show()
        watch_for_passport(self.kiosk, self._tiles.watch_seconds)

    def _show(self) -> None:
        self.query_one("#qr", QrCode).update(self._tiles.check_out if self._leaving else self._tiles.check_in)
        for choice, chosen in (("#in", not self._leaving), ("#out", self._leaving)):
            for one in self.query(choice).results(Choice):
                one.look = Look.PRIMARY if chosen else Look.PLAIN
