"""Paper and files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.desk.alarm import NotPrinted
from kiosk.desk.people import PersonId, PersonKind
from kiosk.desk.staff import NotPossible
from kiosk.rollcall.archive import RollArchive
from kiosk.rollcall.printer import LpPrinter, choose_printer

NOON = datetime(2026, 3, 10, 12, 0, 5, tzinfo=UTC)
ADA, GRACE = PersonId(PersonKind.MEMBER, 1), PersonId(PersonKind.VISITOR, 12)


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """An `lp` that takes the page and what it was called with, as long as there is no file `away`."""
    program = tmp_path / "lp"
    program.write_text(
        f'#!/bin/sh\ncd {tmp_path}\n[ -e away ] && {{ echo "lp: No such printer." >&2; exit 1; }}\n'
        f'printf "%s\\n" "$@" >arguments\ncat >page\n'
    )
    program.chmod(0o755)
    return tmp_path


def test_a_page_goes_to_the_queue_that_is_named_as_it_was_written(spool: Path) -> None:
    LpPrinter("Lobby", str(spool / "lp")).print("[ ] Zoë Łoś\n", "Roll call: $(reboot)")

    assert (spool / "page").read_text("utf-8") == "[ ] Zoë Łoś\n"
    assert (spool / "arguments").read_text().splitlines()[:4] == ["-d", "Lobby", "-t", "Roll call: $(reboot)"]


def test_what_cups_refuses_is_said_with_its_reason(spool: Path) -> None:
    (spool / "away").touch()

    with pytest.raises(NotPrinted, match="the default printer did not take it: No such printer"):
        LpPrinter("", str(spool / "lp")).print("", "")


def test_without_cups_it_is_said_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(NotPrinted, match="cups-client"):
        LpPrinter("", str(tmp_path / "lp")).print("", "")


def test_a_folder_can_stand_for_a_printer(tmp_path: Path) -> None:
    printer = choose_printer(f"folder:{tmp_path / 'paper'}")
    printer.print("one", "")
    printer.print("two", "")

    assert [path.read_text() for path in sorted((tmp_path / "paper").iterdir())] == ["one", "two"]


class Archive(RollArchive):
    """Roll calls in a folder, and a clock that is set by hand."""

    def __init__(self, folder: Path) -> None:
        self.at = NOON
        super().__init__(folder, 30, lambda: self.at)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "rolls")


def test_a_saved_roll_call_is_for_the_kiosks_user_alone(archive: Archive) -> None:
    path = archive.save("who is in", [ADA, GRACE])

    assert (path.name, path.stat().st_mode & 0o777) == ("rollcall-20260310-120005.txt", 0o600)
    assert path.read_text() == "who is in\n(member:1 visitor:12)\n"


def test_it_goes_when_it_is_too_old(archive: Archive) -> None:
    old = archive.save("", [])
    archive.at += timedelta(days=30)
    archive.sweep()
    assert old.exists()

    archive.at += timedelta(seconds=1)
    archive.sweep()

    assert not old.exists()


def test_with_a_person_go_the_roll_calls_that_have_them_and_no_others(archive: Archive) -> None:
    theirs = archive.save("", [ADA, GRACE])
    archive.at += timedelta(seconds=1)
    others = archive.save("visitor:12", [PersonId(PersonKind.VISITOR, 1)])

    archive.forget(GRACE)

    assert (theirs.exists(), others.exists()) == (False, True)


def test_where_no_file_can_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "rolls").touch()

    with pytest.raises(NotPossible, match="cannot be written"):
        Archive(tmp_path / "rolls").save("", [])
