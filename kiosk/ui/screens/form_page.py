"""What the pages of a form share: a question at the top, patience while somebody types, and no code that ends it."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from kiosk.desk.interview import Interview
from kiosk.desk.visit_form import Question
from kiosk.i18n.form_words import label_words
from kiosk.ui.messages import QuestionAnswered, WentBack
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.widgets.choice import Choice


class FormPage(KioskScreen):
    """One question. It holds the form as it was before the answer, so that Back is simply the page before."""

    takes_codes: ClassVar[bool] = False  # somebody else's phone must not wipe what was typed
    is_form: ClassVar[bool] = True

    def __init__(self, question: Question, interview: Interview) -> None:
        super().__init__()
        self.question = question
        self.interview = interview

    @property
    def asked(self) -> str:
        """The question in words."""
        return label_words(self.question, self.speech)

    @property
    def progress(self) -> str:
        """How far the form is."""
        number, of = self.interview.place(self.house)
        return f"{number} / {of}"

    @on(Choice.Chosen, "#back")
    def _back(self) -> None:
        self.post_message(WentBack(self))

    def answer(self, interview: Interview) -> None:
        """Go on with the form as it is now."""
        self.post_message(QuestionAnswered(self, self.question.name, interview))
