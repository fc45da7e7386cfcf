"""The form of a visit while it is filled in, and when it is done."""

from __future__ import annotations

import pytest

from kiosk.desk.form_checks import FormFault
from kiosk.desk.hosts import Host
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.visit_form import FIELDS, Asking, Check, FieldName, Question, VisitForm
from kiosk.desk.walk_in import Draft, FormIncomplete, Newsletter, WalkIn, read_walk_in

ADA = Host(PersonId(PersonKind.MEMBER, 1), "Ada Lovelace")
EVERYTHING = VisitForm(
    Asking.REQUIRED, Asking.REQUIRED, Asking.REQUIRED, Asking.OPTIONAL, Asking.OPTIONAL, Asking.OPTIONAL
)
QUESTIONS = EVERYTHING.questions()
ANSWERS = {
    FieldName.EMAIL: "grace@navy.mil",
    FieldName.FIRST_NAME: "Grace",
    FieldName.LAST_NAME: "Hopper",
    FieldName.COMPANY: "Navy",
    FieldName.PHONE: "+1 212 555 2368",
    FieldName.REASON: "Talk",
    FieldName.NEWSLETTER: "yes",
}


def filled_in(**changed: str) -> Draft:
    draft = Draft().visiting(ADA)
    for name, text in {**ANSWERS, **{FieldName[key.upper()]: text for key, text in changed.items()}}.items():
        draft = draft.answered(name, text)
    return draft


def question(name: FieldName) -> Question:
    return next(one for one in QUESTIONS if one.name is name)


def test_the_questions_are_those_that_the_location_wants_asked_in_order() -> None:
    assert [one.name for one in QUESTIONS] == [field.name for field in FIELDS] == list(FieldName)
    least = VisitForm(host=Asking.NO).questions()
    assert [one.name for one in least] == [FieldName.EMAIL, FieldName.FIRST_NAME, FieldName.LAST_NAME]
    assert all(one.required for one in least)


def test_where_the_host_approves_somebody_has_to_be_named_whatever_the_form_says() -> None:
    (host,) = (one for one in VisitForm(host=Asking.NO).questions(host_needed=True) if one.name is FieldName.HOST)

    assert host.required


def test_a_form_with_everything_is_taken_as_it_will_be_sent() -> None:
    assert filled_in().finished(QUESTIONS) == WalkIn(
        "Grace Hopper", "grace@navy.mil", ADA, "Navy", "+1 212-555-2368", "Talk", newsletter=Newsletter.WANTED
    )


def test_all_faults_are_told_at_once_and_nothing_that_was_typed_is_lost() -> None:
    draft = filled_in(first_name="R2D2", email="grace@navy", phone="12").visiting(None)

    with pytest.raises(FormIncomplete) as incomplete:
        draft.finished(QUESTIONS)

    assert incomplete.value.faults == {
        FieldName.EMAIL: FormFault.EMAIL_WRONG,
        FieldName.FIRST_NAME: FormFault.NAME_SIGNS,
        FieldName.PHONE: FormFault.PHONE_WRONG,
        FieldName.HOST: FormFault.MISSING,
    }
    assert draft.typed[FieldName.FIRST_NAME] == "R2D2"
    assert draft.typed[FieldName.EMAIL] == "grace@navy"
    assert "R2D2" not in str(incomplete.value)


@pytest.mark.parametrize("typed", ["", "  ", "\x1b"])
def test_only_what_is_required_must_be_answered(typed: str) -> None:
    assert filled_in(last_name=typed).fault(question(FieldName.LAST_NAME)) is FormFault.MISSING
    assert filled_in(company=typed).fault(question(FieldName.COMPANY)) is None


def test_what_the_location_does_not_ask_is_not_sent() -> None:
    form = filled_in().finished(VisitForm(host=Asking.NO).questions())

    assert form == WalkIn("Grace Hopper", "grace@navy.mil")


def test_a_draft_keeps_what_was_typed_bounded() -> None:
    assert len(Draft().answered(FieldName.REASON, "x" * 100_000).typed[FieldName.REASON]) == 1000


def test_the_next_of_a_group_has_the_same_host_and_company_and_nothing_else() -> None:
    another = filled_in().for_another()

    assert (dict(another.typed), another.host) == ({FieldName.COMPANY: "Navy"}, ADA)
    assert Draft.of(filled_in().finished(QUESTIONS)).for_another().known is None


def test_whoever_has_confirmed_what_is_known_is_asked_for_the_rest() -> None:
    draft = Draft.of(WalkIn("Grace Brewster Hopper", "grace@navy.mil", None, "Navy"))

    open_questions = [one.name for one in QUESTIONS if not draft.has(one.name)]

    assert open_questions == [FieldName.PHONE, FieldName.HOST, FieldName.REASON, FieldName.NEWSLETTER]
    rest = draft.answered(FieldName.PHONE, "+1 212 555 2368").visiting(ADA)
    assert rest.finished(QUESTIONS).name == "Grace Brewster Hopper"


@pytest.mark.parametrize(
    ("field", "check"), [(field.name, field.check) for field in FIELDS if field.check is not Check.HOST]
)
def test_every_answer_but_the_host_is_checked_by_its_own_rule(field: FieldName, check: Check) -> None:
    wrong = {Check.TEXT: "x" * 999, Check.SENTENCE: "x" * 999, Check.TICK: None}.get(check, "4")

    fault = filled_in(**{field.name: wrong}).fault(question(field)) if wrong else None

    assert (fault is None) is (wrong is None)


def test_a_form_in_one_line_has_first_and_last_name_in_one() -> None:
    form = read_walk_in("  Ana de la\x1b  Cruz ", "ana@acme.org ", ADA, "Acme\n", "+34 600 123 456", "Talk")

    assert (form.name, form.email, form.company) == ("Ana de la Cruz", "ana@acme.org", "Acme")
    assert (form.host, form.phone, form.reason) == (ADA, "+34 600 12 34 56", "Talk")


@pytest.mark.parametrize(
    ("name", "email", "faults"),
    [
        ("", "", {FieldName.FIRST_NAME: FormFault.MISSING, FieldName.EMAIL: FormFault.MISSING}),
        ("?!", "grace", {FieldName.FIRST_NAME: FormFault.NAME_SIGNS, FieldName.EMAIL: FormFault.EMAIL_WRONG}),
        ("G", "grace@navy.mil", {FieldName.FIRST_NAME: FormFault.NAME_SHORT}),
    ],
)
def test_a_line_that_is_not_enough_tells_all_that_is_wrong(
    name: str, email: str, faults: dict[FieldName, FormFault]
) -> None:
    with pytest.raises(FormIncomplete) as incomplete:
        read_walk_in(name, email)
    assert incomplete.value.faults == faults


def test_what_was_typed_shows_in_no_log_or_traceback() -> None:
    assert "grace" not in repr(filled_in())
    assert "grace" not in repr(Draft.of(filled_in().finished(QUESTIONS)))
