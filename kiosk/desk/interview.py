"""The form of a visit as it is filled in: which question comes next, and how far somebody is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import Host
from kiosk.desk.house import House
from kiosk.desk.visit_form import FieldName, Question
from kiosk.desk.walk_in import Draft, WalkIn


@dataclass(frozen=True, slots=True)
class Interview:
    """One moment of a form. Each answer makes the next moment, so that going back is having the former one again.

    Attributes:
        draft: What has been answered so far.
        asked: The questions that were answered, or left out on purpose.
    """

    draft: Draft = field(default_factory=Draft)
    asked: frozenset[FieldName] = frozenset()

    def next_question(self, house: House) -> Question | None:
        """What is asked now, or None when everything has an answer. What is known already is not asked."""
        return next((question for question in house.questions if self._is_open(question, house)), None)

    def place(self, house: House) -> tuple[int, int]:
        """The number of the question that is asked now, from 1, and how many there are for this visitor."""
        open_ones = {question.name for question in house.questions if self._is_open(question, house)}
        done = len(self.asked - open_ones)
        return done + 1, done + len(open_ones)

    def answered(self, question: Question, text: str) -> Interview:
        """With what was typed, as it was typed."""
        return Interview(self.draft.answered(question.name, text), self.asked | {question.name})

    def visiting(self, question: Question, host: Host | None) -> Interview:
        """With a host, or with nobody in particular."""
        return Interview(self.draft.visiting(host), self.asked | {question.name})

    def fault(self, question: Question, house: House) -> FormFault | None:
        """What is wrong with the answer to a question, or None."""
        return self.draft.fault(question, house.country)

    def known_as(self, form: WalkIn) -> Interview:
        """Of somebody who has confirmed what is known of them."""
        return replace(self, draft=Draft.of(form).visiting(self.draft.host))

    def finished(self, house: House) -> WalkIn:
        """The form. Raises FormIncomplete."""
        return self.draft.finished(house.questions, house.country)

    def for_another(self) -> Interview:
        """For the next of a group: the same company and host."""
        return Interview(self.draft.for_another())

    def _is_open(self, question: Question, house: House) -> bool:
        # What was answered is asked again where the answer will not do: the location's settings may change meanwhile.
        has_answer = question.name in self.asked or self.draft.has(question.name)
        return not has_answer or self.fault(question, house) is not None
