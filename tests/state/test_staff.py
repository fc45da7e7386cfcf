"""What staff do with the record, and the audit of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.desk.directory import MemberListing
from kiosk.desk.events import Stay
from kiosk.desk.people import PersonKind
from kiosk.desk.queue import Forgotten, UploadState
from kiosk.desk.staff import NotPossible
from kiosk.state.directory import DirectoryStore
from kiosk.state.errors import StateNotWritten
from kiosk.state.records import from_moment
from kiosk.state.secrets import CodeHasher
from kiosk.state.staff import LONGEST_STAY, StaffBook
from tests.conftest import Disk
from tests.desk.samples import NINE, later, member, moment, visitor
from tests.state.restartable import Restartable

ADA, BOB, GRACE = member(1, "Ada Lovelace"), member(2, "Bob Smith"), visitor(1, "Grace Hopper")
SOON, NOON = later(moment(), 2), later(moment(), 3 * 3600)


def refused(kiosk: Restartable, reason: str = "No valid pass") -> UUID:
    event = kiosk.check_in(ADA)
    kiosk.ledger.sending(event, {"CoworkerId": 1}, SOON)
    kiosk.ledger.refused(event, reason, SOON)
    return event


def state(kiosk: Restartable, event: UUID) -> tuple[UploadState, str]:
    entry = kiosk.ledger.entry(event)
    assert entry is not None
    return entry.state, entry.note


def audit(kiosk: Restartable) -> list[object]:
    return list(kiosk.on_disk().get("audit", {}).values())


def test_a_dead_letter_that_is_tried_again_waits_like_a_new_event(kiosk: Restartable) -> None:
    event = refused(kiosk)

    StaffBook(kiosk.ledger).retry([1], NOON)

    assert (kiosk.ledger.waiting(), kiosk.ledger.dead_letters()) == (1, 0)
    assert "body" not in kiosk.on_disk()["events"]["1"]
    assert audit(kiosk) == [{"at": from_moment(NOON), "what": "retry", "event": str(event)}]
    kiosk.restart()
    assert state(kiosk, event) == (UploadState.PENDING, "")


def test_whoever_was_refused_at_the_glass_is_in_once_it_is_tried_again(kiosk: Restartable) -> None:
    event = refused(kiosk)
    kiosk.ledger.leave_out(event)

    StaffBook(kiosk.ledger).retry([1], NOON)

    for ledger in (kiosk.ledger, kiosk.restart()):
        assert ledger.stay_of(ADA.id) == Stay(ADA.id, moment().wall, event)


def test_who_has_come_again_since_is_in_by_the_newer_check_in(kiosk: Restartable) -> None:
    kiosk.ledger.leave_out(refused(kiosk))
    newer = kiosk.check_in(ADA)
    before = kiosk.ledger.stay_of(ADA.id)

    StaffBook(kiosk.ledger).retry([1], NOON)

    assert before is not None
    assert before.event == newer
    assert kiosk.ledger.stay_of(ADA.id) == before


def test_who_has_come_and_left_since_is_not_in_again(kiosk: Restartable) -> None:
    kiosk.ledger.leave_out(refused(kiosk))
    kiosk.check_in(ADA)
    kiosk.check_out(ADA)

    StaffBook(kiosk.ledger).retry([1], NOON)

    assert kiosk.ledger.stay_of(ADA.id) is None


def test_a_check_in_of_long_ago_is_tried_again_and_brings_nobody_in(kiosk: Restartable) -> None:
    event = refused(kiosk)
    kiosk.ledger.leave_out(event)

    StaffBook(kiosk.ledger).retry([1], later(moment(), LONGEST_STAY.total_seconds() + 1))

    assert state(kiosk, event)[0] is UploadState.PENDING
    assert kiosk.ledger.stay_of(ADA.id) is None


def test_a_dead_letter_that_is_dismissed_stays_on_record_with_its_reason(kiosk: Restartable) -> None:
    event = refused(kiosk)

    StaffBook(kiosk.ledger).dismiss([1], NOON)

    assert audit(kiosk) == [{"at": from_moment(NOON), "what": "dismiss", "event": str(event)}]
    for ledger in (kiosk.ledger, kiosk.restart()):
        assert (ledger.waiting(), ledger.dead_letters(), len(ledger.open_entries())) == (0, 0, 0)
        assert state(kiosk, event) == (UploadState.DISMISSED, "dismissed by staff; before that: No valid pass")


def test_change_and_audit_are_one_write(kiosk: Restartable, disk: Disk) -> None:
    event = refused(kiosk)
    before = disk.frames

    StaffBook(kiosk.ledger).retry([1], NOON)
    assert disk.frames == before + 1

    kiosk.ledger.refused(event, "No valid pass", SOON)
    disk.fill()
    for act in (
        lambda: StaffBook(kiosk.ledger).dismiss([1], NOON),
        lambda: StaffBook(kiosk.ledger).forget(ADA.id, NOON, even_waiting=False),
    ):
        with pytest.raises(StateNotWritten):
            act()
    disk.clear()
    for _ in range(2):
        assert state(kiosk, event) == (UploadState.REFUSED, "No valid pass")
        assert len(audit(kiosk)) == 1
        kiosk.restart()


@pytest.mark.parametrize("act", [StaffBook.retry, StaffBook.dismiss])
def test_only_dead_letters_are_touched_and_all_of_them_or_none(
    kiosk: Restartable, act: Callable[[StaffBook, list[int], object], None]
) -> None:
    event = refused(kiosk)
    kiosk.check_in(BOB)

    for numbers, said in (([1, 2], "Event 2 is pending"), ([1, 99], "There is no event 99")):
        with pytest.raises(NotPossible, match=said):
            act(StaffBook(kiosk.ledger), numbers, NOON)

    assert state(kiosk, event)[0] is UploadState.REFUSED
    assert audit(kiosk) == []


def test_a_number_that_is_given_twice_is_one(kiosk: Restartable) -> None:
    refused(kiosk)

    StaffBook(kiosk.ledger).retry([1, 1], NOON)

    assert len(audit(kiosk)) == 1


def test_a_person_who_is_forgotten_leaves_no_trace_but_a_number_in_the_audit(kiosk: Restartable) -> None:
    for act in (kiosk.check_in, kiosk.check_out, kiosk.check_in):
        kiosk.ledger.delivered(act(ADA), 7, SOON)
    bob = kiosk.check_in(BOB)

    erased = StaffBook(kiosk.ledger).forget(ADA.id, NOON, even_waiting=False)

    assert erased == 3
    assert audit(kiosk) == [{"at": from_moment(NOON), "what": "forget", "person": "member:1"}]
    assert b"Ada" not in kiosk.bytes_on_disk()
    for ledger in (kiosk.ledger, kiosk.restart()):
        assert [entry.event.id for entry in ledger.entries()] == [bob]
        assert [stay.person for stay in ledger.stays()] == [BOB.id]
    assert kiosk.record(kiosk.ledger.entries()[0].event.intent.kind, GRACE).sequence == 5, "no number is given twice"


def test_who_still_waits_for_nexudus_is_forgotten_only_if_that_is_meant(kiosk: Restartable) -> None:
    event = kiosk.check_in(ADA)
    book = StaffBook(kiosk.ledger)

    with pytest.raises(NotPossible, match=r"not heard of 1 event of member:1 yet.*--even-waiting"):
        book.forget(ADA.id, NOON, even_waiting=False)
    assert kiosk.ledger.entry(event) is not None

    assert book.forget(ADA.id, NOON, even_waiting=True) == 1
    assert kiosk.ledger.waiting() == 0


def test_a_courier_on_its_way_with_an_erased_event_is_told_and_writes_nothing(kiosk: Restartable) -> None:
    event = kiosk.check_in(ADA)
    StaffBook(kiosk.ledger).forget(ADA.id, NOON, even_waiting=True)
    ledger = kiosk.ledger

    writes: list[Callable[[], None]] = [
        lambda: ledger.sending(event, {}, SOON),
        lambda: ledger.unanswered(event, SOON),
        lambda: ledger.postponed(event, SOON),
        lambda: ledger.delivered(event, 7, SOON),
        lambda: ledger.refused(event, "No valid pass", SOON),
        lambda: ledger.taken_back(event, SOON),
        lambda: ledger.leave_out(event),
    ]
    for write in writes:
        with pytest.raises(Forgotten):
            write()

    assert kiosk.restart().entries() == []


def test_who_was_forgotten_may_be_listed_again_by_nexudus(kiosk: Restartable) -> None:
    kiosk.ledger.delivered(kiosk.check_in(ADA), 7, SOON)
    StaffBook(kiosk.ledger).forget(ADA.id, NOON, even_waiting=False)

    kiosk.ledger.adopt_presence(PersonKind.MEMBER, [Stay(ADA.id, NINE, None, 7)], kiosk.seconds)

    assert kiosk.ledger.stay_of(ADA.id) == Stay(ADA.id, NINE, None, 7)


def test_what_is_dismissed_and_what_staff_did_is_purged_when_its_time_has_come(kiosk: Restartable) -> None:
    event = refused(kiosk)
    StaffBook(kiosk.ledger).dismiss([1], NOON)
    kiosk.ledger.leave_out(event)

    assert kiosk.ledger.purge(NOON.wall) == 1
    assert len(audit(kiosk)) == 1
    assert kiosk.ledger.purge(NOON.wall + timedelta(seconds=1)) == 0
    assert audit(kiosk) == []


def test_somebody_is_struck_off_the_directory(kiosk: Restartable) -> None:
    hasher = CodeHasher(b"k" * 32)
    directory = DirectoryStore(kiosk.store.directory, hasher)
    directory.replace_members([MemberListing(ADA, "1234"), MemberListing(BOB, "5678")], NINE)

    directory.forget(ADA.id)
    directory.forget(GRACE.id)

    for store in (directory, DirectoryStore(kiosk.store.directory, hasher)):
        assert store.members_with("1234") == ()
        assert list(store.members_with("5678")) == [BOB]
        assert store.as_of == NINE
    assert b"Ada" not in kiosk.bytes_on_disk()
