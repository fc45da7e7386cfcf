from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.service.settings_watch import Change, SettingsWatch, fingerprint


class Watched:
    """A settings file that says "good", another "good", or nothing that can be used."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "kiosk.toml"
        self.file.write_text("good 1")
        self.readings = 0
        self.watch = SettingsWatch(self.file, self._says, fingerprint(self.file))

    def _says(self) -> bool:
        self.readings += 1
        text = self.file.read_text() if self.file.exists() else "good 0"
        if not text.startswith("good"):
            raise ValueError("line 1: that is no setting.")
        return text.split()[1] != "1"

    def write(self, text: str) -> None:
        """Put another file in the place of this one, as an editor and git do."""
        new = self.file.with_suffix(".new")
        new.write_text(text)
        new.replace(self.file)

    def settled(self) -> Change:
        """How it stands once it has been the same at two looks."""
        self.watch.look()
        return self.watch.look()


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


def test_a_file_that_stays_is_never_read_again(watched: Watched) -> None:
    assert [watched.watch.look() for _ in range(5)] == [Change.NONE] * 5
    assert watched.readings == 0


def test_a_change_counts_once_it_has_been_the_same_at_two_looks(watched: Watched) -> None:
    watched.write("goo")
    assert watched.watch.look() is Change.NONE, "somebody may still be writing"
    watched.write("good 22")
    assert watched.watch.look() is Change.NONE
    assert watched.watch.look() is Change.VALID
    assert watched.readings == 1


def test_a_file_that_cannot_be_used_is_refused_with_the_reason_and_logged_once(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    watched.write("bad")
    assert watched.settled() is Change.REFUSED
    assert watched.settled() is Change.REFUSED

    assert watched.watch.refused == "line 1: that is no setting."
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1


def test_a_refused_file_that_is_put_right_is_refused_no_more(watched: Watched) -> None:
    watched.write("bad")
    watched.settled()
    watched.write("good 1 again")

    assert watched.settled() is Change.NONE, "it says what the kiosk runs on, so nothing need restart"
    assert watched.watch.refused == ""


def test_a_change_that_says_the_same_restarts_nothing(watched: Watched) -> None:
    watched.write("good 1 # with a comment")

    assert watched.settled() is Change.NONE


def test_a_file_that_is_taken_away_means_the_defaults(watched: Watched) -> None:
    watched.file.unlink()

    assert watched.settled() is Change.VALID


def test_a_kiosk_that_began_on_its_last_good_settings_waits_for_the_file_to_be_put_right(watched: Watched) -> None:
    watched.write("bad")
    watch = SettingsWatch(watched.file, watched._says, fingerprint(watched.file), refused="line 1")
    assert watch.look() is Change.REFUSED
    watched.write("good 2")
    watch.look()

    assert watch.look() is Change.VALID
