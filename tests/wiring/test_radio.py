"""Bluetooth as the settings want it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from kiosk.desk.adverts import BeaconState, RadioState
from kiosk.overrides import with_overrides
from kiosk.sections.bluetooth import BluetoothSettings
from kiosk.sensors.radio.choice import NoRadio
from kiosk.sensors.radio.radio import BluezRadio
from kiosk.settings import Settings, StateSettings
from kiosk.wiring.radio import beacon_key, beacon_numbers, bluetooth_of

UUID_TEXT = "F7826DA6-4FA2-4E98-8024-BC5B71E0893E"


def settings(folder: Path, **bluetooth: object) -> Settings:
    return Settings(
        state=StateSettings(folder=folder / "state", key_file=folder / "pin.key"),
        bluetooth=BluetoothSettings.model_validate(bluetooth),
    )


def test_by_itself_a_kiosk_listens_and_sends_nothing(tmp_path: Path) -> None:
    bluetooth = bluetooth_of(settings(tmp_path))

    assert isinstance(bluetooth.radio, BluezRadio)
    assert bluetooth.standing().beacon is BeaconState.NONE
    assert not (tmp_path / "pin.key").exists()


def test_the_command_line_says_otherwise(tmp_path: Path) -> None:
    said = with_overrides(settings(tmp_path), None, None, radio="none")

    assert isinstance(bluetooth_of(said).radio, NoRadio)
    assert said.state.folder == tmp_path / "state"


def test_a_beacon_is_sent_by_a_kiosk_that_hears_nothing_as_well(tmp_path: Path) -> None:
    bluetooth = bluetooth_of(settings(tmp_path, source="none", beacon_uuid=UUID_TEXT))

    standing = bluetooth.standing()
    assert (standing.state, standing.beacon) == (RadioState.ABSENT, BeaconState.STARTING)


def test_its_numbers_are_those_of_the_settings_and_only_one_that_rolls_needs_a_key(tmp_path: Path) -> None:
    still = beacon_numbers(settings(tmp_path, beacon_uuid=UUID_TEXT, beacon_major=7, beacon_minor=9))
    assert still is not None
    assert (str(still.uuid), still.major, still.minor_at(0.0)) == (UUID_TEXT.lower(), 7, 9)
    assert not (tmp_path / "pin.key").exists()

    wanted = settings(tmp_path, beacon_uuid=UUID_TEXT, beacon_rolling=True)
    rolling = beacon_numbers(wanted)
    assert rolling is not None
    assert rolling.key == beacon_key(wanted)
    assert rolling.key != (tmp_path / "pin.key").read_bytes()


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ""},
        {"adapter": "bluetooth"},
        {"rssi_floor": -101},
        {"beacon_uuid": "f7826da6"},
        {"beacon_major": 65536},
        {"beacon_minor": -1},
        {"channel": 37},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        BluetoothSettings.model_validate(wrong)
