"""What `kiosk status` says of Bluetooth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.assembly import open_kiosk
from kiosk.cli import main
from kiosk.commands.radio_words import radio_words
from kiosk.control.clerk import Parts
from kiosk.control.protocol import RadioReport
from kiosk.desk.adverts import BeaconState, RadioStanding, RadioState
from kiosk.sensors.radio.choice import NoRadio
from kiosk.sensors.radio.errors import RadioOff
from tests.test_assembly import kiosk_with

NOW = 1000.0


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (RadioStanding(RadioState.LISTENING, "hci0 (lobby)", "Broadcom", 12.3, NOW - 4),
         "hci0 (lobby) (Broadcom), 12 packets a second, the last 4 s ago"),
        (RadioStanding(RadioState.LISTENING, "hci0", restarts=3, lost=7, cure="Late."),
         "hci0, 0 packets a second, none heard yet, begun anew 3 times, 7 packets left out. Late."),
        (RadioStanding(RadioState.STARTING), "starting"),
        (RadioStanding(RadioState.LOST, cure=RadioOff("It is off").staff), RadioOff("It is off").staff),
        (NoRadio().standing(), "none"),
        (RadioStanding(RadioState.ABSENT, beacon=BeaconState.SENDING), "none; the beacon is sent"),
        (RadioStanding(RadioState.ABSENT, beacon=BeaconState.LOST), "none; the beacon is not sent yet"),
    ],
)  # fmt: skip
def test_it_is_told_in_one_line(standing: RadioStanding, words: str) -> None:
    assert radio_words(RadioReport.of(standing, NOW)) == words


def test_the_running_kiosk_tells_how_bluetooth_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = kiosk_with(1, tmp_path)
    standing = RadioStanding(RadioState.LISTENING, "hci0\x1b[2J", "Broadcom", 12.0, restarts=1)
    with open_kiosk(settings, parts=Parts(radio=lambda: standing)):
        assert main(["status", "--state", str(settings.state.folder)]) == 0
        assert main(["status", "--state", str(settings.state.folder), "--json"]) == 0

    words, _, data = capsys.readouterr().out.partition("{")
    assert "bluetooth: hci0[2J (Broadcom), 12 packets a second, none heard yet, begun anew once" in words
    assert json.loads("{" + data)["bluetooth"] == {
        "state": "listening",
        "adapter": "hci0[2J",
        "firmware": "Broadcom",
        "packets_per_second": 12.0,
        "last_packet_seconds": None,
        "restarts": 1,
        "lost": 0,
        "cure": "",
        "beacon": "none",
    }
