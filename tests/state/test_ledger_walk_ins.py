"""Walk-ins on record: numbered here until Nexudus has a record of them, and with what they gave until then."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from kiosk.desk.clock import Moment
from kiosk.desk.credentials import Via
from kiosk.desk.events import EventKind, Intent, Stay
from kiosk.desk.hosts import Host
from kiosk.desk.people import Approval, Consent, PersonId, PersonKind
from kiosk.desk.queue import Entry, UploadState
from kiosk.desk.register import NOBODY_YET
from kiosk.desk.walk_in import WalkIn
from kiosk.state.ledger import SETTLED_SECONDS
from kiosk.state.records import from_form, to_form
from kiosk.state.staff import StaffBook
from tests.desk.samples import NINE, later, moment
from tests.state.restartable import Restartable

FORM = WalkIn(
    "Grace Hopper", "grace@navy.mil", Host(PersonId(PersonKind.MEMBER, 1), "Ada", "Engines"), "Navy", "1", "?"
)
HERE = PersonId(PersonKind.WALK_IN, 1)
THERE = PersonId(PersonKind.VISITOR, 4711)
SOON = later(moment(), 2)


def register(kiosk: Restartable, form: WalkIn = FORM, at: Moment | None = None) -> UUID:
    event = uuid4()
    intent = Intent(EventKind.REGISTER, NOBODY_YET, Via.LINE, form.name, consent=Consent.GIVEN, form=form)
    kiosk.ledger.record(event, intent, at or moment())
    return event


def entry(kiosk: Restartable, event: UUID) -> Entry:
    found = kiosk.ledger.entry(event)
    assert found is not None
    return found


def take_back(kiosk: Restartable, event: UUID) -> UUID:
    undo = uuid4()
    person = entry(kiosk, event).event.intent.person
    kiosk.ledger.record(undo, Intent(EventKind.UNDO, person, Via.LINE, refers_to=event), SOON)
    return undo


def test_a_walk_in_goes_by_the_number_of_the_event_and_survives_a_restart(kiosk: Restartable) -> None:
    event = register(kiosk)

    kiosk.restart()

    intent = entry(kiosk, event).event.intent
    assert (intent.person, intent.form, intent.consent) == (HERE, FORM, Consent.GIVEN)
    assert kiosk.ledger.stays() == [Stay(HERE, NINE, event)]


@pytest.mark.parametrize("form", [FORM, WalkIn("Jo", "jo@acme.org"), None])
def test_a_form_is_written_and_read(form: WalkIn | None) -> None:
    assert to_form(from_form(form)) == form


def test_once_nexudus_has_a_record_the_walk_in_goes_by_that_and_the_form_is_gone(kiosk: Restartable) -> None:
    event = register(kiosk)

    kiosk.ledger.delivered(event, THERE.number, SOON)

    for _ in range(2):
        after = entry(kiosk, event)
        assert (after.state, after.event.intent.person, after.event.intent.form) == (UploadState.DONE, THERE, None)
        assert kiosk.ledger.stays() == [Stay(THERE, NINE, event)]
        assert "grace@navy.mil" not in str(kiosk.on_disk())
        kiosk.restart()


def test_an_undo_that_waits_goes_by_the_new_number_as_well(kiosk: Restartable) -> None:
    event = register(kiosk)
    kiosk.ledger.sending(event, {}, SOON)
    undo = take_back(kiosk, event)

    kiosk.ledger.delivered(event, THERE.number, SOON)

    assert entry(kiosk, undo).event.intent.person == THERE
    assert [one.event.id for one in kiosk.ledger.open_entries()] == [undo]
    assert kiosk.ledger.undo_of(event) == entry(kiosk, undo)
    assert kiosk.ledger.stays() == []


def test_who_has_left_by_the_code_meanwhile_is_not_in_again(kiosk: Restartable) -> None:
    event = register(kiosk)
    kiosk.ledger.record(uuid4(), Intent(EventKind.CHECK_OUT, THERE, Via.LINE), later(moment(), 60))

    kiosk.ledger.delivered(event, THERE.number, later(moment(), 70))

    assert kiosk.ledger.stays() == []


def test_who_waits_for_the_host_is_not_in(kiosk: Restartable) -> None:
    register(kiosk, WalkIn("Grace Hopper", "grace@navy.mil", approval=Approval.REQUESTED))

    assert kiosk.ledger.stays() == []


def test_a_form_that_nexudus_refused_is_kept_for_another_try_and_gone_when_it_is_dismissed(kiosk: Restartable) -> None:
    event = register(kiosk)
    kiosk.ledger.refused(event, "Email: Invalid Email Address", SOON)
    assert entry(kiosk, event).event.intent.form == FORM

    StaffBook(kiosk.ledger).dismiss([1], SOON)

    assert entry(kiosk, event).event.intent.form is None
    assert "grace@navy.mil" not in str(kiosk.on_disk())


def test_a_form_that_was_taken_back_is_gone(kiosk: Restartable) -> None:
    event = register(kiosk)

    kiosk.ledger.taken_back(take_back(kiosk, event), SOON)

    assert entry(kiosk, event).event.intent.form is None
    assert "grace@navy.mil" not in str(kiosk.on_disk())


def test_a_walk_in_is_erased_by_either_number(kiosk: Restartable) -> None:
    event = register(kiosk)
    assert StaffBook(kiosk.ledger).forget(HERE, SOON, even_waiting=True) == 1

    event = register(kiosk)
    kiosk.ledger.delivered(event, THERE.number, SOON)
    assert StaffBook(kiosk.ledger).forget(THERE, SOON, even_waiting=False) == 1
    assert kiosk.ledger.entries() == []


def test_a_walk_in_whom_nexudus_refused_is_in_until_its_list_is_read_and_one_that_waits_stays(
    kiosk: Restartable,
) -> None:
    refused, waiting = register(kiosk), register(kiosk, WalkIn("Ada King", "ada@acme.org"))
    kiosk.ledger.refused(refused, "No such host", SOON)

    kiosk.ledger.adopt_presence(PersonKind.VISITOR, [], kiosk.seconds + SETTLED_SECONDS)

    assert [stay.event for stay in kiosk.ledger.stays()] == [waiting]


def test_the_same_name_is_known_for_as_long_as_it_is_asked_for(kiosk: Restartable) -> None:
    event = register(kiosk)

    assert kiosk.ledger.walk_in("Grace Hopper", NINE - timedelta(seconds=60)) == NINE
    assert kiosk.ledger.walk_in("Grace Hopper", NINE + timedelta(seconds=1)) is None
    assert kiosk.ledger.walk_in("Ada King", NINE - timedelta(seconds=60)) is None
    take_back(kiosk, event)
    assert kiosk.ledger.walk_in("Grace Hopper", NINE - timedelta(seconds=60)) is None
