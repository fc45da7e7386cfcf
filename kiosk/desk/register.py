"""The decision on a walk-in: pure, like that on a credential."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kiosk.desk.credentials import Via
from kiosk.desk.decide import AWAITED, Decision
from kiosk.desk.events import EventKind, Intent
from kiosk.desk.house import House, VisitorCheckIn, WalkInApproval
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason
from kiosk.desk.people import Approval, Consent, PersonId, PersonKind
from kiosk.desk.walk_in import WalkIn

NOBODY_YET = PersonId(PersonKind.WALK_IN, 0)
"""Stands for somebody who has no number: the ledger gives them that of the event."""


def decide_walk_in(form: WalkIn, consent: Consent, via: Via, in_since: datetime | None, house: House) -> Decision:
    """Decide on a visitor who registers here.

    Args:
        form: What they gave.
        consent: Whether they have agreed to the terms.
        via: How they gave it.
        in_since: When the same visitor registered here a moment ago, in UTC; None if they have not.
        house: The location.
    """
    host = form.host.name if form.host else ""
    told = Outcome(OutcomeKind.WELCOME, form.name, PersonKind.VISITOR, host)
    asks_host = house.walk_in_approval is WalkInApproval.BY_HOST
    if house.visitor_check_in is VisitorCheckIn.RECEPTION:
        return Decision(replace(told, kind=OutcomeKind.REFUSED, reason=Reason.RECEPTION))
    if in_since is not None:
        again = OutcomeKind.WAITING if asks_host else OutcomeKind.GREETED
        return Decision(replace(told, kind=again, since=in_since))
    if asks_host and form.host is None:
        return Decision(replace(told, kind=OutcomeKind.REFUSED, reason=Reason.HOST_NEEDED))
    if house.texts.terms and consent is Consent.PENDING:
        return Decision(replace(told, kind=OutcomeKind.ASK_TERMS))
    if asks_host:
        form, told = replace(form, approval=Approval.REQUESTED), replace(told, kind=OutcomeKind.WAITING)
    return Decision(
        replace(told, word=AWAITED),
        Intent(EventKind.REGISTER, NOBODY_YET, via, form.name, consent=consent, form=form),
    )
