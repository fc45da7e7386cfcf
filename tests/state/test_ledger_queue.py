"""What the courier writes: how far each event has got on its way to Nexudus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.desk.events import Stay
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Entry, UploadState
from kiosk.state.ledger import SETTLED_SECONDS
from tests.conftest import Disk
from tests.desk.samples import NINE, later, member, moment, visitor
from tests.state.restartable import Restartable

ADA, BOB, GRACE = member(1, "Ada Lovelace"), member(2, "Bob Smith"), visitor(1, "Grace Hopper")
SOON = later(moment(), 2)


def entry(kiosk: Restartable, event: UUID) -> Entry:
    found = kiosk.ledger.entry(event)
    assert found is not None
    return found


def test_a_request_is_on_disk_with_its_body_before_it_leaves(kiosk: Restartable) -> None:
    event = kiosk.check_in(ADA)

    kiosk.ledger.sending(event, {"CoworkerId": 1, "FromTime": "2026-03-10T09:00:00Z"}, SOON)

    assert kiosk.on_disk()["events"]["1"]["state"] == "inflight"
    assert kiosk.on_disk()["events"]["1"]["body"] == {"CoworkerId": 1, "FromTime": "2026-03-10T09:00:00Z"}
    assert (entry(kiosk, event).tries, entry(kiosk, event).changed) == (1, SOON)


def test_after_a_restart_nobody_knows_whether_a_request_left(kiosk: Restartable) -> None:
    event = kiosk.check_in(ADA)
    kiosk.ledger.sending(event, {"CoworkerId": 1}, SOON)

    ledger = kiosk.restart()

    assert [(e.event.id, e.state, e.tries, e.changed) for e in ledger.open_entries()] == [
        (event, UploadState.UNKNOWN, 1, SOON)
    ]
    assert kiosk.on_disk()["events"]["1"]["state"] == "unknown"
    assert kiosk.on_disk()["events"]["1"]["body"] == {"CoworkerId": 1}


def test_a_request_that_was_about_to_leave_keeps_no_kiosk_from_starting_on_a_full_disk(
    kiosk: Restartable, disk: Disk
) -> None:
    event = kiosk.check_in(ADA)
    kiosk.ledger.sending(event, {"CoworkerId": 1}, SOON)

    disk.fill()
    (entry,) = kiosk.restart().open_entries()
    assert (entry.event.id, entry.state) == (event, UploadState.UNKNOWN)

    disk.clear()
    kiosk.ledger.postponed(event, SOON)
    assert kiosk.on_disk()["events"]["1"]["state"] == "pending"
    assert kiosk.on_disk()["events"]["1"]["body"] == {"CoworkerId": 1}


def test_a_restart_leaves_every_other_state_as_it_was(kiosk: Restartable) -> None:
    pending, unknown, postponed, done, refused = (kiosk.check_in(member(number)) for number in range(1, 6))
    for event in (unknown, postponed, done, refused):
        kiosk.ledger.sending(event, {}, moment())
    kiosk.ledger.unanswered(unknown, SOON)
    kiosk.ledger.postponed(postponed, SOON)
    kiosk.ledger.delivered(done, 4711, SOON, "found there already")
    kiosk.ledger.refused(refused, "No valid pass", SOON)

    for ledger in (kiosk.ledger, kiosk.restart()):
        assert [(e.event.id, e.state, e.tries) for e in ledger.open_entries()] == [
            (pending, UploadState.PENDING, 0),
            (unknown, UploadState.UNKNOWN, 1),
            (postponed, UploadState.PENDING, 1),
        ]
        assert (entry(kiosk, done).state, entry(kiosk, done).remote_id) == (UploadState.DONE, 4711)
        assert entry(kiosk, done).note == "found there already"
        assert (entry(kiosk, refused).state, entry(kiosk, refused).note) == (UploadState.REFUSED, "No valid pass")
        assert (ledger.waiting(), ledger.dead_letters()) == (3, 1)


def test_a_stay_learns_the_record_that_nexudus_made_of_it_and_the_body_is_forgotten(kiosk: Restartable) -> None:
    event = kiosk.check_in(ADA)
    kiosk.ledger.sending(event, {"CoworkerId": 1}, moment())

    kiosk.ledger.delivered(event, 4711, SOON)

    assert "body" not in kiosk.on_disk()["events"]["1"]
    assert kiosk.restart().stay_of(ADA.id) == Stay(ADA.id, NINE, event, 4711)


def test_word_that_comes_after_the_person_left_brings_nobody_back(kiosk: Restartable) -> None:
    event = kiosk.check_in(ADA)
    kiosk.ledger.sending(event, {}, moment())
    kiosk.check_out(ADA)

    kiosk.ledger.delivered(event, 4711, SOON)

    assert kiosk.restart().stay_of(ADA.id) is None
    assert entry(kiosk, event).remote_id == 4711


def test_an_undo_that_is_carried_out_closes_both_events(kiosk: Restartable) -> None:
    event = kiosk.check_in(ADA)
    undo = kiosk.undo(ADA, event)
    assert kiosk.ledger.waiting() == 2

    kiosk.ledger.taken_back(undo, SOON, "Nexudus had not heard of it")

    for ledger in (kiosk.ledger, kiosk.restart()):
        assert ledger.waiting() == 0
        assert (entry(kiosk, event).state, entry(kiosk, undo).state) == (UploadState.UNDONE, UploadState.DONE)
        assert entry(kiosk, undo).note == "Nexudus had not heard of it"
        assert ledger.is_undone(event)


def test_an_undone_check_out_no_longer_counts_as_the_end_of_its_check_in(kiosk: Restartable) -> None:
    check_in = kiosk.check_in(ADA)
    kiosk.undo(ADA, kiosk.check_out(ADA))
    second = kiosk.check_out(ADA)

    found = kiosk.restart().check_out_of(check_in)

    assert found is not None
    assert found.event.id == second


def test_only_finished_events_from_before_are_purged_and_none_that_a_stay_rests_on(kiosk: Restartable) -> None:
    old, new = moment(), later(moment(), 86_400)
    left, stays, waits, dead = (kiosk.check_in(person, old) for person in (ADA, BOB, GRACE, member(3, "Conan O'Brien")))
    left_out = kiosk.check_out(ADA, old)
    recent = kiosk.check_in(ADA, new)
    undo = kiosk.undo(ADA, recent)
    for event in (left, stays, left_out):
        kiosk.ledger.delivered(event, 1, old)
    kiosk.ledger.refused(dead, "No valid pass", old)
    kiosk.ledger.taken_back(undo, new)

    assert kiosk.ledger.purge(NINE + timedelta(hours=1)) == 2 + 1  # the undo is from nine o'clock as well
    assert kiosk.ledger.purge(NINE + timedelta(hours=1)) == 0

    for ledger in (kiosk.ledger, kiosk.restart()):
        assert [e.event.id for e in ledger.entries()] == [stays, waits, dead, recent]
        assert ledger.entry(left) is None
        assert ledger.stay_of(BOB.id) is not None


def test_no_name_of_a_purged_event_is_left_on_disk(kiosk: Restartable) -> None:
    kiosk.ledger.delivered(kiosk.check_in(ADA), 1, moment())
    kiosk.ledger.delivered(kiosk.check_out(ADA), 1, moment())
    assert b"Lovelace" in kiosk.bytes_on_disk()

    kiosk.ledger.purge(NINE + timedelta(days=30))

    assert b"Lovelace" not in kiosk.bytes_on_disk()


def test_presence_that_nexudus_lists_is_taken_over_for_its_kind_of_people(kiosk: Restartable) -> None:
    guest = Stay(GRACE.id, NINE)
    kiosk.ledger.adopt_presence(PersonKind.VISITOR, [guest], kiosk.seconds)
    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [Stay(ADA.id, NINE, None, 1), Stay(BOB.id, NINE, None, 2)], 1000.0)
    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [Stay(BOB.id, NINE, None, 2)], 1000.0)

    for ledger in (kiosk.ledger, kiosk.restart()):
        assert ledger.stay_of(ADA.id) is None
        assert ledger.stay_of(BOB.id) == Stay(BOB.id, NINE, None, 2)
        assert ledger.stay_of(GRACE.id) == guest


def test_of_a_stay_that_both_know_this_kiosk_keeps_its_own_time_and_event(kiosk: Restartable) -> None:
    event = kiosk.check_in(ADA)
    kiosk.ledger.delivered(event, 4711, SOON)
    kiosk.seconds += 3600

    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [Stay(ADA.id, NINE + timedelta(seconds=40), None, 4711)], 4600.0)

    assert kiosk.ledger.stay_of(ADA.id) == Stay(ADA.id, NINE, event, 4711)


def test_of_a_visit_that_both_know_this_kiosk_keeps_its_event_too(kiosk: Restartable) -> None:
    event = kiosk.check_in(GRACE)
    kiosk.ledger.delivered(event, GRACE.id.number, SOON)
    kiosk.seconds += 3600

    kiosk.ledger.adopt_presence(PersonKind.VISITOR, [Stay(GRACE.id, NINE)], kiosk.seconds)

    assert kiosk.ledger.stay_of(GRACE.id) == Stay(GRACE.id, NINE, event)


def test_a_stay_that_was_ended_and_begun_again_elsewhere_is_the_newer_one(kiosk: Restartable) -> None:
    kiosk.ledger.delivered(kiosk.check_in(ADA), 4711, SOON)
    kiosk.seconds += 3600
    newer = Stay(ADA.id, NINE + timedelta(minutes=30), None, 4800)

    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [newer], kiosk.seconds)

    assert kiosk.restart().stay_of(ADA.id) == newer


UNFINISHED: dict[str, Callable[[Restartable, UUID], None]] = {
    "pending": lambda kiosk, event: None,
    "inflight": lambda kiosk, event: kiosk.ledger.sending(event, {}, SOON),
    "unknown": lambda kiosk, event: kiosk.ledger.unanswered(event, SOON),
}


@pytest.mark.parametrize("state", UNFINISHED)
@pytest.mark.parametrize("restarts", [False, True], ids=["", "restarted"])
def test_whoever_has_an_event_in_the_queue_is_left_as_this_kiosk_knows_them(
    kiosk: Restartable, state: str, restarts: bool
) -> None:
    arrival = kiosk.check_in(ADA)
    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [Stay(BOB.id, NINE, None, 2)], kiosk.seconds)
    departure = kiosk.check_out(BOB)
    for event in (arrival, departure):
        UNFINISHED[state](kiosk, event)
    if restarts:
        kiosk.restart()
    kiosk.seconds += 86_400

    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [Stay(BOB.id, NINE, None, 2)], kiosk.seconds)

    assert kiosk.ledger.stay_of(ADA.id) == Stay(ADA.id, NINE, arrival)
    assert kiosk.ledger.stay_of(BOB.id) is None


@pytest.mark.parametrize("restarts", [False, True], ids=["", "restarted"])
def test_a_list_that_may_lag_behind_an_event_of_moments_ago_does_not_send_anybody_out(
    kiosk: Restartable, restarts: bool
) -> None:
    event = kiosk.check_in(ADA)
    kiosk.ledger.delivered(event, 4711, SOON)
    if restarts:
        kiosk.restart()

    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [], kiosk.seconds + SETTLED_SECONDS - 1)
    assert kiosk.ledger.stay_of(ADA.id) == Stay(ADA.id, NINE, event, 4711)

    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [], kiosk.seconds + SETTLED_SECONDS)
    assert kiosk.ledger.stay_of(ADA.id) is None
