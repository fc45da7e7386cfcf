"""The form as it is filled in, question by question."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import Host
from kiosk.desk.house import House
from kiosk.desk.interview import Interview
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.visit_form import Asking, FieldName, Question, VisitForm
from kiosk.desk.walk_in import WalkIn

HOUSE = House(1, "Harbour Works", ZoneInfo("Europe/Madrid"), visit_form=VisitForm(company=Asking.OPTIONAL))
ZOE = Host(PersonId(PersonKind.MEMBER, 1), "Zoë Lindqvist", "Nordlys Games")
ANSWERS = {
    FieldName.EMAIL: "grace@navy.org",
    FieldName.FIRST_NAME: "Grace",
    FieldName.LAST_NAME: "Hopper",
    FieldName.COMPANY: "Navy",
}


def asked(interview: Interview, house: House = HOUSE) -> Question:
    """What is asked now."""
    question = interview.next_question(house)
    assert question is not None
    return question


def filled(interview: Interview, house: House = HOUSE) -> Interview:
    """Answer all that is typed."""
    while (question := interview.next_question(house)) is not None and question.name in ANSWERS:
        interview = interview.answered(question, ANSWERS[question.name])
    return interview


def test_questions_come_in_their_order_until_everything_is_answered() -> None:
    interview, names = Interview(), []
    while (question := interview.next_question(HOUSE)) is not None:
        names.append(question.name)
        answer = ANSWERS.get(question.name)
        interview = interview.visiting(question, ZOE) if answer is None else interview.answered(question, answer)
    assert names == ["email", "first-name", "last-name", "company", "host"]
    form = interview.finished(HOUSE)
    assert (form.name, form.email, form.company, form.host) == ("Grace Hopper", "grace@navy.org", "Navy", ZOE)


def test_an_answer_leaves_the_former_moment_as_it_was() -> None:
    before = Interview()
    before.answered(asked(before), "grace@navy.org")
    assert asked(before).name is FieldName.EMAIL


def test_it_says_how_far_somebody_is() -> None:
    interview = Interview()
    places = [interview.place(HOUSE)]
    while (question := interview.next_question(HOUSE)) is not None and question.name in ANSWERS:
        interview = interview.answered(question, ANSWERS[question.name])
        places.append(interview.place(HOUSE))
    assert places == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_what_may_be_left_empty_is_asked_once() -> None:
    interview = filled(Interview())
    left_out = interview.visiting(asked(interview), None)
    assert left_out.next_question(HOUSE) is None
    assert left_out.finished(HOUSE).host is None


def test_whoever_is_known_is_asked_only_for_what_is_missing() -> None:
    interview = Interview().answered(asked(Interview()), "ada@acme.org")
    known = interview.known_as(WalkIn("Ada Lovelace", "ada@acme.org"))
    assert asked(known).name is FieldName.COMPANY
    assert known.place(HOUSE) == (2, 3)
    assert filled(known).visiting(asked(filled(known)), ZOE).finished(HOUSE).name == "Ada Lovelace"


def test_the_next_of_a_group_has_the_same_host_and_company_and_nothing_else() -> None:
    first = filled(Interview())
    another = first.visiting(asked(first), ZOE).for_another()
    assert asked(another).name is FieldName.EMAIL
    assert (another.draft.host, dict(another.draft.typed)) == (ZOE, {FieldName.COMPANY: "Navy"})
    assert another.place(HOUSE) == (1, 3)


def test_what_the_location_asks_for_meanwhile_is_asked_again_and_the_form_is_no_error() -> None:
    interview = filled(Interview())
    left_out = interview.visiting(asked(interview), None)
    stricter = replace(HOUSE, visit_form=VisitForm(company=Asking.OPTIONAL, host=Asking.REQUIRED))
    assert asked(left_out, stricter).name is FieldName.HOST
    assert left_out.place(stricter) == (5, 5)


def test_an_answer_that_cannot_be_taken_has_its_fault() -> None:
    question = asked(Interview())
    assert Interview().answered(question, "grace@").fault(question, HOUSE) is FormFault.EMAIL_WRONG
