"""The demonstration's bad days: a card for each, on while it lasts."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal, Vertical

from kiosk.ui.messages import WentBack
from kiosk.ui.rehearsal import LINE, Rehearsal
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign, letter_for
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

LOOK_SECONDS = 0.5
"""How often the cards are made true: a sign-in ends in its own time."""


class TroublesScreen(KioskScreen):
    """Touch a card to let something go wrong, and again to let it be over. Colour and a tick tell what is on."""

    takes_codes = False

    def __init__(self, rehearsal: Rehearsal) -> None:
        super().__init__()
        self._rehearsal = rehearsal
        self._keys = [trouble.key for trouble in rehearsal.troubles()]

    def compose(self) -> ComposeResult:
        """What the last touch does, the cards, and the way out."""
        say = self.speech.say
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="about"):
            yield BigText(say("Trouble"), rows=3, id="heading")
            yield PlainText(say("Touch what should go wrong; touch it again and it is over."), id="expect")
        with Grid(id="troubles"):
            for key in self._keys:
                yield Choice("", look=Look.PLAIN, big=False, id=f"trouble-{key}", classes="trouble")
        with Horizontal(id="controls"):
            yield Choice(say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
            yield Choice(say("All is well"), look=Look.QUIET, big=False, id="well")

    def on_mount(self) -> None:
        """Show what is on now, and keep it true."""
        self._fill()
        self.set_interval(LOOK_SECONDS, self._fill)

    @on(Choice.Chosen, ".trouble")
    def _touched(self, message: Choice.Chosen) -> None:
        self._switch((message.control.id or "").removeprefix("trouble-"))

    @on(Choice.Chosen, "#well")
    def _well(self) -> None:
        for trouble in self._rehearsal.troubles():
            if trouble.on:
                self._rehearsal.switch(trouble.key)
        self._fill()

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def key_pressed(self, event: events.Key) -> None:
        """L pulls the network cable, Escape goes back."""
        super().key_pressed(event)
        if event.key == "l":
            self._switch(LINE)

    def _switch(self, key: str) -> None:
        self._rehearsal.switch(key)
        told = next(trouble.expect for trouble in self._rehearsal.troubles() if trouble.key == key)
        self.query_one("#expect", PlainText).say(self.speech.say(told))
        self._fill()

    def _fill(self) -> None:
        for trouble in self._rehearsal.troubles():
            choice = self.query_one(f"#trouble-{trouble.key}", Choice)
            label = self.speech.say(trouble.label)
            choice.label = f"{letter_for(Sign.TICK)} {label}" if trouble.on else label
            choice.look = Look.PRIMARY if trouble.on else Look.PLAIN
