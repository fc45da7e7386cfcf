"""The decision on visitors: their day, their host, their visit."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kiosk.desk.credentials import Code, Via
from kiosk.desk.decide import Decision, decide
from kiosk.desk.events import EventKind, Intent, Stay
from kiosk.desk.house import House
from kiosk.desk.lockout import Attempts
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Approval, PersonKind, Visitor
from tests.desk.samples import NINE, lost, moment, visitor

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


@pytest.mark.parametrize(
    ("approval", "collects"), [(Approval.GRANT, False), (Approval.HOLD, True), (Approval.NOT_REQUIRED, False)]
)
def test_a_host_who_accepted_lets_the_visitor_in_and_may_come_to_collect_them(
    approval: Approval, collects: bool
) -> None:
    outcome = answer(visitor(approval=approval)).outcome

    assert outcome.kind is OutcomeKind.WELCOME
    assert outcome.collects is collects


def test_a_visitor_whose_host_has_not_answered_waits_and_nothing_is_recorded() -> None:
    assert answer(visitor(approval=Approval.REQUESTED)) == Decision(
        Outcome(OutcomeKind.WAITING, "Grace Hopper", PersonKind.VISITOR, "Ada Lovelace")
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
