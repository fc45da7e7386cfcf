"""Outcomes: what the desk answers. A screen puts one into words; it needs to know nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kiosk.desk.people import Approval, PersonId, PersonKind


class OutcomeKind(StrEnum):
    """The answer. The values are stable words: the plain-text desk begins its lines with them."""

    WELCOME = "welcome"
    """Checked in."""
    GOODBYE = "goodbye"
    """Checked out."""
    ALREADY_IN = "already-in"
    """In since earlier. Nothing was recorded; the person is asked whether they are leaving."""
    GREETED = "greeted"
    """In since less than a minute: the same hand twice. Nothing was recorded and nothing is asked."""
    ASK_INITIAL = "ask-initial"
    """The first letter of the surname is needed as well: several people have this code, or codes of its length are too
    easily guessed. Which of these it is, and whether anybody has the code, is not said."""
    ASK_TERMS = "ask-terms"
    """The visitor has to agree to the location's terms first. Nothing was recorded."""
    WAITING = "waiting"
    """The host has not approved the visit yet."""
    REFUSED = "refused"
    """Known, and not let in; `reason` says why."""
    UNKNOWN = "unknown"
    """No such code. Wrong, unreadable and withdrawn codes all get this one answer."""
    LOCKED = "locked"
    """Too many wrong codes; `until` says when codes are taken again."""
    UNDONE = "undone"
    """Taken back."""
    NOTHING_TO_UNDO = "nothing-to-undo"
    """It is too late, or there was nothing."""
    FAILED = "failed"
    """The kiosk could not record it. Nobody is told that they are in when that is not on disk."""


class Reason(StrEnum):
    """Why somebody known is not let in."""

    HOST_DECLINED = "host-declined"
    NOT_YET = "not-yet"
    """The invitation is for a later day."""
    EXPIRED = "expired"
    """It was for an earlier day."""
    USED = "used"
    """This visit has ended."""
    ELSEWHERE = "elsewhere"
    """It is at another location."""
    RECEPTION = "reception"
    """Visitors are checked in at reception here, since the doors need it."""
    HOST_NEEDED = "host-needed"
    """A walk-in named nobody, and somebody has to approve."""
    CLOSED = "closed"
    """Staff have closed the kiosk: nobody is checked in or out here for now."""
    NEXUDUS = "nexudus"
    """Nexudus refused; its own sentence is in the confirmation."""


class Standing(StrEnum):
    """What Nexudus has said of an event."""

    NONE = "none"
    """There is nothing to confirm."""
    AWAITED = "awaited"
    """It has been told, or is about to be."""
    CONFIRMED = "confirmed"
    QUEUED = "queued"
    """No word in time. The event is kept here and Nexudus will hear of it."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Word:
    """Nexudus's word on an event, with its own sentence where it refused."""

    standing: Standing
    message: str = ""


NO_WORD = Word(Standing.NONE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to tell the person.

    Attributes:
        kind: The answer.
        name: Whom it concerns; empty where nobody may be named.
        person: Member or visitor; None where nobody may be named.
        host: Whom a visitor visits; may be empty.
        approval: What the host has said to a visit: whether the visitor is collected, or goes to the host.
        since: In since, in UTC.
        until: Codes are taken again then, in UTC.
        expected: The day of the invitation, in UTC.
        reason: Why not.
        event: The event this recorded, if it recorded one.
        word: What Nexudus says so far.
        where: Where the host is to be found; may be empty.
        elsewhere: The location of the visit, if that is another one.
        wifi: The visitor's code for the Wi-Fi, once it has come.
        visit: The visit for which somebody waits, so that it can be asked how it stands now.
    """

    kind: OutcomeKind
    name: str = ""
    person: PersonKind | None = None
    host: str = ""
    approval: Approval = Approval.NOT_REQUIRED
    since: datetime | None = None
    until: datetime | None = None
    expected: datetime | None = None
    reason: Reason | None = None
    event: UUID | None = None
    word: Word = NO_WORD
    where: str = ""
    elsewhere: str = ""
    wifi: str = field(default="", repr=False)
    visit: PersonId | None = None

    @property
    def undoable(self) -> UUID | None:
        """The event that the person may take back; an undo itself they may not."""
        return self.event if self.kind in (OutcomeKind.WELCOME, OutcomeKind.GOODBYE) else None
