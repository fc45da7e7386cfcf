from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tinydb.operations import delete

from kiosk.desk.credentials import Code, Via
from kiosk.desk.directory import Marks, MemberListing, VisitorListing
from kiosk.desk.hosts import Host, HostRules
from kiosk.desk.people import Approval, Consent
from kiosk.state.database import open_database
from kiosk.state.directory import MEMBERS, DirectoryStore
from kiosk.state.errors import StateNotWritten
from kiosk.state.secrets import CodeHasher
from tests.conftest import Disk
from tests.desk.samples import NINE, member, visitor

GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
PIN, CODE = "7391846250", "INV-58213097"
ADA, BOB, GRACE = member(1, "Ada Lovelace"), member(2, "Bob Smith"), visitor(1, "Grace Hopper")
MARKS = Marks(7, NINE + timedelta(hours=1), NINE, NINE - timedelta(seconds=3))
KEY, NEW_KEY = CodeHasher(b"k" * 32), CodeHasher(b"n" * 32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "directory"


@pytest.fixture
def directory(path: Path) -> DirectoryStore:
    """A directory that knows Ada by PIN, and Grace by code and GUID."""
    store = DirectoryStore(open_database(path), KEY)
    store.replace_members([MemberListing(ADA, PIN)], NINE)
    store.replace_visitors([VisitorListing(GRACE, CODE, GUID)])
    return store


def reopened(path: Path, hasher: CodeHasher = KEY) -> DirectoryStore:
    """The directory as the next process finds it."""
    return DirectoryStore(open_database(path), hasher)


def scanned(text: str) -> Code:
    return Code(text, Via.CAMERA)


def both(directory: DirectoryStore, path: Path) -> Iterator[DirectoryStore]:
    """The directory as it is, and as the next process finds it."""
    yield directory
    yield reopened(path)


def test_a_new_directory_knows_nobody_and_says_that_it_was_never_read(path: Path) -> None:
    directory = reopened(path)

    assert directory.members_with(PIN) == ()
    assert directory.visitors_with(scanned(CODE)) == ()
    assert directory.as_of is None
    assert (directory.member_count, directory.visitor_count) == (0, 0)


def test_members_are_found_by_pin_and_visitors_by_code_and_by_guid(directory: DirectoryStore, path: Path) -> None:
    for store in both(directory, path):
        assert store.members_with(PIN) == (ADA,)
        assert store.visitors_with(scanned(CODE)) == (GRACE,)
        assert store.visitors_with(Code(CODE.lower(), Via.KEYPAD)) == (GRACE,)
        assert store.visitors_with(scanned(GUID)) == (GRACE,)
        assert store.visitors_with(scanned(GUID.replace("-", "").upper())) == (GRACE,)
        assert store.members_with(CODE) == ()
        assert store.visitors_with(scanned(PIN)) == ()
        assert store.as_of == NINE
        assert (store.member_count, store.visitor_count) == (1, 1)


@pytest.mark.parametrize("sent", [GUID.upper(), GUID.replace("-", "")])
def test_a_guid_is_found_in_whatever_form_nexudus_sends_it(path: Path, sent: str) -> None:
    directory = reopened(path)

    directory.replace_visitors([VisitorListing(GRACE, "", sent), VisitorListing(visitor(2), sent)])

    assert directory.visitors_with(scanned(GUID)) == (GRACE, visitor(2))


def test_all_that_the_desk_needs_of_a_visitor_is_kept(path: Path) -> None:
    guests = [
        visitor(1, "Zoë [/x]", "李小龍", NINE, Approval.HOLD),
        visitor(2, "Đặng", "", None, Approval.REJECTED, NINE + timedelta(hours=1)),
    ]
    directory = reopened(path)
    directory.replace_visitors([VisitorListing(guests[0], "A1"), VisitorListing(guests[1], "A2")])

    for store in both(directory, path):
        assert [*store.visitors_with(scanned("A1")), *store.visitors_with(scanned("A2"))] == guests


def test_two_with_one_pin_are_both_found(path: Path) -> None:
    directory = reopened(path)
    directory.replace_members([MemberListing(ADA, PIN), MemberListing(BOB, PIN)], NINE)

    for store in both(directory, path):
        assert set(store.members_with(PIN)) == {ADA, BOB}
        assert store.member_count == 2


def test_somebody_who_is_listed_twice_is_one_person(path: Path) -> None:
    directory = reopened(path)
    directory.replace_members([MemberListing(ADA, PIN), MemberListing(ADA, PIN)], NINE)
    directory.replace_visitors([VisitorListing(GRACE, GUID, GUID), VisitorListing(GRACE, CODE, GUID)])

    for store in both(directory, path):
        assert store.members_with(PIN) == (ADA,)
        assert store.visitors_with(scanned(GUID)) == (GRACE,)
        assert (store.member_count, store.visitor_count) == (1, 1)


def test_who_has_no_pin_is_not_found_by_none(path: Path) -> None:
    directory = reopened(path)
    directory.replace_members([MemberListing(ADA, "")], NINE)
    directory.replace_visitors([VisitorListing(GRACE, "", "")])
    directory.add([MemberListing(BOB, "")], [])

    for store in both(directory, path):
        assert store.members_with("") == ()
        assert store.visitors_with(scanned("")) == ()
        assert store.member_count == 0


def test_whoever_is_listed_can_be_visited_and_a_company_is_part_of_the_name(path: Path) -> None:
    directory = reopened(path)
    directory.replace_members([MemberListing(ADA, PIN, "Engines Ltd"), MemberListing(BOB, "")], NINE)

    for store in both(directory, path):
        assert store.hosts("ada", 0, HostRules()).hosts == (Host(ADA.id, "Ada Lovelace", "Engines Ltd"),)
        assert store.hosts("engines", 0, HostRules()).hosts == (Host(ADA.id, "Ada Lovelace", "Engines Ltd"),)
        assert store.hosts("bob", 0, HostRules()).hosts == (Host(BOB.id, "Bob Smith"),)


def test_what_is_known_of_a_visit_survives(path: Path) -> None:
    guest = replace(GRACE, consent=Consent.GIVEN, where="Engines Ltd", elsewhere="The Mill")
    directory = reopened(path)
    directory.replace_visitors([VisitorListing(guest, CODE)])

    for store in both(directory, path):
        assert store.visitors_with(scanned(CODE)) == (guest,)


def test_a_list_replaces_the_one_before_whole(directory: DirectoryStore, path: Path) -> None:
    directory.replace_members([MemberListing(BOB, "48213")], NINE + timedelta(minutes=15))
    directory.replace_visitors([])

    for store in both(directory, path):
        assert store.members_with(PIN) == ()
        assert store.members_with("48213") == (BOB,)
        assert store.visitors_with(scanned(CODE)) == store.visitors_with(scanned(GUID)) == ()
        assert store.as_of == NINE + timedelta(minutes=15)


def test_somebody_looked_up_joins_the_others_and_replaces_what_was_known_of_them(
    directory: DirectoryStore, path: Path
) -> None:
    directory.add([MemberListing(BOB, "48213")], [])
    directory.add([MemberListing(member(1, "Ada King"), "11111")], [VisitorListing(visitor(1, "G. Hopper"), "B2")])

    for store in both(directory, path):
        assert store.members_with(PIN) == ()
        assert store.members_with("11111") == (member(1, "Ada King"),)
        assert store.members_with("48213") == (BOB,)
        assert store.visitors_with(scanned(CODE)) == ()
        assert store.visitors_with(scanned("B2")) == (visitor(1, "G. Hopper"),)
        assert (store.member_count, store.visitor_count) == (2, 1)
        assert store.as_of == NINE


def test_somebody_looked_up_before_the_first_list_is_still_known_after_a_restart(path: Path) -> None:
    reopened(path).add([MemberListing(BOB, "48213")], [])

    assert reopened(path).members_with("48213") == (BOB,)
    assert reopened(path).as_of is None


def test_with_a_new_key_the_directory_starts_empty_and_stays_empty_until_it_is_read_again(
    directory: DirectoryStore, path: Path
) -> None:
    fresh = reopened(path, NEW_KEY)

    assert fresh.members_with(PIN) == ()
    assert fresh.visitors_with(scanned(CODE)) == ()
    assert fresh.as_of is None
    assert (fresh.member_count, fresh.visitor_count) == (0, 0)

    fresh.add([], [VisitorListing(visitor(2), "B2")])
    for store in (fresh, reopened(path, NEW_KEY)):
        assert (store.member_count, store.visitor_count) == (0, 1)
        assert store.as_of is None


def members(count: int) -> Sequence[MemberListing]:
    return [MemberListing(member(number), str(number)) for number in range(10, 10 + count)]


WRITES: dict[str, Callable[[DirectoryStore], None]] = {
    "members": lambda directory: directory.replace_members(members(3), NINE + timedelta(hours=1)),
    "a page of members": lambda directory: directory.change_members(members(3), [1], MARKS),
    "visitors": lambda directory: directory.replace_visitors([VisitorListing(visitor(2), "B2")]),
    "one of each": lambda directory: directory.add(members(1), [VisitorListing(visitor(2), "B2")]),
}


@pytest.mark.parametrize("step", Disk.STEPS)
@pytest.mark.parametrize("write", WRITES)
def test_a_list_that_the_disk_refuses_leaves_the_old_one(
    directory: DirectoryStore, path: Path, disk: Disk, write: str, step: str
) -> None:
    disk.fill(step)

    with pytest.raises(StateNotWritten):
        WRITES[write](directory)

    disk.clear()
    for store in both(directory, path):
        assert store.members_with(PIN) == (ADA,)
        assert store.members_with("10") == ()
        assert store.visitors_with(scanned(CODE)) == (GRACE,)
        assert store.visitors_with(scanned("B2")) == ()
        assert (store.member_count, store.visitor_count) == (1, 1)
        assert store.as_of == NINE


def test_each_list_is_one_write(directory: DirectoryStore, disk: Disk) -> None:
    directory.replace_members(members(20), NINE)
    assert disk.frames == 1
    directory.replace_visitors([VisitorListing(visitor(2), "B2")])
    assert disk.frames == 2
    directory.add(members(2), [VisitorListing(visitor(3), "B3")])
    assert disk.frames == 3
    directory.add([], [])  # nobody had the code that was looked up
    assert disk.frames == 3


def test_no_file_holds_a_pin_a_code_or_a_guid(directory: DirectoryStore, path: Path) -> None:
    directory.add([MemberListing(BOB, "9182736450")], [VisitorListing(visitor(2), "INV-77777777")])

    written = b"".join(file.read_bytes() for file in path.iterdir()).lower()

    assert b"grace hopper" in written
    for secret in (PIN, "9182736450", CODE, "INV-77777777", GUID, GUID.replace("-", "")):
        assert secret.lower().encode() not in written


def test_times_keep_their_zone(path: Path) -> None:
    reopened(path).replace_members([], datetime(2026, 3, 10, 9, 0, tzinfo=UTC))

    as_of = reopened(path).as_of
    assert as_of is not None
    assert as_of.utcoffset() == timedelta(0)


def test_the_directory_knows_how_long_pins_are_and_counts_each_member_once(
    directory: DirectoryStore, path: Path
) -> None:
    shared = [MemberListing(member(number), "12345") for number in (3, 4)]
    directory.add([MemberListing(BOB, "48213"), MemberListing(BOB, "48213"), *shared], [])
    directory.add([MemberListing(member(5), "badge7"), MemberListing(member(6), "")], [])

    for store in both(directory, path):
        assert store.pin_lengths() == {10: 1, 5: 3}


def test_a_directory_that_makes_no_sense_starts_empty_and_is_read_again(directory: DirectoryStore, path: Path) -> None:
    database = open_database(path)
    with database.transaction():
        database.table(MEMBERS).update(delete("digits"))

    broken = reopened(path)
    assert (broken.members_with(PIN), broken.visitors_with(scanned(CODE)), broken.as_of) == ((), (), None)
    broken.replace_members([MemberListing(ADA, PIN)], NINE)
    assert reopened(path).members_with(PIN) == (ADA,)
    assert reopened(path).pin_lengths() == {10: 1}


def written(path: Path, name: str) -> int:
    """How often a name stands in the files."""
    return sum(file.read_bytes().count(name.encode()) for file in path.iterdir() if file.is_file())


def test_a_list_of_which_one_entry_is_new_writes_that_one_alone(directory: DirectoryStore, path: Path) -> None:
    before = written(path, ADA.name)

    directory.replace_members([MemberListing(ADA, PIN), MemberListing(BOB, "50")], NINE + timedelta(hours=1))

    assert (written(path, ADA.name), written(path, BOB.name)) == (before, 1)
    for store in both(directory, path):
        assert (store.members_with(PIN), store.members_with("50")) == ((ADA,), (BOB,))


def test_a_member_whose_pin_has_changed_is_found_by_the_new_one_alone(directory: DirectoryStore, path: Path) -> None:
    directory.replace_members([MemberListing(ADA, "51")], NINE + timedelta(hours=1))

    for store in both(directory, path):
        assert (store.members_with(PIN), store.members_with("51")) == ((), (ADA,))
        assert (store.member_count, store.pin_lengths()) == (1, {2: 1})


def test_a_page_of_members_joins_the_others_and_those_who_have_gone_are_out(
    directory: DirectoryStore, path: Path
) -> None:
    directory.change_members([MemberListing(BOB, "50")], [ADA.id.number, 999])

    for store in both(directory, path):
        assert (store.members_with(PIN), store.members_with("50")) == ((), (BOB,))
        assert list(store.member_numbers()) == [BOB.id.number]
        assert store.pin_lengths() == {2: 1}


def test_who_is_not_named_stays(directory: DirectoryStore, path: Path) -> None:
    directory.change_members([MemberListing(BOB, "50")], [])

    for store in both(directory, path):
        assert (store.members_with(PIN), store.members_with("50")) == ((ADA,), (BOB,))


def test_who_is_listed_and_said_to_have_gone_is_there(directory: DirectoryStore, path: Path) -> None:
    directory.change_members([MemberListing(ADA, "51")], [ADA.id.number])

    for store in both(directory, path):
        assert (store.members_with(PIN), store.members_with("51")) == ((), (ADA,))


def test_marks_are_kept_and_say_when_the_members_were_read(directory: DirectoryStore, path: Path) -> None:
    directory.change_members([], [], MARKS)

    for store in both(directory, path):
        assert store.marks == MARKS
        assert store.as_of == MARKS.read


def test_without_new_marks_the_old_ones_stand(directory: DirectoryStore, path: Path) -> None:
    directory.change_members([], [], MARKS)
    directory.change_members([MemberListing(BOB, "50")], [])

    for store in both(directory, path):
        assert store.marks == MARKS


def test_a_directory_that_was_never_read_has_no_marks(path: Path) -> None:
    assert reopened(path).marks == Marks()
    assert list(reopened(path).member_numbers()) == []


def test_with_a_new_key_the_marks_mean_nothing(directory: DirectoryStore, path: Path) -> None:
    directory.change_members([], [], MARKS)

    assert reopened(path, NEW_KEY).marks == Marks()
    assert list(reopened(path, NEW_KEY).member_numbers()) == []


def test_a_page_is_one_write_and_one_that_changes_nothing_is_none(directory: DirectoryStore, disk: Disk) -> None:
    directory.change_members(members(20), [ADA.id.number], MARKS)
    assert disk.frames == 1
    directory.change_members(members(20), [ADA.id.number], MARKS)
    assert disk.frames == 1
