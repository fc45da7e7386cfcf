"""A small file that must outlive a power cut."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kiosk.atomic_file import replace_file
from tests.conftest import Disk


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_is_made_or_replaced_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "pin.key"

    for data in (b"one", b"another"):
        replace_file(file, data)
        assert file.read_bytes() == data

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert names(tmp_path) == {"pin.key"}


def test_a_disk_that_takes_nothing_leaves_what_was_there_and_no_litter(tmp_path: Path, disk: Disk) -> None:
    file = tmp_path / "pin.key"
    replace_file(file, b"one")
    disk.fill()

    with pytest.raises(OSError, match="No space"):
        replace_file(file, b"another")

    assert file.read_bytes() == b"one"
    assert names(tmp_path) == {"pin.key"}


def test_the_data_is_on_the_disk_before_it_has_the_name_and_the_name_before_anybody_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, rename = os.fsync, os.replace

    def note_fsync(file: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "data")
        fsync(file)

    def note_rename(old: str, new: Path) -> None:
        steps.append("name")
        rename(old, new)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_rename)

    replace_file(tmp_path / "pin.key", b"one")

    assert steps == ["data", "name", "folder"]
