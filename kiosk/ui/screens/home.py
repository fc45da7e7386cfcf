"""Home: one sentence and two large choices. Camera and badge are live here without a touch."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kiosk.desk.frames import CameraState
from kiosk.ui.messages import UndoAsked
from kiosk.ui.screens.base import KioskScreen, begins_code
from kiosk.ui.screens.closed import ClosedScreen
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.screens.member import MemberScreen
from kiosk.ui.screens.passport import PassportScreen
from kiosk.ui.screens.try_these import TryTheseScreen
from kiosk.ui.screens.visitor import VisitorScreen
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.calm_bar import CalmBar
from kiosk.ui.widgets.chips import Chips
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.logo import Logo
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.sight import SightChips
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText


class HomeScreen(KioskScreen):
    """Where everybody begins, and where the kiosk always returns."""

    times_out = False
    notice_place = "#hint"

    def compose(self) -> ComposeResult:
        """The greeting, the two choices, a line with a third way, and a strip for what can be done besides."""
        say, texts = self.speech.say, self.house.texts
        self._said_by = self.speech
        yield StatusBar(self.kiosk.desk, self.speech)
        chips = self.kiosk.languages.chips()
        with Vertical(id="greeting"):
            yield Logo(self.kiosk.logo, id="logo")
            yield BigText(texts.home or say("Welcome"), rows=3 if chips else 4, align="center", id="title")
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
        yield PlainText(self._hint(), id="hint")
        if chips:
            self.add_class("-chips")
            yield Chips(chips, id="chips")
        with Horizontal(id="strip"):
            yield SightChips(id="sight")
            with Horizontal(id="besides"):
                yield Choice(say("Undo"), look=Look.PLAIN, big=False, id="undo")
                with Horizontal(id="more"):
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
        """Somebody has finished: strip, language and logo may be new."""
        if self._said_by is not self.speech:
            self.kiosk.languages.say_home_anew()
        else:
            self._refresh_strip()
            self.query_one(Logo).look_again()

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

    @on(Chips.Chosen)
    def _chip(self, message: Chips.Chosen) -> None:
        self.kiosk.languages.choose(message.key)

    @on(Choice.Chosen, "#tries")
    def _tries(self) -> None:
        if self.kiosk.rehearsal is not None:
            self.lead_to(TryTheseScreen(self.kiosk.rehearsal))

    def key_pressed(self, event: events.Key) -> None:
        """F1 and F2 choose, F3 or F9 undoes, F4 turns the language, F7 is for phones, a point goes through the ways of
        seeing; letters and digits begin a code, since a scanner types those."""
        match event.key:
            case "f1":
                self._member()
            case "f2":
                self._visitor()
            case "f4":
                self.kiosk.languages.turn()
            case "f3" | "f9":
                self._undo()
            case "f7" if self.house.tiles:
                self._passport()
            case "full_stop":
                self.kiosk.sight.toggle_next()
            case "t" if self.kiosk.rehearsal is not None:
                self._tries()
            case _ if begins_code(event):
                self.lead_to(CodeEntryScreen(event.character or ""))

    def _refresh_strip(self) -> None:
        if self.house.closure is not None:
            self.lead_to(ClosedScreen())
        self.query_one("#hint", PlainText).say(self._hint())
        self.query_one("#undo", Choice).display = self.kiosk.undoable is not None
        self.query_one(SightChips).refresh_labels()

    def _hint(self) -> str:
        if self.noticed:
            return self.noticed
        if self.kiosk.scanner.state is CameraState.LIVE:
            return self.speech.say("Or hold the QR code of your invitation up to the camera.")
        return self.speech.say("Have your PIN or the code of your invitation ready.")
