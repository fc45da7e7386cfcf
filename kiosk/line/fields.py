"""A form in one line, for scripts: `register email=ana@acme.org; first-name=Ana; host=lindqvist`."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import HostPage
from kiosk.desk.ports import FrontDesk
from kiosk.desk.visit_form import FieldName, Question
from kiosk.desk.walk_in import Draft

BETWEEN = ";"
IS = "="


class NoField(ValueError):
    """A part of the line names no field. The message is the part's number, never what was typed."""


def read_fields(text: str, draft: Draft) -> tuple[Draft, str]:
    """Fill in what a line says; answers the draft, and what was typed for the host. Raises NoField."""
    host = ""
    for number, part in enumerate(text.split(BETWEEN), 1):
        if not part.strip():
            continue
        name, equals, value = part.partition(IS)
        try:
            field = FieldName(name.strip().lower())
        except ValueError:
            raise NoField(str(number)) from None
        if not equals:
            raise NoField(str(number))
        if field is FieldName.HOST:
            host = value.strip()
        else:
            draft = draft.answered(field, value.strip())
    return draft, host


async def with_host(draft: Draft, typed: str, desk: FrontDesk) -> tuple[Draft, HostPage | None]:
    """The draft with the host that is meant; else with the page that leaves it unclear."""
    if not typed:
        return draft, None
    page = await desk.hosts(typed)
    return (draft.visiting(page.meant), None) if page.meant is not None else (draft, page)


def faults_of(draft: Draft, questions: Sequence[Question], country: str) -> dict[Question, FormFault]:
    """What is wrong with which answer, in the order of the form."""
    found = {question: draft.fault(question, country) for question in questions}
    return {question: fault for question, fault in found.items() if fault is not None}
