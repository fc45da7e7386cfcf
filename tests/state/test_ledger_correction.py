"""Events that a wrong clock recorded get their true time on disk, all at once, and keep what the clock showed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from kiosk.desk.clock import Anchor
from kiosk.desk.events import Event, Stay, TimeBasis
from kiosk.desk.ports import NotRecorded
from kiosk.state.ledger import Ledger
from kiosk.state.records import from_entry, to_entry
from tests.conftest import Disk
from tests.desk.samples import NINE, lost, member, moment, visitor
from tests.state.restartable import Restartable

ADA, BOB, GRACE = member(1, "Ada Lovelace"), member(2, "Bob Smith"), visitor(1, "Grace Hopper")
ANCHOR = Anchor("boot-1", 2000.0, NINE, 0.6)


def event(ledger: Ledger, number: UUID) -> Event:
    found = ledger.event(number)
    assert found is not None
    return found


def test_the_events_of_a_boot_and_the_stays_that_began_with_them_are_corrected(kiosk: Restartable) -> None:
    ada, grace = kiosk.check_in(ADA, lost(800.0)), kiosk.check_in(GRACE, lost(1400.0))
    left = kiosk.check_out(GRACE, lost(1700.0))

    assert kiosk.ledger.correct(ANCHOR) == 3

    for ledger in (kiosk.ledger, kiosk.restart()):
        assert event(ledger, ada).time == NINE - timedelta(minutes=20)
        assert event(ledger, ada).at == lost(800.0)
        assert event(ledger, ada).basis is TimeBasis.ANCHORED
        assert ledger.stay_of(ADA.id) == Stay(ADA.id, NINE - timedelta(minutes=20), ada)
        assert ledger.left_at(GRACE.id) == NINE - timedelta(minutes=5)
        entry = ledger.entry(left)
        assert entry is not None
        assert entry.ended == Stay(GRACE.id, NINE - timedelta(minutes=10), grace)
        assert ledger.correct(ANCHOR) == 0, "there is nothing left to correct"


def test_a_boot_that_never_knew_the_time_is_estimated_once_the_next_one_does(kiosk: Restartable) -> None:
    yesterday = moment(NINE - timedelta(days=1), boot="boot-0")
    kiosk.check_in(ADA, yesterday)
    dark = kiosk.check_in(BOB, lost(60.0, "boot-dark"))
    kiosk.restart()

    assert kiosk.ledger.correct(ANCHOR) == 1

    for ledger in (kiosk.ledger, kiosk.restart()):
        told = event(ledger, dark)
        assert told.basis is TimeBasis.ESTIMATED
        assert yesterday.wall <= told.time <= ANCHOR.started
        assert ledger.stay_of(BOB.id) == Stay(BOB.id, told.time, dark)


def test_what_has_left_or_is_over_is_not_touched(kiosk: Restartable) -> None:
    inflight, unknown, done, refused = (kiosk.check_in(member(number), lost(800.0)) for number in range(1, 5))
    for number in (inflight, unknown, done, refused):
        kiosk.ledger.sending(number, {"FromTime": "1970-01-01T00:13:20Z"}, lost(900.0))
    kiosk.ledger.unanswered(unknown, lost(901.0))
    kiosk.ledger.delivered(done, 4711, lost(901.0))
    kiosk.ledger.refused(refused, "No valid pass", lost(901.0))
    before = kiosk.ledger.entries()

    assert kiosk.ledger.correct(ANCHOR) == 0

    assert kiosk.ledger.entries() == before
    assert [entry.event.basis for entry in kiosk.ledger.entries()] == [TimeBasis.DOUBTED] * 4
    assert kiosk.ledger.stay_of(member(3).id) == Stay(member(3).id, lost(800.0).wall, done, 4711)


def test_a_request_that_never_left_is_corrected_after_all(kiosk: Restartable) -> None:
    ada = kiosk.check_in(ADA, lost(800.0))
    kiosk.ledger.sending(ada, {}, lost(900.0))
    kiosk.ledger.postponed(ada, lost(901.0))

    assert kiosk.ledger.correct(ANCHOR) == 1
    assert event(kiosk.restart(), ada).time == NINE - timedelta(minutes=20)


def test_a_correction_that_cannot_be_written_changes_nothing(kiosk: Restartable, disk: Disk) -> None:
    ada = kiosk.check_in(ADA, lost(800.0))
    disk.fill()

    with pytest.raises(NotRecorded):
        kiosk.ledger.correct(ANCHOR)

    disk.clear()
    for ledger in (kiosk.ledger, kiosk.restart()):
        assert event(ledger, ada).basis is TimeBasis.DOUBTED
        assert ledger.stay_of(ADA.id) == Stay(ADA.id, lost(800.0).wall, ada)
    assert kiosk.ledger.correct(ANCHOR) == 1


def test_an_undone_check_out_brings_back_the_stay_with_its_true_beginning(kiosk: Restartable) -> None:
    ada = kiosk.check_in(ADA, lost(800.0))
    left = kiosk.check_out(ADA, lost(1400.0))
    kiosk.ledger.correct(ANCHOR)

    kiosk.undo(ADA, left)

    assert kiosk.restart().stay_of(ADA.id) == Stay(ADA.id, NINE - timedelta(minutes=20), ada)


def test_an_event_is_written_without_what_there_is_nothing_of(kiosk: Restartable) -> None:
    kiosk.check_in(ADA, lost(800.0))
    (entry,) = kiosk.ledger.entries()

    document = from_entry(entry)

    assert set(document) == {"id", "kind", "person", "via", "name", "at", "state"}
    assert to_entry(document, 1) == entry


def test_what_is_old_is_told_by_the_true_time(kiosk: Restartable) -> None:
    ada = kiosk.check_in(ADA, lost(800.0))
    kiosk.check_out(ADA, lost(900.0))
    kiosk.ledger.correct(ANCHOR)
    kiosk.ledger.delivered(ada, 4711, moment())

    assert kiosk.ledger.purge(NINE - timedelta(days=30)) == 0
    assert kiosk.ledger.purge(NINE) == 1
