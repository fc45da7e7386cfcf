"""A question and all that is needed to answer it by typing: the page of a form."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from kiosk.i18n.speech import Speech
from kiosk.ui.widgets.big_text import BigText
from kiosk.ui.widgets.choice import Choice, Look
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.pictograms import Sign
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typed_line import Unfit
from kiosk.ui.widgets.words import PlainText

LARGEST_QUESTION = 5 / 3
"""Rows of its capitals: with larger ones, or with the tail of a g, it touches the status line or the field."""


class TypingPlace(Vertical):
    """One question, its field, a line for what is wrong, and the keyboard.

    `Keyboard.Done` says that the answer is given; the choice `#back` says that it is not. Whoever holds the page
    complains of an answer that will not do (`complain`): beside the field, and not before it is given.
    """

    def __init__(
        self,
        question: str,
        field: TextField,
        keyboard: Keyboard,
        speech: Speech,
        *,
        hint: str = "",
        progress: str = "",
        offer: Widget | None = None,
        beside: Widget | None = None,
        id: str | None = None,
    ) -> None:
        """Make a page.

        Args:
            question: What is asked.
            field: Where the answer stands.
            keyboard: What types into the field.
            speech: The language of the page.
            hint: What helps to answer, in one sentence.
            progress: How far the form is, such as "2 / 5".
            offer: Answers to choose from, shown between the field and the keys.
            beside: Holds the field, with what stands beside it.
            id: As for any widget.
        """
        super().__init__(id=id)
        self._question = question
        self._field = field
        self._keyboard = keyboard
        self._speech = speech
        self._hint = hint
        self._progress = progress
        self._offer = offer
        self._beside = beside

    def compose(self) -> ComposeResult:
        """The question with the way back beside it, the field, what there is to say of it, and the keys."""
        with Horizontal(classes="question"):
            yield BigText(self._question, largest=LARGEST_QUESTION, id="title")
            yield Choice(self._speech.say("Back"), look=Look.QUIET, big=False, icon=Sign.BACK, id="back")
        yield self._field if self._beside is None else self._beside
        with Horizontal(classes="remarks"):
            yield PlainText(self._hint, id="remark")
            yield PlainText(self._progress, id="progress")
        if self._offer is not None:
            yield self._offer
        yield self._keyboard

    def complain(self, sentence: str) -> None:
        """Say beside the field why the answer will not do, until it is changed. All that was typed stays."""
        self._field.wrong = True
        self._remark(f"▲ {sentence}", wrong=True)

    def hint(self, sentence: str) -> None:
        """Say what helps to answer, in place of what was said before."""
        self._hint = sentence
        self._remark(sentence, wrong=False)

    @on(TextField.Changed)
    def _changed(self) -> None:
        self._remark(self._hint, wrong=False)

    @on(TextField.Refused)
    def _refused(self, message: TextField.Refused) -> None:
        message.stop()
        say = self._speech.say
        match message.reason:
            case Unfit.TOO_LONG:
                self.complain(say("At most {limit} characters fit here.", limit=self._field.limit))
            case Unfit.UNREADABLE:
                self.complain(say("That cannot be read as text. Please type it on the keys."))

    def _remark(self, sentence: str, *, wrong: bool) -> None:
        remark = self.query_one("#remark", PlainText)
        remark.say(sentence)
        remark.set_class(wrong, "-wrong")
