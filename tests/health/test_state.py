"""What is said of the state folder, its key and its disk."""

from __future__ import annotations

import errno
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.health.findings import Finding, Verdict, is_well
from kiosk.health.state import judge_key, judge_record, judge_room
from kiosk.state.listing import Damage
from kiosk.state.secrets import load_key
from kiosk.state.site import Site

SITE = Site("client", business_id=7, name="Harbour Works")
ALL_OF_IT = 2**62
"""More bytes than any disk has."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    return folder


def by_name(findings: list[Finding]) -> dict[str, Verdict]:
    return {finding.about: finding.verdict for finding in findings}


def test_a_kiosk_that_was_set_up_is_named_by_its_place() -> None:
    (found,) = judge_record(SITE, [])

    assert found.verdict is Verdict.WELL
    assert "Harbour Works" in found.said


def test_a_kiosk_that_was_not_set_up_is_to_be_set_up() -> None:
    (found,) = judge_record(Site("client"), [])

    assert found.verdict is Verdict.WRONG
    assert "kiosk setup" in found.cure


def test_a_damage_is_wrong_until_it_is_repaired_and_a_note_from_then_on() -> None:
    repaired = Damage(datetime(2026, 3, 2, tzinfo=UTC), "a page cannot be read")

    findings = judge_record(SITE, [repaired, Damage(None, "another page")])

    assert [finding.verdict for finding in findings[1:]] == [Verdict.NOTE, Verdict.WRONG]
    assert "2026-03-02" in findings[1].said


def test_the_key_that_is_there_is_well(tmp_path: Path, folder: Path) -> None:
    load_key(tmp_path / "pin.key", folder)

    assert judge_key(tmp_path / "pin.key", folder, SITE).verdict is Verdict.WELL


def test_a_key_that_is_gone_is_wrong_only_once_the_kiosk_was_set_up(tmp_path: Path, folder: Path) -> None:
    missing = tmp_path / "pin.key"

    assert judge_key(missing, folder, Site("client")).verdict is Verdict.NOTE
    assert judge_key(missing, folder, SITE).verdict is Verdict.WRONG
    assert not missing.exists(), "to look makes no key"


def test_a_key_that_is_none_is_wrong(tmp_path: Path, folder: Path) -> None:
    key = tmp_path / "pin.key"
    key.write_text("no key")
    key.chmod(0o600)

    found = judge_key(key, folder, SITE)

    assert found.verdict is Verdict.WRONG
    assert "damaged" in found.said


def test_a_folder_with_room_that_is_its_owners_alone_is_well(folder: Path) -> None:
    assert by_name(judge_room(folder, little=1)) == {"room": Verdict.WELL, "folder": Verdict.WELL}


def test_a_disk_that_is_nearly_full_is_wrong(folder: Path) -> None:
    room, _ = judge_room(folder, little=ALL_OF_IT)

    assert room.verdict is Verdict.WRONG
    assert "Free some" in room.cure


def test_a_folder_that_others_may_read_is_wrong(folder: Path) -> None:
    folder.chmod(0o750)

    assert by_name(judge_room(folder, little=1))["folder"] is Verdict.WRONG


def test_a_disk_that_is_read_only_is_wrong(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # No test may mount a disk, so the answer of the kernel is what it gives for one that is read-only.
    real = os.statvfs(folder)
    worn = os.statvfs_result([*real[:8], real.f_flag | os.ST_RDONLY, real.f_namemax])
    monkeypatch.setattr(os, "statvfs", lambda _place: worn)

    assert by_name(judge_room(folder, little=1))["folder"] is Verdict.WRONG


def test_a_disk_that_turned_read_only_and_does_not_say_so_is_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same: so ext4 answers after an error of the card, with none of its flags changed.
    def refuse(**_where: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)

    assert by_name(judge_room(folder, little=1))["folder"] is Verdict.WRONG


def test_before_there_is_a_folder_its_disk_is_looked_at(folder: Path) -> None:
    assert by_name(judge_room(folder / "not" / "yet", little=1))["room"] is Verdict.WELL


def test_all_is_well_with_notes_and_with_what_could_not_be_verified(folder: Path) -> None:
    well = judge_room(folder, little=1)
    note = judge_record(SITE, [Damage(datetime(2026, 3, 2, tzinfo=UTC), "a page")])

    assert is_well([*well, *note])
    assert not is_well([*well, *judge_record(Site("client"), [])])
