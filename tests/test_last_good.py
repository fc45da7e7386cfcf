"""A settings file that cannot be used does not close a kiosk that worked."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

import kiosk.settings
from kiosk.commands.beside import settings_of
from kiosk.last_good import choose_settings, copy_file, keep, notice_of
from kiosk.settings import SettingsError


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The device's own settings file."""
    own = tmp_path / "kiosk.toml"
    own.write_text("[screen]\nidle_seconds = 45\n")
    monkeypatch.setattr(kiosk.settings, "DEFAULT_FILES", (own,))
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    return own


def test_a_file_that_becomes_bad_is_refused_and_what_was_good_goes_on(file: Path) -> None:
    keep(file)
    file.write_text("[screen]\nidle_seconds = 0\n")
    chosen = choose_settings(None)

    assert chosen.settings.screen.idle_seconds == 45
    assert "line 2, screen.idle_seconds" in notice_of(chosen)
    assert file.read_text() == "[screen]\nidle_seconds = 0\n", "what staff wrote is theirs"


def test_a_kiosk_that_was_good_without_a_file_goes_on_with_the_defaults(file: Path) -> None:
    keep(None)
    file.write_text("[screen")

    assert choose_settings(None).settings.screen.idle_seconds == 30


def test_a_bad_file_on_a_device_that_never_worked_is_told(file: Path) -> None:
    file.write_text("[screen")

    with pytest.raises(SettingsError, match=r"kiosk\.toml"):
        choose_settings(None)


def test_a_file_that_was_named_is_meant(file: Path, tmp_path: Path) -> None:
    keep(file)
    named = tmp_path / "named.toml"
    named.write_text("[screen")

    with pytest.raises(SettingsError, match=r"named\.toml"):
        choose_settings(named)


def test_a_good_file_is_taken_and_nothing_is_refused(file: Path) -> None:
    chosen = choose_settings(None)

    assert chosen.file == file
    assert notice_of(chosen) == ""


def test_the_copy_is_for_the_kiosks_user_alone_and_written_only_when_it_changes(file: Path) -> None:
    keep(file)
    made = copy_file().stat()
    keep(file)

    assert made.st_mode & 0o077 == 0
    assert copy_file().stat().st_ino == made.st_ino, "the card is spared"


def test_staffs_commands_go_on_as_the_kiosk_does_and_say_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keep(file)
    file.write_text("[screen]\nidle_seconds = 0\n")
    settings = settings_of(argparse.Namespace(settings=None, state=None))

    assert settings.screen.idle_seconds == 45
    assert "The settings file is refused" in capsys.readouterr().err
