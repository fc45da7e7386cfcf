"""The commands for staff's PIN, their acts and the roll call on paper, as they are given on the device."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from kiosk.assembly import open_state
from kiosk.cli import main
from kiosk.clock import SystemClock
from kiosk.desk.credentials import Via
from kiosk.desk.directory import MemberListing
from kiosk.desk.events import EventKind, Intent
from kiosk.settings import Settings, StateSettings
from tests.desk.samples import NINE, member
from tests.reception_lobby import PIN


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A state in which Ada is in, and a folder in place of a printer."""
    monkeypatch.setenv("KIOSK_STATE__KEY_FILE", str(tmp_path / "pin.key"))
    monkeypatch.setenv("KIOSK_ROLLCALL__PRINTER", f"folder:{tmp_path / 'paper'}")
    settings = Settings(state=StateSettings(folder=tmp_path / "state", key_file=tmp_path / "pin.key"))
    with open_state(settings) as state:
        ada = member(1, "Ada Lovelace")
        state.directory.replace_members([MemberListing(ada, PIN.text)], NINE)
        intent = Intent(EventKind.CHECK_IN, ada.id, Via.KEYPAD, ada.name)
        state.ledger.record(UUID(int=1), intent, SystemClock().now())
    return settings


def given(settings: Settings, *command: str) -> int:
    """The exit status of a command for this state."""
    return main([*command, "--state", str(settings.state.folder)])


def typed(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    """Have this on standard input."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(line.encode()), isatty=lambda: False))


def test_a_pin_is_set_by_one_line_and_the_audit_says_so(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "2580\n")

    assert given(settings, "staff-pin") == 0
    with open_state(settings) as state:
        assert state.room.fits("2580")
    assert given(settings, "audit", "--json") == 0
    said = capsys.readouterr().out
    assert "2580" not in said
    assert [line["what"] for line in json.loads(said.partition("\n")[2])] == ["staff pin set"]


@pytest.mark.parametrize(("line", "status", "said"), [("1111\n", 1, "guessed at once"), ("", 2, "no staff PIN")])
def test_what_is_no_pin_is_said_and_sets_nothing(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    line: str,
    status: int,
    said: str,
) -> None:
    typed(monkeypatch, line)

    assert given(settings, "staff-pin") == status
    assert said in capsys.readouterr().err
    with open_state(settings) as state:
        assert not state.room.is_pin_set


def test_the_roll_call_is_printed_from_the_disk_alone(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert given(settings, "rollcall", "--print") == 0
    assert capsys.readouterr().out == f"Handed to {tmp_path / 'paper'}: 1 in.\n"
    assert "[ ] * Ada Lovelace" in (tmp_path / "paper" / "page-1.txt").read_text()


def test_a_printer_that_takes_nothing_is_a_failure_that_says_why(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "blocked").touch()

    assert given(settings, "rollcall", "--print", "--printer", f"folder:{tmp_path / 'blocked'}") == 1
    assert "takes no page" in capsys.readouterr().err


def test_paper_and_json_at_once_are_misuse(settings: Settings) -> None:
    assert given(settings, "rollcall", "--print", "--json") == 2
