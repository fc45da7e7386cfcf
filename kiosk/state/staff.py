"""What staff do with the record: try a dead letter again, close it, forget a person. Each act leaves a line in the
audit, written together with the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kiosk.desk.clock import Moment
from kiosk.desk.events import EventKind, Stay
from kiosk.desk.people import PersonId
from kiosk.desk.presence import stay_after
from kiosk.desk.queue import Entry, UploadState, without_form
from kiosk.desk.staff import NotPossible
from kiosk.state.ledger import Ledger
from kiosk.state.records import from_moment
from kiosk.text import SENTENCE_LENGTH, clean

DAMAGE = "damage"

LONGEST_STAY = timedelta(hours=12)
"""Whoever checked in longer ago is not taken for present. Who is, Nexudus says at the next poll."""

_ENTERING = (EventKind.CHECK_IN, EventKind.REGISTER)


class StaffBook:
    """Fulfils the desk's `StaffActs` on the ledger.

    Args:
        ledger: What has happened here.
        who: Who does it, for the audit; empty for whoever gives a command on this device.
    """

    def __init__(self, ledger: Ledger, who: str = "") -> None:
        self._ledger = ledger
        self._who = who

    def retry(self, numbers: Sequence[int], at: Moment) -> None:
        """Put dead letters back into the queue. Whoever such a check-in had brought in is in again."""
        with self._ledger.turn:
            letters = self._dead_letters(numbers)
            again = [replace(letter, state=UploadState.PENDING, note="", changed=at) for letter in letters]
            stays = [stay for letter in letters if (stay := self._begun_again(letter, at)) is not None]
            self._ledger.amend(again, [self._line("retry", letter, at) for letter in letters], stays)

    def dismiss(self, numbers: Sequence[int], at: Moment) -> None:
        """Close dead letters, keeping the reason in the note."""
        with self._ledger.turn:
            letters = self._dead_letters(numbers)
            closed = [
                without_form(replace(letter, state=UploadState.DISMISSED, note=_dismissed(letter.note), changed=at))
                for letter in letters
            ]
            self._ledger.amend(closed, [self._line("dismiss", letter, at) for letter in letters])

    def forget(self, person: PersonId, at: Moment, even_waiting: bool) -> int:
        """Erase a person's events and stay. The audit keeps their id and no name."""
        with self._ledger.turn:
            waiting = sum(entry.event.intent.person == person for entry in self._ledger.open_entries())
            if waiting and not even_waiting:
                raise NotPossible(
                    f"Nexudus has not heard of {_events(waiting)} of {person} yet. Let the queue go up first, or give "
                    f"--even-waiting: then it never will."
                )
            erased = self._ledger.erase(person, {"at": from_moment(at), "what": "forget", "person": str(person)})
        self._ledger.sweep()
        return erased

    def note_damage(self, damage: Sequence[str], at: Moment) -> None:
        """Note what could not be read when the record was opened, so that staff hear of it."""
        self._ledger.amend(
            [], [{"at": from_moment(at), "what": DAMAGE, "note": clean("; ".join(damage), SENTENCE_LENGTH)}]
        )

    def _begun_again(self, letter: Entry, at: Moment) -> Stay | None:
        """The stay that a check-in begins once it is tried again: who was refused at the glass had none. None where the
        person has done something since, or where it is so old that Nexudus may take it closed."""
        event, person = letter.event, letter.event.intent.person
        if event.intent.kind not in _ENTERING or letter.undone or at.wall - event.time > LONGEST_STAY:
            return None
        later = any(entry.event.sequence > event.sequence for entry in self._ledger.entries_of(person))
        return None if later or self._ledger.stay_of(person) is not None else stay_after(event, None, None)

    def _dead_letters(self, numbers: Sequence[int]) -> Sequence[Entry]:
        by_number = {entry.event.sequence: entry for entry in self._ledger.entries()}
        letters = []
        for number in dict.fromkeys(numbers):
            entry = by_number.get(number)
            if entry is None:
                raise NotPossible(f"There is no event {number}. 'kiosk events' lists them; nothing was changed.")
            if entry.state is not UploadState.REFUSED:
                raise NotPossible(
                    f"Event {number} is {entry.state.value}, not refused by Nexudus. 'kiosk events --refused' lists "
                    f"those that are; nothing was changed."
                )
            letters.append(entry)
        return letters

    def _line(self, what: str, entry: Entry, at: Moment) -> dict[str, object]:
        who = {"who": self._who} if self._who else {}
        return {"at": from_moment(at), "what": what, "event": str(entry.event.id), **who}


def _dismissed(reason: str) -> str:
    return clean(f"dismissed by staff; before that: {reason}" if reason else "dismissed by staff", SENTENCE_LENGTH)


def _events(number: int) -> str:
    return "1 event" if number == 1 else f"{number} events"
