"""Outcomes in words: what happened, and what to do. The screen and the plain-text desk say the same."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.desk.house import House
from kiosk.desk.outcomes import Outcome, OutcomeKind, Reason, Standing, Word
from kiosk.desk.people import Approval, PersonKind
from kiosk.desk.ports import LineStatus, Link
from kiosk.i18n.calendar import clock_words, day_words
from kiosk.i18n.speech import Speech

_NEEDING_HELP = (
    OutcomeKind.REFUSED,
    OutcomeKind.UNKNOWN,
    OutcomeKind.LOCKED,
    OutcomeKind.FAILED,
    OutcomeKind.NOTHING_TO_UNDO,
    OutcomeKind.ASK_TERMS,
    OutcomeKind.WAITING,
)


@dataclass(frozen=True, slots=True)
class Words:
    """An outcome in words.

    Attributes:
        title: One or two words, drawn large.
        name: Whom it concerns, drawn large; may be empty.
        detail: What happened, or what to do; one sentence.
        standing: What Nexudus says; may be empty.
        help: How to reach reception, with whatever is no success and no question; empty where nobody has set it.
    """

    title: str
    name: str = ""
    detail: str = ""
    standing: str = ""
    help: str = ""


def words_for(outcome: Outcome, house: House, speech: Speech) -> Words:
    """Put an outcome into words. A refusal always says what to do next."""
    title, detail = _title_and_detail(outcome, house, speech)
    needs_help = outcome.kind in _NEEDING_HELP or _has_leftover(outcome)
    return Words(title, outcome.name, detail, _standing(outcome, speech), house.reception if needs_help else "")


def standing_words(word: Word, speech: Speech) -> str:
    """What Nexudus says, honestly: nothing is called confirmed that is not."""
    match word.standing:
        case Standing.AWAITED:
            return speech.say("Telling Nexudus…")
        case Standing.CONFIRMED:
            return speech.say("Confirmed by Nexudus.")
        case Standing.QUEUED:
            return speech.say("Recorded here. Nexudus will hear of it when the line is back.")
        case Standing.NONE | Standing.REFUSED:
            return ""


def _standing(outcome: Outcome, speech: Speech) -> str:
    """The same of an outcome. That a host hears of a visitor is said only once Nexudus, who tells them, has it."""
    visits = outcome.person is PersonKind.VISITOR and outcome.host
    if not visits or outcome.kind not in (OutcomeKind.WELCOME, OutcomeKind.WAITING):
        return standing_words(outcome.word, speech)
    match outcome.word.standing:
        case Standing.CONFIRMED if outcome.kind is OutcomeKind.WAITING:
            return speech.say("Nexudus has your visit and asks {host}.", host=outcome.host)
        case Standing.CONFIRMED:
            return speech.say("Nexudus has your visit and tells {host}.", host=outcome.host)
        case Standing.QUEUED:
            return speech.say("Recorded here. {host} is told when the line is back.", host=outcome.host)
    return standing_words(outcome.word, speech)


def _has_leftover(outcome: Outcome) -> bool:
    """Whether something was taken back here that Nexudus keeps, or of which somebody has heard."""
    return outcome.kind is OutcomeKind.UNDONE and outcome.word.standing is Standing.REFUSED


def foreign_words(speech: Speech) -> str:
    """That a code is meant for something else. It says no more: what it is, its owner knows."""
    return speech.say("That is not your invitation.")


def closed_words(house: House, speech: Speech) -> str:
    """Why nobody is checked in here: staff's own words, where they have written some."""
    said = house.closure.text if house.closure is not None else ""
    return said or speech.say("Check-in is closed at this kiosk for now.")


def status_words(status: LineStatus, speech: Speech) -> str:
    """The state of the line, for the status line."""
    match status.link:
        case Link.UNTRIED:
            said = speech.say("Connecting")
        case Link.ONLINE if status.sign_in_ends is not None:
            said = speech.say("Staff: sign in soon")
        case Link.ONLINE:
            said = speech.say("Online")
        case Link.OFFLINE:
            said = speech.say("Offline")
        case Link.SIGN_IN:
            said = speech.say("Staff: sign in again")
    if status.waiting:
        said += " · " + speech.count("{number} waiting", "{number} waiting", status.waiting)
    return said


def _title_and_detail(outcome: Outcome, house: House, speech: Speech) -> tuple[str, str]:
    say = speech.say
    since = clock_words(outcome.since, house) if outcome.since else ""
    match outcome.kind:
        case OutcomeKind.WELCOME:
            return house.texts.welcome_title or say("Welcome"), _welcome_detail(outcome, house, speech)
        case OutcomeKind.GOODBYE:
            return house.texts.goodbye_title or say("Goodbye"), house.texts.goodbye or say(
                "You are checked out. See you!"
            )
        case OutcomeKind.ALREADY_IN:
            return say("Leaving?"), say("You are in since {time}.", time=since)
        case OutcomeKind.GREETED:
            return say("Hello again"), say("You are checked in since {time}.", time=since)
        case OutcomeKind.ASK_INITIAL:
            return say("One more letter"), say("Touch the first letter of your surname.")
        case OutcomeKind.ASK_TERMS:
            return say("Terms first"), say("Please agree by the link in your invitation, or see reception.")
        case OutcomeKind.WAITING:
            return say("One moment"), say("Your host has not answered yet. Please take a seat.")
        case OutcomeKind.REFUSED:
            return say("Please see reception"), _refusal(outcome, house, speech)
        case OutcomeKind.UNKNOWN:
            return say("Not recognised"), say("We could not check you in with that code. Try again or see reception.")
        case OutcomeKind.LOCKED:
            until = clock_words(outcome.until, house) if outcome.until else ""
            return say("Please wait"), say("Too many wrong codes. Try again at {time}, or see reception.", time=until)
        case OutcomeKind.UNDONE if _has_leftover(outcome):
            said = outcome.word.message or say("Nexudus did not accept it.")
            return say("Undone here"), say("Please tell reception: {reason}", reason=said)
        case OutcomeKind.UNDONE:
            return say("Undone"), say("As if nothing had happened.")
        case OutcomeKind.NOTHING_TO_UNDO:
            return say("Too late"), say("This can no longer be undone. Please see reception.")
        case OutcomeKind.FAILED:
            return say("Please see reception"), say("The kiosk cannot write it down just now.")


def _welcome_detail(outcome: Outcome, house: House, speech: Speech) -> str:
    if outcome.person is PersonKind.MEMBER:
        return house.texts.welcome_member or speech.say("You are checked in. Have a good day!")
    said = _way_words(outcome, speech) or house.texts.welcome_visitor or speech.say("You are checked in.")
    if not outcome.wifi:
        return said
    ended = said if said.endswith((".", "!", "?")) else f"{said}."
    return f"{ended} {speech.say('Wi-Fi code: {code}', code=outcome.wifi)}"


def _way_words(outcome: Outcome, speech: Speech) -> str:
    """Where a visitor waits or goes; empty where nobody has said."""
    say, host, where = speech.say, outcome.host, outcome.where
    match outcome.approval:
        case Approval.HOLD:
            return say("{host} will collect you here.", host=host) if host else say("Your host will collect you here.")
        case Approval.GRANT if host and where:
            return say("Please go to {host}, at {where}.", host=host, where=where)
        case Approval.GRANT if host:
            return say("Please go to {host}.", host=host)
        case Approval.GRANT:
            return say("You are expected: please go in.")
    return say("You are checked in. Your host: {host}", host=host) if host else ""


def _refusal(outcome: Outcome, house: House, speech: Speech) -> str:
    day = day_words(outcome.expected, house, speech) if outcome.expected else ""
    match outcome.reason:
        case Reason.HOST_DECLINED:
            return speech.say("Your host cannot receive you today.")
        case Reason.NOT_YET:
            return speech.say("Your invitation is for {day}.", day=day)
        case Reason.EXPIRED:
            return speech.say("Your invitation was for {day}.", day=day)
        case Reason.USED:
            return speech.say("This visit has ended. Reception can open it again.")
        case Reason.ELSEWHERE:
            return speech.say("Your invitation is for another location: {place}", place=outcome.elsewhere)
        case Reason.RECEPTION:
            return speech.say("Visitors are checked in at reception here, so that the doors open.")
        case Reason.HOST_NEEDED:
            return speech.say("Somebody here has to expect you, and you named nobody.")
        case Reason.CLOSED:
            return closed_words(house, speech)
        case Reason.NEXUDUS | None:
            said = outcome.word.message
            return (
                speech.say("Nexudus says: {reason}", reason=said) if said else speech.say("Nexudus did not accept it.")
            )
