"""What the doctor finds of Bluetooth."""

from __future__ import annotations

import pytest

from kiosk.desk.adverts import BeaconState, RadioStanding, RadioState
from kiosk.health.bluetooth import judge_adapter, judge_radio
from kiosk.health.findings import Verdict
from kiosk.sensors.radio.errors import DaemonMissing, RadioOff
from kiosk.sensors.radio.scanning import MONITOR_MISSING

NOW = 1000.0
HEARD = RadioStanding(RadioState.LISTENING, "hci0", "", 12.0, NOW - 3.0, 2)


def test_an_adapter_that_can_be_used_is_well_and_told_with_its_firmware() -> None:
    found = judge_adapter(RadioStanding(RadioState.STARTING, "hci0 (lobby)", "Broadcom, Bluetooth 5.0"))

    assert (found.verdict, found.said, found.cure) == (
        Verdict.WELL, "hci0 (lobby) can be used. Broadcom, Bluetooth 5.0.", "",
    )  # fmt: skip


def test_one_without_monitors_is_a_note_with_its_cure() -> None:
    found = judge_adapter(RadioStanding(RadioState.STARTING, "hci0", cure=MONITOR_MISSING))

    assert (found.verdict, found.cure) == (Verdict.NOTE, MONITOR_MISSING)


def test_a_kiosk_without_bluetooth_is_no_fault_and_one_that_is_switched_off_is() -> None:
    missing, off = DaemonMissing("There is no system bus"), RadioOff("The adapter is switched off")

    absent = judge_adapter(RadioStanding(RadioState.ABSENT, cure=missing.staff))
    lost = judge_adapter(RadioStanding(RadioState.LOST, cure=off.staff))

    assert (absent.verdict, absent.said, absent.cure) == (Verdict.NOTE, "There is no system bus.", missing.cure)
    assert (lost.verdict, lost.said, lost.cure) == (Verdict.WRONG, "The adapter is switched off.", off.cure)


@pytest.mark.parametrize(
    ("standing", "verdict", "said"),
    [
        (HEARD, Verdict.WELL, "The last was heard 3 s ago, 12 a second; scanning was begun anew 2 times."),
        (RadioStanding(RadioState.LISTENING, last_packet_at=None), Verdict.NOTE, "None was heard for long."),
        (RadioStanding(RadioState.LISTENING, last_packet_at=NOW - 4000), Verdict.NOTE, "None was heard for long."),
        (RadioStanding(RadioState.LOST, cure="It has gone away. Wait."), Verdict.WRONG,
         "Nothing is heard. It has gone away."),
        (RadioStanding(RadioState.STARTING), Verdict.NOTE, "Nothing is heard."),
    ],
)  # fmt: skip
def test_what_a_running_kiosk_hears_is_told(standing: RadioStanding, verdict: Verdict, said: str) -> None:
    (found,) = judge_radio(standing, NOW)

    assert found.verdict is verdict
    assert found.said.startswith(said)


def test_a_beacon_that_is_wanted_and_not_sent_is_wrong() -> None:
    verdicts = {
        state: [found.verdict for found in judge_radio(RadioStanding(RadioState.ABSENT, beacon=state), NOW)[1:]]
        for state in BeaconState
    }

    assert verdicts == {
        BeaconState.NONE: [],
        BeaconState.STARTING: [Verdict.WRONG],
        BeaconState.SENDING: [Verdict.WELL],
        BeaconState.LOST: [Verdict.WRONG],
    }
