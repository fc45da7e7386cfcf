"""`kiosk beacon` as an app's makers are told what to look for."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest

from kiosk.cli import main
from kiosk.sensors.radio.beacon import rolling_minor, slot_at

UUID_TEXT = "f7826da6-4fa2-4e98-8024-bc5b71e0893e"


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_text(
        f'[state]\nfolder = "{tmp_path}/state"\nkey_file = "{tmp_path}/pin.key"\n'
        f'[bluetooth]\nbeacon_uuid = "{UUID_TEXT}"\nbeacon_major = 7\nbeacon_minor = 9\n'
    )
    return file


def test_its_numbers_are_told(settings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["beacon", "--settings", str(settings)]) == 0

    assert capsys.readouterr().out == f"{UUID_TEXT}, major 7, minor 9 (fixed)\n"


def test_who_has_the_key_can_check_a_minor_number_that_rolls(
    settings: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_BLUETOOTH__BEACON_ROLLING", "true")
    now = 1_800_000_000.0
    monkeypatch.setattr("kiosk.commands.beacon.time.time", lambda: now)
    assert main(["beacon", "--settings", str(settings), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert main(["beacon", "--settings", str(settings), "--key"]) == 0
    key = bytes.fromhex(capsys.readouterr().out)

    assert told["kind"] == "rolling"
    assert told["minor"] == rolling_minor(key, UUID(UUID_TEXT), 7, slot_at(now))


def test_a_kiosk_that_sends_none_says_so(
    settings: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_BLUETOOTH__BEACON_UUID", "")

    assert main(["beacon", "--settings", str(settings)]) == 1
    assert capsys.readouterr().err == "kiosk: No beacon is sent. Set bluetooth.beacon_uuid in the settings.\n"
