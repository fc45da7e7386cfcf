"""Badges as they are kept: sealed, by handle, and for as long as their member belongs here."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.desk.badges import DEFAULT_CALIBRATION, EnrolledBadge, Tier
from kiosk.desk.directory import Marks, MemberListing
from kiosk.state.badges import BadgeBook, opened_badges, read_badges
from kiosk.state.directory import DirectoryStore
from kiosk.state.errors import StateNotWritten, StateSealed
from kiosk.state.listing import read_audit
from kiosk.state.secrets import CodeHasher
from kiosk.state.store import PRECIOUS, Store
from tests.conftest import Disk
from tests.desk.samples import NINE, HandClock, member

KEY, SECRET = b"k" * 32, bytes(range(32))
ADA, BOB = member(1, "Ada Lovelace"), member(2, "Bob Smith")
ROLLING = EnrolledBadge("0123456789abcdef", ADA.id, Tier.ROLLING, SECRET, NINE, calibration=-39)
STATIC = EnrolledBadge("fedcba9876543210", BOB.id, Tier.STATIC, b"ibeacon:secret:1:2", NINE)
OF_NEXUDUS = "00000000000000aa"


class Device:
    """A kiosk's state that can be restarted, with another key if need be."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open(KEY)
        self.directory.change_members(
            [MemberListing(ADA, "48213"), MemberListing(BOB, "", badges=(OF_NEXUDUS,))], (), Marks(7, NINE, NINE, NINE)
        )

    def open(self, key: bytes) -> None:
        self.store = Store(self.folder)
        self.directory = DirectoryStore(self.store.directory, CodeHasher(KEY))
        self.book = BadgeBook(self.store.precious, key, self.directory, HandClock(), -50)

    def restart(self, key: bytes = KEY) -> None:
        self.store.close()
        self.open(key)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    device = Device(tmp_path / "state")
    device.book.put([ROLLING, STATIC])
    yield device
    device.store.close()


def test_a_badge_is_there_after_a_restart_as_it_was_enrolled(device: Device) -> None:
    for _ in range(2):
        assert device.book.badges() == [ROLLING, STATIC]
        assert device.book.rolling() == (ROLLING,)
        assert device.book.static(STATIC.handle) == STATIC
        assert list(device.book.holders(ROLLING.handle)) == [ADA]
        device.restart()


def test_no_secret_can_be_read_in_the_files(device: Device) -> None:
    files = [path.read_bytes() for path in (device.folder / PRECIOUS).rglob("*") if path.is_file()]

    assert not [data for data in files if SECRET in data or SECRET.hex().encode() in data or b"ibeacon:s" in data]
    assert [badge.secret for badge in read_badges(device.store.precious)] == [b"", b""]
    assert [badge.secret for badge in opened_badges(device.store.precious, KEY)] == [SECRET, STATIC.secret]
    assert "secret" not in repr(ROLLING)


def test_under_another_key_a_rolling_badge_is_nobodys_and_staff_are_told(
    device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    device.restart(b"x" * 32)

    assert device.book.rolling() == ()
    assert "2 badges were enrolled under another device's key" in caplog.text
    with pytest.raises(StateSealed):
        opened_badges(device.store.precious, b"x" * 32)


def test_a_badge_that_only_nexudus_knows_counts_with_the_level_of_the_settings(device: Device) -> None:
    assert device.book.static(OF_NEXUDUS) == -50
    assert list(device.book.holders(OF_NEXUDUS)) == [BOB]
    assert device.book.static("00000000000000bb") is None
    assert DEFAULT_CALIBRATION != -50


def test_a_revoked_badge_counts_no_more_whatever_nexudus_says(device: Device) -> None:
    device.book.put([replace(STATIC, handle=OF_NEXUDUS)])

    assert device.book.revoke(OF_NEXUDUS) is not None
    assert device.book.revoke(ROLLING.handle) is not None
    assert device.book.revoke(ROLLING.handle) is None, "it is already"

    device.restart()
    assert device.book.static(OF_NEXUDUS) is None
    assert device.book.rolling() == ()
    assert list(device.book.holders(ROLLING.handle)) == []


def test_a_slot_is_used_once_and_that_outlives_a_restart(device: Device) -> None:
    assert [device.book.use(ROLLING.handle, slot, drift) for slot, drift in ((5, 1), (5, 1), (4, 0), (6, -1))] == [
        True, False, False, True,
    ]  # fmt: skip

    device.restart()
    (badge,) = device.book.rolling()
    assert (badge.slot, badge.drift) == (6, -1)
    assert not device.book.use(ROLLING.handle, 6, 0)
    assert not device.book.use("nobody's", 7, 0)


def test_who_is_archived_or_missing_loses_their_badges_with_the_pass_that_says_so(
    device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    device.directory.change_members([], {ADA.id.number})

    assert device.book.rolling() == ()
    badge = device.book.badge(ROLLING.handle)
    assert badge is not None
    assert badge.revoked == NINE
    assert f"badge {ROLLING.handle} counts no more" in caplog.text
    assert ADA.name not in caplog.text


def test_who_comes_back_has_to_have_theirs_added_anew(device: Device) -> None:
    device.directory.change_members([], {ADA.id.number})
    device.directory.change_members([MemberListing(ADA, "48213")], ())

    assert list(device.book.holders(ROLLING.handle)) == []


def test_a_pass_that_was_cut_short_by_the_power_is_made_good_at_the_next_start(device: Device) -> None:
    device.directory.attend(lambda handle: None, lambda numbers: None)  # nobody is told any more
    device.directory.change_members([], {ADA.id.number})

    device.restart()

    assert device.book.rolling() == ()


def test_a_person_who_is_forgotten_leaves_no_badge(device: Device) -> None:
    device.book.forget(ADA.id)

    for _ in range(2):
        assert device.book.badges() == [STATIC]
        device.restart()


def test_what_the_disk_refuses_has_not_happened(device: Device, disk: Disk) -> None:
    disk.fill()
    with pytest.raises(StateNotWritten):
        device.book.use(ROLLING.handle, 5, 0)
    with pytest.raises(StateNotWritten):
        device.book.revoke(STATIC.handle)
    disk.clear()

    assert device.book.badges() == [ROLLING, STATIC]
    assert device.book.use(ROLLING.handle, 5, 0)


def test_what_staff_do_with_badges_leaves_a_line_each_and_a_token_that_acts_leaves_none(device: Device) -> None:
    new = replace(STATIC, handle="00000000000000bb")
    device.book.put([new], "staff corner")
    device.book.put([replace(new, calibration=-38)], "staff corner")
    device.book.revoke(new.handle)
    device.book.revoke(new.handle)
    device.book.use(ROLLING.handle, 5, 0)

    assert [(line.what, line.who, line.about, line.note) for line in read_audit(device.store.precious)][2:] == [
        ("badge given", "staff corner", "member:2", "badge 00000000000000bb"),
        ("badge changed", "staff corner", "member:2", "badge 00000000000000bb"),
        ("badge revoked", "", "member:2", "badge 00000000000000bb"),
    ]
