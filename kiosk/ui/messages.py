"""What screens tell the application. Past tense: something has happened, and the application decides what follows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from textual.message import Message
from textual.screen import Screen

from kiosk.desk.acquaintance import Acquaintance
from kiosk.desk.credentials import Code
from kiosk.desk.interview import Interview
from kiosk.desk.people import PersonId
from kiosk.desk.visit_form import FieldName
from kiosk.desk.walk_in import WalkIn


@dataclass(frozen=True, slots=True)
class Registration:
    """A form to be registered, and the interview that it comes from."""

    form: WalkIn
    interview: Interview


class CodeOffered(Message):
    """Somebody showed a credential; None stands for something that can be no code."""

    def __init__(self, code: Code | None) -> None:
        super().__init__()
        self.code = code


class FromPage(Message):
    """Something happened on a page. It counts while that page is up: a second touch on its way is not for the next."""

    def __init__(self, page: Screen[None]) -> None:
        super().__init__()
        self.page = page


class UndoAsked(FromPage):
    """Somebody wants to take back what they just did."""

    def __init__(self, page: Screen[None], event: UUID) -> None:
        super().__init__(page)
        self.event = event


class Finished(FromPage):
    """This person is done: home, and everything of theirs is wiped."""


class WentBack(FromPage):
    """One step back."""


class RegistrationBegun(FromPage):
    """A visitor without a code registers; one of a group goes on from what the first has said."""

    def __init__(self, page: Screen[None], interview: Interview | None = None) -> None:
        super().__init__(page)
        self.interview = interview or Interview()


class QuestionAnswered(FromPage):
    """A page of the form has an answer that can be taken."""

    def __init__(self, page: Screen[None], name: FieldName, interview: Interview) -> None:
        super().__init__(page)
        self.name = name
        self.interview = interview


class Recognised(FromPage):
    """A visitor has said that they are who the kiosk thinks they are, or that they are not (None)."""

    def __init__(self, page: Screen[None], interview: Interview, acquaintance: Acquaintance | None) -> None:
        super().__init__(page)
        self.interview = interview
        self.acquaintance = acquaintance


class TermsAgreed(FromPage):
    """A visitor has agreed to the terms, and what they asked for can go on."""

    def __init__(self, page: Screen[None], request: Code | Registration) -> None:
        super().__init__(page)
        self.request = request


class LeaverChosen(FromPage):
    """A visitor who is in has found themselves by name, and leaves."""

    def __init__(self, page: Screen[None], person: PersonId) -> None:
        super().__init__(page)
        self.person = person
