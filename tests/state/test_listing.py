"""Listings, read beside a kiosk that is at work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.desk.directory import MemberListing, VisitorListing
from kiosk.desk.queue import UploadState
from kiosk.state.directory import DirectoryStore
from kiosk.state.errors import StateDamaged, StateMissing, StateNotWritten
from kiosk.state.listing import read_as_of, read_entries, read_names, read_stays
from kiosk.state.secrets import CodeHasher
from kiosk.state.store import holder_of, read_only
from tests.desk.samples import NINE, later, member, moment, visitor
from tests.state.restartable import Restartable

ADA, BOB, GRACE = member(1, "Ada Lovelace"), member(2, "Bob Smith"), visitor(1, "Grace Hopper")


def test_what_a_running_kiosk_wrote_is_read_without_its_lock(kiosk: Restartable) -> None:
    first, second = kiosk.check_in(ADA), kiosk.check_in(GRACE, later(moment(), 5))
    kiosk.ledger.refused(second, "No valid pass", later(moment(), 6))

    with read_only(kiosk.folder) as reading:
        entries, stays = read_entries(reading.precious), read_stays(reading.precious)

    assert [entry.event.id for entry in entries] == [first, second]
    assert (entries[1].state, entries[1].note) == (UploadState.REFUSED, "No valid pass")
    assert [stay.person for stay in stays] == [ADA.id, GRACE.id]


def test_a_reader_changes_nothing_neither_a_request_under_way_nor_a_file_half_written(kiosk: Restartable) -> None:
    kiosk.ledger.sending(kiosk.check_in(ADA), {}, moment())
    half = kiosk.folder / "precious" / "snapshot.000099.json.new"
    half.write_text("{")
    before = kiosk.bytes_on_disk()

    with read_only(kiosk.folder) as reading:
        assert [entry.state for entry in read_entries(reading.precious)] == [UploadState.INFLIGHT]
        with pytest.raises(StateNotWritten):
            reading.precious.table("events").truncate()

    assert kiosk.bytes_on_disk() == before
    assert half.exists()


def test_names_and_the_age_of_the_directory_are_read(kiosk: Restartable) -> None:
    store = DirectoryStore(kiosk.store.directory, CodeHasher(b"k" * 32))
    store.replace_members([MemberListing(ADA, "1234")], NINE)
    store.replace_visitors([VisitorListing(GRACE, "code")])
    kiosk.check_in(ADA)

    with read_only(kiosk.folder) as reading:
        assert read_names(reading.directory) == {ADA.id: "Ada Lovelace", GRACE.id: "Grace Hopper"}
        assert read_as_of(reading.directory) == NINE


def test_a_directory_that_was_never_read_is_empty(kiosk: Restartable) -> None:
    kiosk.check_in(ADA)

    with read_only(kiosk.folder) as reading:
        assert read_names(reading.directory) == {}
        assert read_as_of(reading.directory) is None


@pytest.mark.parametrize("made", [True, False])
def test_where_there_is_no_state_it_says_so_and_makes_none(tmp_path: Path, made: bool) -> None:
    folder = tmp_path / "state"
    if made:
        folder.mkdir()

    with pytest.raises(StateMissing, match=r"There is no state in .* yet"), read_only(folder):
        pass

    assert folder.exists() is made
    assert not made or list(folder.iterdir()) == []


def test_a_record_that_nobody_can_read_is_a_sentence(kiosk: Restartable) -> None:
    kiosk.check_in(ADA)
    kiosk.store.precious.table("events").update({"kind": "dance"})

    with read_only(kiosk.folder) as reading, pytest.raises(StateDamaged):
        read_entries(reading.precious)


def test_who_holds_the_state_is_told_as_long_as_they_do(kiosk: Restartable) -> None:
    assert holder_of(kiosk.folder) == os.getpid()

    kiosk.store.close()

    assert holder_of(kiosk.folder) is None
    assert holder_of(kiosk.folder / "nowhere") is None
