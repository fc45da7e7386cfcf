"""The real disk: folders whose names are durable."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.state.disk import RealDisk


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose names were waited for."""
    folders: list[Path] = []

    def note(_: RealDisk, folder: Path) -> None:
        folders.append(folder)

    monkeypatch.setattr(RealDisk, "flush_folder", note)
    return folders


def test_each_folder_that_is_made_is_durable_in_the_one_above(tmp_path: Path, flushed: list[Path]) -> None:
    RealDisk().make_folder(tmp_path / "a" / "b" / "c")

    assert flushed == [tmp_path, tmp_path / "a", tmp_path / "a" / "b"]
    assert [folder.stat().st_mode & 0o777 for folder in (tmp_path / "a", tmp_path / "a" / "b")] == [0o700, 0o700]


def test_a_folder_that_somebody_made_without_getting_further_is_made_durable(
    tmp_path: Path, flushed: list[Path]
) -> None:
    (tmp_path / "a").mkdir()

    RealDisk().make_folder(tmp_path / "a")

    assert flushed == [tmp_path]


def test_a_folder_in_use_is_left_alone(tmp_path: Path, flushed: list[Path]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "snapshot.000001.json").touch()

    RealDisk().make_folder(tmp_path / "a")

    assert flushed == []
