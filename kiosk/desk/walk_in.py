"""Walk-ins: visitors whom nobody announced, and who register here (contract 3.2, 4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from kiosk.desk.form_checks import FormFault, NotTaken, checked
from kiosk.desk.hosts import Host
from kiosk.desk.people import Approval
from kiosk.desk.visit_form import FIELDS, Check, FieldName, Question

LONGEST_KEPT = 1000
"""Characters of an answer that are kept as they were typed; no answer that is taken has more."""

_NAME = (FieldName.FIRST_NAME, FieldName.LAST_NAME)
_CHECKS = {field.name: field.check for field in FIELDS}


class FormIncomplete(ValueError):
    """A form that cannot be taken as it is. Quotes nothing of it."""

    def __init__(self, faults: Mapping[FieldName, FormFault]) -> None:
        super().__init__(", ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = faults

    @property
    def fault(self) -> FormFault:
        """The first."""
        return next(iter(self.faults.values()))


class Newsletter(StrEnum):
    """Whether a visitor wants to be sent news."""

    NOT_WANTED = "not-wanted"
    WANTED = "wanted"


@dataclass(frozen=True, slots=True)
class WalkIn:
    """What a visitor gives who registers here. Kept until Nexudus has it, and no longer.

    Attributes:
        name: Clean text for the screen.
        email: Their address.
        host: Whom they visit; None if they name nobody.
        company: Their own company; may be empty.
        phone: May be empty.
        reason: What they come for; may be empty.
        approval: REQUESTED where the host has to let them in first. The desk sets it.
        newsletter: Whether they want news.
    """

    name: str
    email: str = field(repr=False)
    host: Host | None = None
    company: str = ""
    phone: str = field(default="", repr=False)
    reason: str = ""
    approval: Approval = Approval.NOT_REQUIRED
    newsletter: Newsletter = Newsletter.NOT_WANTED


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that is being filled in. What was typed is kept as it was typed, also where it cannot be taken.

    Attributes:
        typed: What was typed, by question.
        host: Whom they have chosen.
        known: What they gave the last time and have confirmed; their name is taken from it.
    """

    typed: Mapping[FieldName, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    host: Host | None = None
    known: WalkIn | None = field(default=None, repr=False)

    @classmethod
    def of(cls, form: WalkIn) -> Draft:
        """The draft of somebody who has confirmed what is known of them."""
        answers = {FieldName.EMAIL: form.email, FieldName.COMPANY: form.company, FieldName.PHONE: form.phone}
        return cls(MappingProxyType({name: text for name, text in answers.items() if text}), None, form)

    def answered(self, name: FieldName, text: str) -> Draft:
        """The draft with an answer."""
        return replace(self, typed=MappingProxyType({**self.typed, name: text[:LONGEST_KEPT]}))

    def visiting(self, host: Host | None) -> Draft:
        """The draft with a host; None for nobody in particular."""
        return replace(self, host=host)

    def for_another(self) -> Draft:
        """For the next of a group: the same company and host, and nothing else of whoever came first."""
        company = self.typed.get(FieldName.COMPANY)
        draft = Draft(host=self.host)
        return draft.answered(FieldName.COMPANY, company) if company else draft

    @property
    def address(self) -> str:
        """The e-mail address as it will be kept; empty where there is none that can be taken."""
        try:
            return self._answer(FieldName.EMAIL, "")
        except NotTaken:
            return ""

    def has(self, name: FieldName) -> bool:
        """Whether a question has an answer already, and need not be asked."""
        if name is FieldName.HOST:
            return self.host is not None
        return name in self.typed or (self.known is not None and name in _NAME)

    def fault(self, question: Question, country: str = "") -> FormFault | None:
        """What is wrong with the answer to a question, or None."""
        if question.field.check is Check.HOST:
            return FormFault.MISSING if question.required and self.host is None else None
        if self.known is not None and question.name in _NAME:
            return None
        try:
            answer = self._answer(question.name, country)
        except NotTaken as error:
            return error.fault
        return FormFault.MISSING if question.required and not answer else None

    def finished(self, questions: tuple[Question, ...], country: str = "") -> WalkIn:
        """The form, checked. What was not asked is left out. Raises FormIncomplete, with all that is wrong."""
        found = {question.name: self.fault(question, country) for question in questions}
        faults = {name: fault for name, fault in found.items() if fault is not None}
        if faults:
            raise FormIncomplete(faults)
        answers = {name: self._answer(name, country) for name in found}
        return WalkIn(
            name=self.known.name if self.known else " ".join(answers[name] for name in _NAME),
            email=answers.get(FieldName.EMAIL, ""),
            host=self.host if FieldName.HOST in found else None,
            company=answers.get(FieldName.COMPANY, ""),
            phone=answers.get(FieldName.PHONE, ""),
            reason=answers.get(FieldName.REASON, ""),
            newsletter=Newsletter.WANTED if answers.get(FieldName.NEWSLETTER) else Newsletter.NOT_WANTED,
        )

    def _answer(self, name: FieldName, country: str) -> str:
        return checked(self.typed.get(name, ""), _CHECKS[name], country)


def read_walk_in(
    name: str,
    email: str,
    host: Host | None = None,
    company: str = "",
    phone: str = "",
    reason: str = "",
    country: str = "",
) -> WalkIn:
    """Make a form of what was given in one line, where first and last name stand together. Raises FormIncomplete."""
    given = {
        FieldName.FIRST_NAME: (name, Check.WHOLE_NAME),
        FieldName.EMAIL: (email, Check.EMAIL),
        FieldName.COMPANY: (company, Check.TEXT),
        FieldName.PHONE: (phone, Check.PHONE),
        FieldName.REASON: (reason, Check.SENTENCE),
    }
    answers: dict[FieldName, str] = {}
    faults: dict[FieldName, FormFault] = {}
    for field_name, (typed, check) in given.items():
        try:
            answers[field_name] = checked(typed, check, country)
        except NotTaken as error:
            faults[field_name] = error.fault
    for needed in (FieldName.FIRST_NAME, FieldName.EMAIL):
        if not answers.get(needed) and needed not in faults:
            faults[needed] = FormFault.MISSING
    if faults:
        raise FormIncomplete(faults)
    return WalkIn(
        answers[FieldName.FIRST_NAME],
        answers[FieldName.EMAIL],
        host,
        answers[FieldName.COMPANY],
        answers[FieldName.PHONE],
        answers[FieldName.REASON],
    )
