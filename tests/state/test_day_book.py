"""The events of a day for the nightly comparison, and what it leaves on record."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from kiosk.desk.audit import Finding
from kiosk.desk.queue import UploadState
from kiosk.state.day_book import EventsOfDay
from kiosk.state.records import from_moment
from tests.desk.samples import NINE, later, member, moment
from tests.state.restartable import Restartable

ADA = member(1, "Ada Lovelace")
SOON, NIGHT = later(moment(), 2), later(moment(), 18 * 3600)


def delivered(kiosk: Restartable) -> UUID:
    event = kiosk.check_in(ADA)
    kiosk.ledger.delivered(event, 7, SOON)
    return event


def test_a_day_has_the_events_from_its_first_moment_to_before_its_last(kiosk: Restartable) -> None:
    event, book = kiosk.check_in(ADA), EventsOfDay(kiosk.ledger)

    hour = timedelta(hours=1)

    assert [entry.event.id for entry in book.events_between(NINE, NINE + hour)] == [event]
    assert book.events_between(NINE - hour, NINE) == []


def test_what_is_for_staff_is_a_dead_letter_with_a_line_in_the_audit(kiosk: Restartable) -> None:
    event = delivered(kiosk)

    assert EventsOfDay(kiosk.ledger).for_staff(event, Finding.MISSING, "It is gone.", NIGHT)

    kiosk.restart()
    entry = kiosk.ledger.entry(event)
    assert entry is not None
    assert (entry.state, entry.note) == (UploadState.REFUSED, "It is gone.")
    assert list(kiosk.on_disk()["audit"].values()) == [
        {"at": from_moment(NIGHT), "what": "missing", "event": str(event), "note": "It is gone."}
    ]


def test_what_has_gone_on_meanwhile_is_left_as_it_is(kiosk: Restartable) -> None:
    waiting, book = kiosk.check_in(ADA), EventsOfDay(kiosk.ledger)

    assert not book.for_staff(waiting, Finding.MISSING, "It is gone.", NIGHT)
    assert not book.for_staff(uuid4(), Finding.MISSING, "It is gone.", NIGHT)
    assert kiosk.ledger.dead_letters() == 0


def test_a_note_changes_no_event(kiosk: Restartable) -> None:
    event = delivered(kiosk)
    before = kiosk.ledger.entry(event)

    EventsOfDay(kiosk.ledger).note(event, Finding.REMOVED, "record 8", NIGHT)

    kiosk.restart()
    assert kiosk.ledger.entry(event) == before
    assert [line["what"] for line in kiosk.on_disk()["audit"].values()] == ["removed"]
