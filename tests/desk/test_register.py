"""What is decided on a visitor whom nobody announced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.desk.credentials import Via
from kiosk.desk.decide import Decision
from kiosk.desk.events import EventKind
from kiosk.desk.hosts import Host
from kiosk.desk.house import House, Texts, VisitorCheckIn, WalkInApproval
from kiosk.desk.outcomes import OutcomeKind, Reason, Standing
from kiosk.desk.people import Approval, Consent, PersonId, PersonKind
from kiosk.desk.register import decide_walk_in, is_the_same
from kiosk.desk.walk_in import WalkIn, read_walk_in
from tests.desk.samples import NINE

HOUSE = House(7, "The Yard")
ASKING = replace(HOUSE, walk_in_approval=WalkInApproval.BY_HOST)
ADA = Host(PersonId(PersonKind.MEMBER, 1), "Ada Lovelace")
FORM = WalkIn("Grace Hopper", "grace@navy.mil", ADA)


def decided(form: WalkIn = FORM, house: House = HOUSE, consent: Consent = Consent.PENDING) -> Decision:
    return decide_walk_in(form, consent, Via.LINE, None, house)


def test_a_walk_in_is_welcomed_and_recorded_with_what_they_gave() -> None:
    decision = decided()

    assert decision.intent is not None
    assert (decision.intent.kind, decision.intent.form) == (EventKind.REGISTER, FORM)
    outcome = decision.outcome
    assert (outcome.kind, outcome.name, outcome.host) == (OutcomeKind.WELCOME, "Grace Hopper", "Ada Lovelace")
    assert outcome.word.standing is Standing.AWAITED
    assert outcome.person is PersonKind.VISITOR


def test_where_the_host_approves_first_a_walk_in_waits_and_is_recorded_all_the_same() -> None:
    decision = decided(house=ASKING)

    assert decision.outcome.kind is OutcomeKind.WAITING
    assert decision.intent is not None
    assert decision.intent.form == replace(FORM, approval=Approval.REQUESTED)


def test_where_the_host_approves_first_somebody_has_to_be_named() -> None:
    decision = decided(replace(FORM, host=None), ASKING)

    assert (decision.outcome.reason, decision.intent) == (Reason.HOST_NEEDED, None)
    assert decided(replace(FORM, host=None)).intent is not None


def test_terms_come_first_and_nothing_is_recorded_before() -> None:
    house = replace(HOUSE, texts=Texts(terms="Stay with your host."))

    assert decided(house=house).outcome.kind is OutcomeKind.ASK_TERMS
    assert decided(house=house).intent is None
    agreed = decided(house=house, consent=Consent.GIVEN).intent
    assert agreed is not None
    assert agreed.consent is Consent.GIVEN


@pytest.mark.parametrize("consent", Consent)
def test_where_reception_checks_visitors_in_nobody_registers_here(consent: Consent) -> None:
    house = replace(ASKING, visitor_check_in=VisitorCheckIn.RECEPTION, texts=Texts(terms="Stay with your host."))

    decision = decided(house=house, consent=consent)

    assert (decision.outcome.reason, decision.intent) == (Reason.RECEPTION, None)


def test_the_same_form_twice_in_a_moment_is_one_registration() -> None:
    again = decide_walk_in(FORM, Consent.PENDING, Via.LINE, NINE, HOUSE)
    waiting = decide_walk_in(FORM, Consent.PENDING, Via.LINE, NINE, ASKING)

    assert (again.outcome.kind, again.outcome.since, again.intent) == (OutcomeKind.GREETED, NINE, None)
    assert (waiting.outcome.kind, waiting.intent) == (OutcomeKind.WAITING, None)


def test_an_address_shows_in_no_log_or_traceback() -> None:
    assert "grace@navy.mil" not in repr(FORM)
    assert "grace@navy.mil" not in repr(decided())


def test_somebody_who_shares_the_address_of_a_visitor_who_is_in_is_somebody_else() -> None:
    names = ["Ana Prueba", "Anita"]

    assert not is_the_same(read_walk_in("Berta Prueba", "office@acme.org"), names)
    assert is_the_same(read_walk_in("ana prueba", "office@acme.org"), names)
    assert is_the_same(read_walk_in("Anita", "office@acme.org"), names), "as they called themselves when they came"
