"""`kiosk record`: a badge at the mark becomes a file that can be replayed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.sensors.radio.recording import read_recording

AIR = """\
{"time": 0.0, "address": "C0:FF:EE:00:00:01", "rssi": -45, "makers": {"76": "0215"}}
{"time": 0.01, "address": "5A:5A:5A:5A:5A:5A", "rssi": -75, "makers": {"76": "10"}}
{"time": 0.02, "address": "C0:FF:EE:00:00:01", "rssi": -60}
{"time": 0.03, "address": "C0:FF:EE:00:00:02", "rssi": -59}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A device whose radio hears this."""
    air = tmp_path / "air.jsonl"
    air.write_text(AIR)
    monkeypatch.setenv("KIOSK_BLUETOOTH__SOURCE", str(air))
    return tmp_path


def test_what_is_near_is_written_without_addresses_and_can_be_replayed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "badge.jsonl"

    assert main(["record", str(file), "--seconds", "0.5"]) == 0

    packets = read_recording(file)
    assert [(packet.address, packet.rssi) for packet in packets] == [
        ("C0:00:00:00:00:01", -45), ("C0:00:00:00:00:01", -60), ("C0:00:00:00:00:02", -59),
    ]  # fmt: skip
    assert packets[0].makers == {76: b"\x02\x15"}
    assert packets[0].time == 0.0 < packets[1].time <= packets[2].time
    assert capsys.readouterr().out == f"3 packets of 2 senders are in {file}.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["badge.jsonl", "--rssi", "-30", "--seconds", "0.1"], "Nothing was heard at -30 dBm or above."),
        (
            ["nowhere/badge.jsonl", "--seconds", "0.1"],
            "nowhere/badge.jsonl cannot be written: No such file or directory.",
        ),
    ],
)
def test_what_prevents_it_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(folder)

    assert main(["record", *arguments]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == f"kiosk: {said}"


@pytest.mark.parametrize("command", [["record", "badge.jsonl"], ["demo", "--ble", "nowhere.jsonl"]])
def test_a_recording_that_cannot_be_replayed_is_one_sentence(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIOSK_BLUETOOTH__SOURCE", "nowhere.jsonl")

    with pytest.raises(SystemExit) as ended:
        main(command)

    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("kiosk: The recording nowhere.jsonl cannot be read: No such file or directory. Name a ")
    assert said.count("\n") == 1
