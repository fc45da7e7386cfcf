"""`kiosk badges` as staff give it, on the device's own state and in this process."""

from __future__ import annotations

import io
import json
import stat
import sys
from pathlib import Path

import pytest

from kiosk.assembly import open_state
from kiosk.cli import main
from kiosk.desk.directory import Marks, MemberListing
from kiosk.desk.rolling import slot_at, token
from kiosk.settings import Settings, StateSettings
from tests.desk.samples import NINE, member

ZOE = member(1002, "Zoë Lindqvist")
SIGN = "ibeacon:8d847d20-0116-435f-9a21-2fa79a706d9e:1:7"
PASSPHRASE = "a long passphrase"


class Staff:
    """Gives commands on the state in a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("KIOSK_STATE__KEY_FILE", str(folder / "pin.key"))
        self.kiosk("one")

    def kiosk(self, name: str) -> None:
        """A kiosk that knows Zoë."""
        settings = Settings(state=StateSettings(folder=self.folder / name, key_file=self.folder / "pin.key"))
        with open_state(settings) as state:
            state.directory.change_members([MemberListing(ZOE, "48213")], (), Marks(7, NINE, NINE, NINE))
        self.state = str(self.folder / name)

    def give(self, *arguments: str, typed: str = "") -> tuple[int, str, str]:
        """The status, and what was said on either way."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        try:
            status = main(["badges", *arguments, "--state", self.state])
        except SystemExit as error:
            status = int(error.code or 0)
        said = self._capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture
def staff(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Staff:
    return Staff(tmp_path, capsys, monkeypatch)


def test_a_static_badge_is_added_listed_and_revoked(staff: Staff) -> None:
    status, said, _ = staff.give("add", "member:1002", "--sign", SIGN, "--level", "-40")
    assert status == 0
    (badge,) = json.loads(staff.give("--json")[1])
    assert badge["handle"] in said
    assert (badge["member"], badge["name"], badge["tier"], badge["calibration_dbm"]) == (
        "member:1002", ZOE.name, "static", -40,
    )  # fmt: skip
    assert ZOE.name in staff.give("list")[1]

    assert staff.give("revoke", badge["handle"].upper())[0] == 0
    assert "revoked" in staff.give()[1]
    assert staff.give("revoke", badge["handle"])[0] == 1


def test_the_key_of_a_rolling_badge_is_shown_once_and_makes_its_tokens(staff: Staff) -> None:
    _, said, _ = staff.give("add", "1002", "--rolling")
    key = said.split("shown this once: ")[1].split()[0]

    assert len(token(bytes.fromhex(key), slot_at(NINE.timestamp()))) == 10
    assert key not in staff.give("--json")[1]


def test_rolling_badges_move_to_another_kiosk_by_a_file(staff: Staff, tmp_path: Path) -> None:
    staff.give("add", "1002", "--rolling")
    listed = staff.give("--json")[1]
    file = tmp_path / "badges.sealed"
    status, said, _ = staff.give("export", str(file), "--passphrase-stdin", typed=f"{PASSPHRASE}\n")
    assert (status, said.split(" in ")[0]) == (0, "1 badge")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    staff.kiosk("two")
    status, _, complaint = staff.give("import", str(file), "--passphrase-stdin", typed="another passphrase\n")
    assert status == 1
    assert "passphrase is another" in complaint
    assert staff.give("import", str(file), "--passphrase-stdin", typed=f"{PASSPHRASE}\n")[0] == 0
    assert staff.give("--json")[1] == listed


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (("add", "member:1", "--rolling"), 1, "no member:1 in the directory"),
        (("add", "1002", "--sign", "ibeacon:x"), 2, "A sign is ibeacon:"),
        (("add", "1002"), 2, "required"),
        (("add", "bob", "--rolling"), 2, "give member:NUMBER"),
        (("add", "1002", "--rolling", "--level", "5"), 2, "dBm"),
        (("revoke", *(f"{n:016x}" for n in range(51))), 2, "50 handles at most"),
        (("revoke", "xyz"), 2, "16 hexadecimal digits"),
        (("export", "/nowhere/file", "--passphrase-stdin"), 2, "12 characters"),
        (("import", "/nowhere/file", "--passphrase-stdin"), 1, "cannot be read"),
        (("export", "/nowhere/file"), 2, "--passphrase-stdin"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    staff: Staff, arguments: tuple[str, ...], status: int, complaint: str
) -> None:
    got, _, said = staff.give(*arguments, typed="short\n")

    assert got == status
    assert complaint in said
