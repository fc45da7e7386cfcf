"""Which screen shows an answer of the desk, and whether the one below it is needed again."""

from __future__ import annotations

from kiosk.desk.credentials import Code
from kiosk.desk.outcomes import Outcome, OutcomeKind
from kiosk.ui.messages import Registration
from kiosk.ui.screens.base import KioskScreen
from kiosk.ui.screens.initial import InitialScreen
from kiosk.ui.screens.leaving import LeavingScreen
from kiosk.ui.screens.result import ResultScreen
from kiosk.ui.screens.terms import TermsScreen

Request = Code | Registration | None
"""What an answer is about, so that it can be asked again with what was missing."""


def screen_for(outcome: Outcome, request: Request, terms: str) -> KioskScreen:
    """A question where the desk has one that `request` can be asked again with, else the result."""
    code = request if isinstance(request, Code) else None
    match outcome.kind:
        case OutcomeKind.ALREADY_IN if code is not None:
            return LeavingScreen(outcome, code)
        case OutcomeKind.ASK_INITIAL if code is not None:
            return InitialScreen(code)
        case OutcomeKind.ASK_TERMS if request is not None:
            return TermsScreen(request, terms)
        case _:
            form = request if isinstance(request, Registration) else None
            return ResultScreen(outcome, form.interview.for_another() if form is not None else None)


def keeps_what_is_below(outcome: Outcome, request: Request) -> bool:
    """Whether what is under the answer is needed again: a code is retyped, a form that could not be recorded is not
    lost."""
    if outcome.kind in (OutcomeKind.UNKNOWN, OutcomeKind.ASK_INITIAL, OutcomeKind.ASK_TERMS):
        return True
    return outcome.kind is OutcomeKind.FAILED and isinstance(request, Registration)
