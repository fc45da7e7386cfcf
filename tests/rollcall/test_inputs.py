"""Where an alarm comes in."""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from kiosk.desk.alarm import Signal
from kiosk.rollcall.gpio import GpioLine
from kiosk.rollcall.inputs import AlarmFile, choose_alarm
from kiosk.sections.rollcall import RollCallSettings

gpio: Any = importlib.import_module("linuxpy.gpio.device")  # it has no types


def test_a_file_is_an_alarm_for_as_long_as_it_is_there(tmp_path: Path) -> None:
    file = AlarmFile(tmp_path / "alarm")
    seen = [file.read()]
    (tmp_path / "alarm").touch()
    seen.append(file.read())
    (tmp_path / "alarm").unlink()

    assert [*seen, file.read()] == [Signal.QUIET, Signal.ALARM, Signal.QUIET]


def test_a_folder_that_is_not_there_is_quiet_and_one_that_cannot_be_looked_at_tells_nothing(tmp_path: Path) -> None:
    assert AlarmFile(tmp_path / "not" / "there").read() is Signal.QUIET
    assert AlarmFile(tmp_path / ("x" * 300)).read() is Signal.UNKNOWN


@dataclass
class Kernel:
    """The kernel's side of GPIO beneath the real linuxpy: one chip with the label of a Raspberry Pi 4.

    Attributes:
        grounded: Whether something pulls the line to ground.
        refuses: Whether it gives no line away.
        asked: What was asked of the line: its offset and its flags.
    """

    grounded: bool = False
    refuses: bool = False
    label: bytes = b"pinctrl-bcm2711"
    asked: list[tuple[int, Any]] = field(default_factory=list)
    _active_low: bool = False

    def ioctl(self, fd: Any, request: Any, arg: Any = None, *rest: Any) -> Any:
        """What the library calls."""
        match gpio.IOC(request):
            case gpio.IOC.CHIPINFO:
                arg.label, arg.lines = self.label, 58
            case gpio.IOC.GET_LINE:
                if self.refuses:
                    raise OSError(16, os.strerror(16))
                flags = gpio.LineFlag(arg.config.flags)
                self.asked.append((arg.offsets[0], flags))
                self._active_low = gpio.LineFlag.ACTIVE_LOW in flags
                arg.fd = os.open("/dev/null", os.O_RDWR)
            case gpio.IOC.LINE_GET_VALUES:
                arg.bits = int(self.grounded == self._active_low)
            case other:
                raise AssertionError(other)
        return arg


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Kernel:
    kernel = Kernel()
    monkeypatch.setattr(gpio, "ioctl", kernel.ioctl)
    return kernel


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    (tmp_path / "gpiochip0").touch()
    return tmp_path


def test_a_contact_to_ground_is_an_alarm_on_a_line_that_the_processor_pulls_up(kernel: Kernel, devices: Path) -> None:
    line = GpioLine(17, devices=devices)
    seen = [line.read()]
    kernel.grounded = True
    seen.append(line.read())
    line.close()

    assert seen == [Signal.QUIET, Signal.ALARM]
    flag = gpio.LineFlag
    assert kernel.asked == [(17, flag.INPUT | flag.ACTIVE_LOW | flag.BIAS_PULL_UP)]


def test_a_line_that_an_alarm_pulls_up_is_pulled_down_until_then(kernel: Kernel, devices: Path) -> None:
    kernel.grounded = True
    line = GpioLine(4, active_low=False, devices=devices)
    seen = [line.read()]
    kernel.grounded = False
    seen.append(line.read())
    line.close()

    assert seen == [Signal.QUIET, Signal.ALARM]
    assert kernel.asked == [(4, gpio.LineFlag.INPUT | gpio.LineFlag.BIAS_PULL_DOWN)]


def test_a_line_that_cannot_be_had_tells_nothing_is_logged_once_and_is_tried_again(
    kernel: Kernel, devices: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kernel.refuses = True
    line = GpioLine(17, devices=devices)
    seen = [line.read(), line.read()]
    kernel.refuses = False
    with caplog.at_level("INFO"):
        seen.append(line.read())
    line.close()

    assert seen == [Signal.UNKNOWN, Signal.UNKNOWN, Signal.QUIET]
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]


def test_another_chip_than_the_headers_is_not_taken_for_it(kernel: Kernel, devices: Path) -> None:
    kernel.label = b"raspberrypi-exp-gpio"

    assert GpioLine(17, devices=devices).read() is Signal.UNKNOWN
    assert kernel.asked == []


def test_a_setting_names_the_input() -> None:
    named = {spec: choose_alarm(spec) for spec in ("", "file:/run/alarm", "gpio:17", "gpio:17:high")}

    assert [source.name if source else None for source in named.values()] == [
        None,
        "the file /run/alarm",
        "GPIO 17",
        "GPIO 17",
    ]


@pytest.mark.parametrize("spec", ["run/alarm", "file:alarm", "gpio:", "gpio:x", "gpio:17:up", "gpio:1234"])
def test_what_names_none_is_refused_with_the_settings(spec: str) -> None:
    with pytest.raises(ValidationError):
        RollCallSettings(alarm=spec)
