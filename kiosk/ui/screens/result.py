"""The answer: a colour, a sign, and words with each, for some seconds or until a touch."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widget import Widget

from kiosk.desk.interview import Interview
from kiosk.desk.outcomes import Outcome, OutcomeKind, Standing
from kiosk.i18n.sentences import Words, words_for
from kiosk.ui.messages import Finished, RegistrationBegun, UndoAsked, WentBack
from kiosk.ui.screens.base import KioskScreen, begins_code
from kiosk.ui.screens.code_entry import CodeEntryScreen
from kiosk.ui.theme import Tone
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.pictogram import Pictogram
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.ready import Column, Row
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.words import PlainText

_SIGNS = {
    OutcomeKind.WELCOME: (Tone.WELCOME, Sign.TICK),
    OutcomeKind.GREETED: (Tone.NOTICE, Sign.TICK),
    OutcomeKind.GOODBYE: (Tone.GOODBYE, Sign.WAVE),
    OutcomeKind.UNDONE: (Tone.GOODBYE, Sign.TICK),
    OutcomeKind.WAITING: (Tone.NOTICE, Sign.CLOCK),
    OutcomeKind.ASK_TERMS: (Tone.NOTICE, Sign.RECEPTION),
    OutcomeKind.LOCKED: (Tone.REFUSAL, Sign.LOCK),
    OutcomeKind.UNKNOWN: (Tone.REFUSAL, Sign.QUESTION),
}
_REFUSAL = (Tone.REFUSAL, Sign.RECEPTION)
_REGISTERED = (OutcomeKind.WELCOME, OutcomeKind.WAITING)


def _all_told(words: Words) -> str:
    return " ".join(part for part in (words.detail, words.help) if part)


def _shown(widget: Widget, display: bool) -> Widget:
    widget.display = display
    return widget


class ResultScreen(KioskScreen):
    """Shows an outcome and, when the application has it, Nexudus's word on it."""

    takes_codes = False
    takes_scans = True
    private = "#name, #detail, #standing"  # the standing may name the host
    notice_place = ""
    times_out = False

    def __init__(self, outcome: Outcome, another: Interview | None = None) -> None:
        """Show an outcome; `another` is where the next of a group begins, if a form led here."""
        # Dressed from the beginning: a class that comes later has every widget of the screen styled twice.
        super().__init__(classes=_SIGNS.get(outcome.kind, _REFUSAL)[0].value)
        self._outcome = self._composed_for = outcome
        self._another = another
        self._end: Timer | None = None

    def compose(self) -> ComposeResult:
        """The sign on the left, the words on the right, the standing and the undo below."""
        # With its words from the beginning, and without what it has not: what changes later is laid out again.
        outcome = self._composed_for
        words = words_for(outcome, self.house, self.speech)
        yield StatusBar(self.kiosk.desk, self.speech)
        with Row(id="answer"):
            yield Pictogram(_SIGNS.get(outcome.kind, _REFUSAL)[1], rows=11, id="picture")
            with Column(id="words"):
                yield BigText(words.title, rows=4, id="title")
                yield _shown(BigText(words.name, rows=4, id="name"), bool(words.name))
                yield PlainText(_all_told(words), id="detail")
        with Row(id="strip"):
            yield PlainText(words.standing, id="standing")
            if self._another is not None:
                another = Choice(self.speech.say("Register another"), look=Look.PLAIN, big=False, id="another")
                yield _shown(another, outcome.kind in _REGISTERED)
            undo = Choice(self.speech.say("Undo"), look=Look.PLAIN, big=False, id="undo")
            yield _shown(undo, outcome.undoable is not None)

    def on_mount(self) -> None:
        """Begin to count, with what has been told meanwhile."""
        if self._outcome is not self._composed_for:
            self._dress()
        self._stay()

    @on(Choice.Chosen, "#undo")
    def _undo(self, message: Choice.Chosen) -> None:
        message.stop()
        if self._outcome.undoable is not None:
            self.post_message(UndoAsked(self, self._outcome.undoable))

    @on(Choice.Chosen, "#another")
    def _register_another(self, message: Choice.Chosen) -> None:
        message.stop()
        if self._another is not None:
            self.post_message(RegistrationBegun(self, self._another))

    def on_click(self, event: events.Click) -> None:
        """A touch anywhere ends it sooner."""
        if event.widget is None or not isinstance(event.widget, Choice):
            self._leave()

    def key_pressed(self, event: events.Key) -> None:
        """F9 or F3 takes back, F1 registers another, the first letter of the next person's code begins that, any
        other key ends it."""
        if event.key == "f1" and self._another is not None and self._outcome.kind in _REGISTERED:
            self.post_message(RegistrationBegun(self, self._another))
        elif event.key in ("f3", "f9") and self._outcome.undoable is not None:
            self.post_message(UndoAsked(self, self._outcome.undoable))
        elif begins_code(event):
            self.kiosk.languages.forget()
            self.give_way_to(CodeEntryScreen(event.character or ""))
        else:
            self._leave()

    @property
    def outcome(self) -> Outcome:
        """What is shown."""
        return self._outcome

    def tell(self, told: Outcome) -> None:
        """Nexudus's word has come."""
        changed_kind = told.kind is not self._outcome.kind
        self._outcome = told
        if self._end is None:
            return  # not on the glass yet: it will be dressed for this as it comes
        self._dress()
        if changed_kind:
            self._stay()

    def _dress(self) -> None:
        """The colour, the sign and the words of the outcome."""
        outcome = self._outcome
        tone, sign = _SIGNS.get(outcome.kind, _REFUSAL)
        if not self.has_class(tone.value):
            self.remove_class(*(other.value for other in Tone))
            self.add_class(tone.value)
        words = words_for(outcome, self.house, self.speech)
        self.query_one("#picture", Pictogram).sign = sign
        self.query_one("#title", BigText).text = words.title
        name = self.query_one("#name", BigText)
        name.text, name.display = words.name, bool(words.name)
        self.query_one("#detail", PlainText).say(_all_told(words))
        self.query_one("#standing", PlainText).say(words.standing)
        self.query_one("#undo", Choice).display = outcome.undoable is not None
        if self._another is not None:
            self.query_one("#another", Choice).display = outcome.kind in _REGISTERED

    def _stay(self) -> None:
        """Stay as long as such an answer deserves, counted from now."""
        patience = self.kiosk.patience
        good = self._outcome.kind in (OutcomeKind.WELCOME, OutcomeKind.GOODBYE, OutcomeKind.UNDONE, OutcomeKind.GREETED)
        waits = self._outcome.word.standing is Standing.QUEUED
        seconds = patience.success if good and not waits else patience.refusal
        if self._outcome.kind is OutcomeKind.WAITING:
            seconds = patience.waiting
        elif self._another is not None and self._outcome.kind in _REGISTERED:
            seconds = max(seconds, patience.refusal)  # to choose whether another comes along
        if self._end is not None:
            self._end.stop()
        self._end = self.set_timer(seconds, self._leave)

    def _leave(self) -> None:
        """A wrong code may be tried again where it was typed, and a form that was not recorded handed in again;
        everybody else is done."""
        if self.is_current:
            again = self._outcome.kind is OutcomeKind.UNKNOWN or (
                self._outcome.kind is OutcomeKind.FAILED and self._another is not None
            )
            self.post_message(WentBack(self) if again else Finished(self))
