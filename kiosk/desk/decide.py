"""The decision: a pure function of credential, directory, presence and time. It reads no clock and touches no disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Code, Wish
from kiosk.desk.events import Event, EventKind, Intent, Stay
from kiosk.desk.house import House, VisitorCheckIn
from kiosk.desk.lockout import Attempts
from kiosk.desk.odds import NO_PINS, PinLengths, asks_initial
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Approval, Consent, Member, PersonId, Visitor, initials

AWAITED = Word(Standing.AWAITED)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to answer, what to record for it, and the count of wrong codes where it is to be written anew."""

    outcome: Outcome
    intent: Intent | None = None
    failure: Attempts | None = None


def decide(
    code: Code,
    people: Sequence[Member | Visitor],
    stay_of: Callable[[PersonId], Stay | None],
    attempts: Attempts,
    now: Moment,
    house: House,
    pin_lengths: PinLengths = NO_PINS,
) -> Decision:
    """Decide on a credential.

    Args:
        code: What was shown.
        people: Everybody the directory knows by it.
        stay_of: Whether somebody is in.
        attempts: Wrong codes so far on this code's channel.
        now: The present moment.
        house: The location.
        pin_lengths: How many members have a PIN of each length.
    """
    until = attempts.locked_until(now.wall)
    if until is not None:
        return Decision(Outcome(OutcomeKind.LOCKED, until=until), failure=attempts.set_back(now.wall))
    if len(people) > 1 or asks_initial(code, pin_lengths, house.guess_odds):
        if code.initial is None:
            return Decision(Outcome(OutcomeKind.ASK_INITIAL))
        people = _with_initial(people, code.initial)
    if len(people) != 1:
        return unknown(attempts, now)
    person = people[0]
    stay = stay_of(person.id)
    if code.wish is Wish.LEAVE:
        return _leave(code, person, stay)
    if stay is not None and isinstance(person, Member) and house.day(stay.since) < house.day(now.wall):
        stay = None  # yesterday's stay ended with its day, in Nexudus as well: this is a new one
    if stay is not None:
        return _already_in(person, stay, now, house)
    if isinstance(person, Visitor):
        hindrance = _hindrance(person, now, house) or _condition(person, code.consent, house)
        if hindrance is not None:
            return Decision(hindrance)
    return _enter(code, person, house)


def unknown(attempts: Attempts, now: Moment) -> Decision:
    """The one answer to every wrong code, counted."""
    return Decision(Outcome(OutcomeKind.UNKNOWN), failure=attempts.after_failure(now.wall))


def decide_undo(event: Event | None, undone: bool, now: Moment, house: House) -> Decision:
    """Decide whether an event may be taken back: while it is fresh, and once.

    Freshness is measured by the time since boot, since the wall clock may be set in between; after a restart it is too
    late.
    """
    if (
        event is None
        or undone
        or event.intent.kind is EventKind.UNDO
        or event.at.boot != now.boot
        or now.since_boot - event.at.since_boot > house.undo_within.total_seconds()
    ):
        return Decision(Outcome(OutcomeKind.NOTHING_TO_UNDO))
    intent = Intent(EventKind.UNDO, event.intent.person, event.intent.via, event.intent.name, refers_to=event.id)
    return Decision(Outcome(OutcomeKind.UNDONE, person=event.intent.person.kind, word=AWAITED), intent)


def _with_initial(people: Sequence[Member | Visitor], initial: str) -> Sequence[Member | Visitor]:
    """Those whose surname begins with `initial`: the last word of the name, else, where families come first, any."""
    by_last = [person for person in people if initials(person.name)[0] == initial]
    return by_last or [person for person in people if initial in initials(person.name)]


def _enter(code: Code, person: Member | Visitor, house: House) -> Decision:
    visitor = person if isinstance(person, Visitor) else None
    terms = house.texts.terms_version if code.consent is Consent.GIVEN else ""
    return Decision(
        Outcome(
            OutcomeKind.WELCOME,
            name=person.name,
            person=person.id.kind,
            host=visitor.host if visitor else "",
            approval=visitor.approval if visitor else Approval.NOT_REQUIRED,
            where=visitor.where if visitor else "",
            word=AWAITED,
        ),
        Intent(EventKind.CHECK_IN, person.id, code.via, person.name, consent=code.consent, terms=terms),
    )


def _leave(code: Code, person: Member | Visitor, stay: Stay | None) -> Decision:
    """Out is always accepted: who says that they leave may have come in where this kiosk did not see it."""
    return Decision(
        Outcome(OutcomeKind.GOODBYE, name=person.name, person=person.id.kind, word=AWAITED),
        Intent(EventKind.CHECK_OUT, person.id, code.via, person.name, refers_to=stay.event if stay else None),
    )


def _already_in(person: Member | Visitor, stay: Stay, now: Moment, house: House) -> Decision:
    # Either side of now: a stay from hours ahead began by a clock that was wrong then.
    fresh = abs(now.wall - stay.since) < house.greet_within
    kind = OutcomeKind.GREETED if fresh else OutcomeKind.ALREADY_IN
    return Decision(Outcome(kind, name=person.name, person=person.id.kind, since=stay.since))


def _hindrance(visitor: Visitor, now: Moment, house: House) -> Outcome | None:
    """Why this visitor cannot come in now, or None. Named, since the code has proved who they are."""
    if visitor.elsewhere:
        return _refused(visitor, Reason.ELSEWHERE)
    if visitor.departed is not None:
        return _refused(visitor, Reason.USED)
    if visitor.approval is Approval.REJECTED:
        return _refused(visitor, Reason.HOST_DECLINED)
    # A clock that has not been set does not know which day it is, so nobody is turned away by it.
    if visitor.expected is not None and now.quality.believed:
        today, day = house.day(now.wall), house.day(visitor.expected)
        if day != today:
            return _refused(visitor, Reason.NOT_YET if day > today else Reason.EXPIRED)
    if visitor.approval is Approval.REQUESTED:
        return Outcome(OutcomeKind.WAITING, visitor.name, visitor.id.kind, visitor.host, visit=visitor.id)
    return None


def _condition(visitor: Visitor, consent: Consent, house: House) -> Outcome | None:
    """What this visitor, who may come in, has to do first, or None."""
    if house.visitor_check_in is VisitorCheckIn.RECEPTION:
        return _refused(visitor, Reason.RECEPTION)
    if house.texts.terms and Consent.GIVEN not in (visitor.consent, consent):
        return Outcome(OutcomeKind.ASK_TERMS, visitor.name, visitor.id.kind, visitor.host)
    return None


def _refused(visitor: Visitor, reason: Reason) -> Outcome:
    return Outcome(
        OutcomeKind.REFUSED,
        visitor.name,
        visitor.id.kind,
        visitor.host,
        expected=visitor.expected,
        reason=reason,
        elsewhere=visitor.elsewhere,
    )
