"""The decision on visitors: their day, their host, their visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.credentials import Code, Via
from kiosk.desk.decide import Decision, decide
from kiosk.desk.events import EventKind, Intent, Stay
from kiosk.desk.house import House, Texts, VisitorCheckIn
from kiosk.desk.lockout import Attempts
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Approval, Consent, PersonKind, Visitor
from tests.desk.samples import NINE, lost, member, moment, visitor

QR = Code("INV-48213", Via.CAMERA)


def answer(
    guest: Visitor, now: datetime = NINE, zone: str = "Europe/Madrid", code: Code = QR, stay: Stay | None = None
) -> Decision:
    house = House(7, "The Yard", ZoneInfo(zone))
    return decide(code, [guest], lambda _: stay, Attempts(), moment(now), house)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_expected_visitor_is_checked_in_and_told_the_host() -> None:
    guest = visitor()

    assert answer(guest) == Decision(
        Outcome(
            OutcomeKind.WELCOME,
            "Grace Hopper",
            PersonKind.VISITOR,
            host="Ada Lovelace",
            word=Word(Standing.AWAITED),
        ),
        Intent(EventKind.CHECK_IN, guest.id, Via.CAMERA, "Grace Hopper"),
    )


@pytest.mark.parametrize("approval", [Approval.GRANT, Approval.HOLD, Approval.NOT_REQUIRED])
def test_a_host_who_accepted_lets_the_visitor_in_and_the_answer_says_how(approval: Approval) -> None:
    outcome = answer(visitor(approval=approval)).outcome

    assert outcome.kind is OutcomeKind.WELCOME
    assert outcome.approval is approval


def test_a_visitor_whose_host_has_not_answered_waits_and_nothing_is_recorded() -> None:
    assert answer(visitor(approval=Approval.REQUESTED)) == Decision(
        Outcome(OutcomeKind.WAITING, "Grace Hopper", PersonKind.VISITOR, "Ada Lovelace", visit=visitor().id)
    )


@pytest.mark.parametrize(
    ("guest", "reason"),
    [
        (visitor(approval=Approval.REJECTED), Reason.HOST_DECLINED),
        (visitor(departed=NINE), Reason.USED),
        (visitor(expected=utc("2026-03-09T09:00")), Reason.EXPIRED),
        (visitor(expected=utc("2026-03-11T09:00")), Reason.NOT_YET),
        (visitor(expected=utc("2026-03-11T09:00"), approval=Approval.REQUESTED), Reason.NOT_YET),
    ],
    ids=["declined", "used", "yesterday", "tomorrow", "tomorrow and unanswered"],
)
def test_a_known_visitor_is_refused_by_name_with_the_reason_and_it_is_no_wrong_code(
    guest: Visitor, reason: Reason
) -> None:
    assert answer(guest) == Decision(
        Outcome(
            OutcomeKind.REFUSED,
            "Grace Hopper",
            PersonKind.VISITOR,
            "Ada Lovelace",
            expected=guest.expected,
            reason=reason,
        )
    )


MADRID, AUCKLAND = "Europe/Madrid", "Pacific/Auckland"


@pytest.mark.parametrize(
    ("zone", "expected", "now", "reason"),
    [
        # The same day by UTC, another one in Madrid: 23:30 and 00:10.
        (MADRID, "2026-03-10T22:30", "2026-03-10T23:10", Reason.EXPIRED),
        (MADRID, "2026-03-10T23:10", "2026-03-10T22:30", Reason.NOT_YET),
        # Another day by UTC, the same one in Madrid: 00:10 and 09:00.
        (MADRID, "2026-03-11T08:00", "2026-03-10T23:10", None),
        (MADRID, "2026-03-10T23:10", "2026-03-11T22:50", None),
        # The day the clocks go forward has 23 hours: its last minute, and the first one after it.
        (MADRID, "2026-03-29T07:00", "2026-03-29T21:59", None),
        (MADRID, "2026-03-29T07:00", "2026-03-29T22:00", Reason.EXPIRED),
        # Auckland's 11th, 09:00, begins at 11:00 UTC of the 10th.
        (AUCKLAND, "2026-03-10T20:00", "2026-03-10T11:00", None),
        (AUCKLAND, "2026-03-10T20:00", "2026-03-10T10:59", Reason.NOT_YET),
        (AUCKLAND, "2026-03-10T20:00", "2026-03-11T10:59", None),
        (AUCKLAND, "2026-03-10T20:00", "2026-03-11T11:00", Reason.EXPIRED),
    ],
)
def test_the_day_of_an_invitation_is_the_day_of_the_location(
    zone: str, expected: str, now: str, reason: Reason | None
) -> None:
    outcome = answer(visitor(expected=utc(expected)), utc(now), zone).outcome

    assert outcome.reason is reason
    assert outcome.kind is (OutcomeKind.REFUSED if reason else OutcomeKind.WELCOME)


def test_nobody_is_turned_away_for_the_day_by_a_clock_that_does_not_know_it() -> None:
    house = House(7, "The Yard", ZoneInfo("Europe/Madrid"))

    decision = decide(QR, [visitor(expected=NINE)], lambda _: None, Attempts(), lost(), house)

    assert decision.outcome.kind is OutcomeKind.WELCOME


def test_an_invitation_without_a_time_is_good_on_any_day() -> None:
    assert answer(visitor(expected=None)).outcome.kind is OutcomeKind.WELCOME


@pytest.mark.parametrize("approval", [Approval.REJECTED, Approval.REQUESTED])
def test_a_visitor_who_is_in_may_leave_whatever_has_become_of_the_invitation(approval: Approval) -> None:
    guest = visitor(expected=utc("2026-03-09T09:00"), approval=approval)
    stay = Stay(guest.id, utc("2026-03-09T09:05"))

    assert answer(guest, stay=stay).outcome.kind is OutcomeKind.ALREADY_IN
    assert answer(guest, code=QR.leaving(), stay=stay).outcome.kind is OutcomeKind.GOODBYE


HOUSE = House(7, "The Yard", ZoneInfo("Europe/Madrid"))
TERMS = replace(HOUSE, texts=Texts(terms="Stay with your host."))


def asked(guest: Visitor, house: House, code: Code = QR) -> Decision:
    return decide(code, [guest], lambda _: None, Attempts(), moment(), house)


def test_a_visitor_who_has_not_agreed_to_the_terms_is_asked_and_nothing_is_recorded() -> None:
    decision = asked(visitor(), TERMS)

    assert (decision.outcome.kind, decision.intent) == (OutcomeKind.ASK_TERMS, None)


def test_who_agrees_is_let_in_and_the_agreement_goes_along() -> None:
    decision = asked(visitor(), TERMS, QR.agreeing())

    assert decision.outcome.kind is OutcomeKind.WELCOME
    assert decision.intent is not None
    assert decision.intent.consent is Consent.GIVEN


def test_nobody_is_asked_twice_or_where_there_are_no_terms() -> None:
    agreed = replace(visitor(), consent=Consent.GIVEN)

    assert asked(agreed, TERMS).outcome.kind is OutcomeKind.WELCOME
    assert asked(visitor(), HOUSE).outcome.kind is OutcomeKind.WELCOME


def test_whoever_may_not_come_in_is_not_asked_about_terms() -> None:
    assert asked(visitor(approval=Approval.REQUESTED), TERMS).outcome.kind is OutcomeKind.WAITING
    assert asked(visitor(departed=NINE), TERMS).outcome.reason is Reason.USED


def test_where_doors_need_it_visitors_are_sent_to_reception_and_members_are_not() -> None:
    house = replace(TERMS, visitor_check_in=VisitorCheckIn.RECEPTION)

    decision = asked(visitor(), house)

    assert (decision.outcome.reason, decision.intent) == (Reason.RECEPTION, None)
    assert asked(visitor(approval=Approval.REJECTED), house).outcome.reason is Reason.HOST_DECLINED
    member_too = decide(QR, [member()], lambda _: None, Attempts(), moment(), house)
    assert member_too.outcome.kind is OutcomeKind.WELCOME


def test_a_visitor_who_leaves_is_let_out_where_reception_lets_them_in() -> None:
    house = replace(HOUSE, visitor_check_in=VisitorCheckIn.RECEPTION)

    assert asked(visitor(), house, QR.leaving()).outcome.kind is OutcomeKind.GOODBYE


def test_a_visit_at_another_location_is_told_before_anything_else() -> None:
    guest = replace(visitor(approval=Approval.REJECTED, departed=NINE), elsewhere="The Mill")

    outcome = asked(guest, HOUSE).outcome

    assert (outcome.reason, outcome.elsewhere) == (Reason.ELSEWHERE, "The Mill")


def test_where_the_host_sits_goes_along() -> None:
    guest = replace(visitor(approval=Approval.GRANT), where="Engines Ltd")

    assert asked(guest, HOUSE).outcome.where == "Engines Ltd"
