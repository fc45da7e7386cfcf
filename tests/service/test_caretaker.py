from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from kiosk.service.backlight import KernelBacklight, Night
from kiosk.service.caretaker import Caretaker
from kiosk.service.heart import Heart
from kiosk.service.notify import Notifier
from kiosk.service.settings_watch import SettingsWatch, fingerprint
from tests.service.manager import Manager


class Device:
    """A device with one display and one settings file, at eleven in the evening."""

    def __init__(self, folder: Path, manager: Manager) -> None:
        self.folder, self.manager = folder, manager
        self.settings = folder / "kiosk.toml"
        self.settings.write_text("good")
        self.light = folder / "backlight"
        self.light.mkdir()
        (self.light / "max_brightness").write_text("100")
        self.request = folder / "restart-when-idle"
        self.brought_up = 0
        notifier = Notifier(manager.address)
        self.caretaker = Caretaker(
            notifier,
            Heart(notifier, lambda: 0.0, 10.0, lambda: 0.0),
            SettingsWatch(self.settings, self._says, fingerprint(self.settings)),
            self.request,
            KernelBacklight(self.light),
            Night(time(22), time(6), 15),
            lambda: time(23),
            self._up,
        )

    def _says(self) -> bool:
        if (text := self.settings.read_text()) == "bad":
            raise ValueError("kiosk.toml, line 1: bad.")
        return text != "good"

    def _up(self) -> None:
        self.brought_up += 1

    def brightness(self) -> str:
        """How bright the display is."""
        return (self.light / "brightness").read_text()


@pytest.fixture
def device(tmp_path: Path, manager: Manager) -> Device:
    return Device(tmp_path, manager)


def looks(device: Device, times: int = 2) -> Callable[[], bool]:
    """Look round so often; answers how to ask whether a restart is wanted."""
    for _ in range(times):
        device.caretaker.look_round()
    return device.caretaker.wants_restart


def test_ready_is_told_when_home_is_drawn_and_not_before(device: Device) -> None:
    with device.caretaker:
        assert device.manager.heard() == []
        device.caretaker.ready()
        device.caretaker.beat(untouched=0.0)
        assert device.manager.heard() == ["READY=1\nSTATUS=The kiosk is open.", "WATCHDOG=1"]

    assert device.manager.heard()[-1] == "STOPPING=1"
    assert device.brought_up == 1


def test_a_request_for_a_restart_is_taken_and_stays_wanted(device: Device) -> None:
    assert not looks(device)()
    device.request.touch()

    assert looks(device, 1)()
    assert not device.request.exists()
    assert looks(device)()


def test_changed_settings_want_a_restart(device: Device) -> None:
    device.settings.write_text("other")

    assert looks(device, 3)()


def test_refused_settings_want_none_and_are_told_to_systemd_with_the_reason(device: Device) -> None:
    device.settings.write_text("bad")

    assert not looks(device, 3)()
    assert device.manager.heard() == ["STATUS=The changed settings are refused: kiosk.toml, line 1: bad."]

    device.settings.write_text("good")
    looks(device, 3)
    assert device.manager.heard() == ["STATUS=The kiosk is open."]


def test_the_display_is_dimmed_by_night_until_somebody_touches_it(device: Device) -> None:
    device.caretaker.beat(untouched=600.0)
    looks(device, 1)
    assert device.brightness() == "15"

    device.caretaker.beat(untouched=0.4)
    looks(device, 1)
    assert device.brightness() == "100"


def test_a_light_that_cannot_be_set_is_logged_once_and_tried_again(
    device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    (device.light / "brightness").mkdir()
    device.caretaker.beat(untouched=600.0)
    with caplog.at_level(logging.ERROR):
        looks(device, 3)
    assert len(caplog.records) == 1

    (device.light / "brightness").rmdir()
    looks(device, 1)
    assert device.brightness() == "15"
