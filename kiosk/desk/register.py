"""The decision on a walk-in: pure, like that on a credential."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Code, Via
from kiosk.desk.decide import AWAITED, Decision, decide
from kiosk.desk.events import EventKind, Intent, Stay
from kiosk.desk.folding import fold
from kiosk.desk.house import House, VisitorCheckIn, WalkInApproval
from kiosk.desk.lockout import Attempts
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason
from kiosk.desk.people import Approval, Consent, PersonId, PersonKind, Visitor
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
    terms = house.texts.terms_version if consent is Consent.GIVEN else ""
    return Decision(
        replace(told, word=AWAITED),
        Intent(EventKind.REGISTER, NOBODY_YET, via, form.name, consent=consent, form=form, terms=terms),
    )


def awaited_today(
    visitors: Sequence[Visitor], stay_of: Callable[[PersonId], Stay | None], now: Moment, house: House
) -> Visitor | None:
    """Which of somebody's visits a registration now stands for: one here, today, that has not ended. One that has not
    begun goes before one that has, then the earlier."""
    today = house.day(now.wall)
    found = [
        visitor
        for visitor in visitors
        if not visitor.elsewhere
        and visitor.departed is None
        # A clock that has not been set does not know which day it is.
        and (visitor.expected is None or not now.quality.believed or house.day(visitor.expected) == today)
    ]
    return min(found, key=lambda one: (stay_of(one.id) is not None, one.expected or now.wall), default=None)


def decide_invited(
    form: WalkIn, visitor: Visitor, consent: Consent, via: Via, stay: Stay | None, now: Moment, house: House
) -> Decision:
    """Decide on somebody who registers though they are invited: they come in on the invitation, so that there is one
    record of the visit. They are called what they call themselves: nobody learns a name by typing an address."""
    code = Code("", via, consent=consent)  # the address stands for the code
    named = replace(visitor, name=form.name)
    return decide(code, [named], lambda person: stay, Attempts(), now, house)


def is_the_same(form: WalkIn, names: Sequence[str]) -> bool:
    """Whether who registers is a visitor of the same address who is in, and who is known by these names. Colleagues may
    share an address: whoever is called otherwise is somebody else."""
    return fold(form.name) in map(fold, names)
