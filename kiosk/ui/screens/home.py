"""Home: one sentence and two large choices. Camera and badge are live here without a touch."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.frames import CameraState
from kiosk.ui.messages import UndoAsked
from kiosk.ui.screens.base import KioskScreen, begins_code
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.member import MemberScreen
from kiosk.ui.screens.passport import PassportScreen
from kiosk.ui.screens.try_these import TryTheseScreen
from kiosk.ui.screens.visitor import VisitorScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.calm_bar import CalmBar
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class HomeScreen(KioskScreen):
    """Where everybody begins, and where the kiosk always returns."""

    times_out = False
    notice_place = "#hint"

    def compose(self) -> ComposeResult:
        """The greeting, the two choices, and a strip for what can be done besides."""
        say, texts = self.speech.say, self.house.texts
        yield StatusBar(self.kiosk.desk, self.speech)
        with Vertical(id="greeting"):
            yield BigText(texts.home or say("Welcome"), rows=4, align="center", id="title")
            yield PlainText(texts.tap_to_start or say("Touch to check in or out"), id="subtitle")
        with Horizontal(id="choices"):
            yield Choice(
                texts.member or say("Member"), say("with your PIN"), look=Look.PRIMARY, icon=Sign.PERSON, id="member"
            )
            yield Choice(
                texts.visitor or say("Visitor"),
                say("with or without a code"),
                look=Look.PRIMARY,
                icon=Sign.VISITOR,
                id="visitor",
            )
        with Horizontal(id="strip", classes="-phones" if self.house.tiles else ""):
            yield PlainText(self._hint(), id="hint")
            yield Choice(say("Undo"), look=Look.PLAIN, big=False, id="undo")
            if self.house.tiles:
                yield Choice(say("Passport"), look=Look.QUIET, big=False, id="passport")
            if self.kiosk.rehearsal is not None:
                yield Choice(say("Try these"), look=Look.QUIET, big=False, id="tries")
        yield CalmBar(id="held")

    def on_mount(self) -> None:
        """Keep the strip true: the undo goes after its seconds, the camera may come or go."""
        self._refresh_strip()
        self.set_interval(0.5, self._refresh_strip)

    def on_screen_resume(self) -> None:
        """Somebody has finished: the strip may hold something new."""
        self._refresh_strip()

    @on(Choice.Chosen, "#member")
    def _member(self) -> None:
        self.lead_to(MemberScreen())

    @on(Choice.Chosen, "#visitor")
    def _visitor(self) -> None:
        self.lead_to(VisitorScreen())

    @on(Choice.Chosen, "#passport")
    def _passport(self) -> None:
        self.lead_to(PassportScreen(self.house.tiles))

    @on(Choice.Chosen, "#undo")
    def _undo(self) -> None:
        event = self.kiosk.undoable
        if event is not None:
            self.post_message(UndoAsked(self, event))

    @on(Choice.Chosen, "#tries")
    def _tries(self) -> None:
        if self.kiosk.rehearsal is not None:
            self.lead_to(TryTheseScreen(self.kiosk.rehearsal))

    def key_pressed(self, event: events.Key) -> None:
        """F1 and F2 choose, F3 is for phones, F9 undoes; letters and digits begin a code: a scanner types those."""
        match event.key:
            case "f1":
                self._member()
            case "f2":
                self._visitor()
            case "f3" if self.house.tiles:
                self._passport()
            case "f9":
                self._undo()
            case "t" if self.kiosk.rehearsal is not None:
                self._tries()
            case _ if begins_code(event):
                self.lead_to(CodeEntryScreen(event.character or ""))

    def _refresh_strip(self) -> None:
        self.query_one("#hint", PlainText).say(self._hint())
        self.query_one("#undo", Choice).display = self.kiosk.undoable is not None

    def _hint(self) -> str:
        if self.noticed:
            return self.noticed
        if self.kiosk.scanner.state is CameraState.LIVE:
            return self.speech.say("Or hold the QR code of your invitation up to the camera.")
        return self.speech.say("Have your PIN or the code of your invitation ready.")
