"""A question of the form that is answered by typing."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from kiosk.desk.form_checks import LONGEST_EMAIL, LONGEST_NAME_PART, LONGEST_PHONE
from kiosk.desk.interview import Interview
from kiosk.desk.visit_form import Check, Question
from kiosk.i18n.form_words import fault_words
from kiosk.i18n.page_words import placeholder_words
from kiosk.text import NAME_LENGTH, SENTENCE_LENGTH
from kiosk.ui.screens.form_page import FormPage
from kiosk.ui.widgets.keyboard import Keyboard
from kiosk.ui.widgets.keyboard_layouts import Layer
from kiosk.ui.widgets.shift import Capitals
from kiosk.ui.widgets.status_bar import StatusBar
from kiosk.ui.widgets.text_field import TextField
from kiosk.ui.widgets.typing_place import TypingPlace

_LAYERS = {Check.EMAIL: Layer.EMAIL, Check.PHONE: Layer.PHONE}
_CAPITALS = {Check.EMAIL: Capitals.NONE, Check.PHONE: Capitals.NONE, Check.SENTENCE: Capitals.SENTENCE}
_LIMITS = {
    Check.EMAIL: LONGEST_EMAIL,
    Check.PHONE: LONGEST_PHONE,
    Check.FIRST_NAME: LONGEST_NAME_PART,
    Check.LAST_NAME: LONGEST_NAME_PART,
    Check.SENTENCE: SENTENCE_LENGTH,
}


class QuestionScreen(FormPage):
    """The question, a field, and the keyboard. What is wrong is said when the answer is given, not while typing."""

    def __init__(self, question: Question, interview: Interview) -> None:
        super().__init__(question, interview)
        check = question.field.check
        self._check = check

    def compose(self) -> ComposeResult:
        """What was typed here before is there again."""
        check = self._check
        field = TextField(
            self.interview.draft.typed.get(self.question.name, ""),
            placeholder=placeholder_words(check, self.speech),
            limit=_LIMITS.get(check, NAME_LENGTH),
            id="field",
        )
        keyboard = Keyboard(
            field,
            self.kiosk.typing,
            layer=_LAYERS.get(check, Layer.LETTERS),
            capitals=_CAPITALS.get(check, Capitals.NAMES),
            done_label=self.speech.say("Next"),
            id="keyboard",
        )
        yield StatusBar(self.kiosk.desk, self.speech)
        yield TypingPlace(
            self.asked, field, keyboard, self.speech, hint=self._hint(), progress=self.progress, id="place"
        )

    @on(Keyboard.Done)
    def _done(self) -> None:
        interview = self.interview.answered(self.question, self.query_one("#field", TextField).text)
        fault = interview.fault(self.question, self.house)
        if fault is not None:
            self.query_one(TypingPlace).complain(fault_words(fault, self._check, self.speech))
        else:
            self.answer(interview)

    def _hint(self) -> str:
        if self.question.required:
            return ""
        return self.speech.say("You may leave this empty.")
