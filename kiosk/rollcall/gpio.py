"""A line of the Raspberry Pi's header as an alarm input, through the kernel's GPIO character device (uAPI v2)."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.desk.alarm import Signal

logger = logging.getLogger(__name__)

HEADERS = ("pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835")
"""The chips behind the 40-pin header, by the label that the kernel gives them: Raspberry Pi 5, 4, and before. Their
device numbers differ between kernels."""

DEVICES = Path("/dev")


class GpioLine:
    """Fulfils `AlarmInput`. The line is asked for when it is first read, and again whenever it was lost.

    Args:
        number: The line of the header, by its BCM number.
        active_low: Whether an alarm pulls it to ground, as a contact between line and ground does; the line is then
            pulled up by the processor itself. Else an alarm pulls it up, and it is pulled down.
        devices: Where the chips are.
    """

    def __init__(self, number: int, *, active_low: bool = True, devices: Path = DEVICES) -> None:
        self._number = number
        self._active_low = active_low
        self._devices = devices
        self._line: int | None = None
        self._is_lost = False

    @property
    def name(self) -> str:
        """The line."""
        return f"GPIO {self._number}"

    def read(self) -> Signal:
        """Whether an alarm pulls it. UNKNOWN while it cannot be had; that is logged once, and once that it can."""
        try:
            if self._line is None:
                self._line = self._request()
            raised = _library().get_values(self._line, 1).bits & 1
        except (OSError, ImportError) as error:
            self._lose(error)
            return Signal.UNKNOWN
        if self._is_lost:
            logger.info("the alarm input %s can be read again", self.name)
        self._is_lost = False
        return Signal.ALARM if raised else Signal.QUIET

    def close(self) -> None:
        """Give the line back."""
        line, self._line = self._line, None
        if line is not None:
            with contextlib.suppress(OSError):
                os.close(line)

    def _request(self) -> int:
        """Ask the kernel for the line: as an input, with the bias that a contact needs. Raises OSError."""
        bias, active = ("pull-up", "low") if self._active_low else ("pull-down", "high")
        line = {"line": self._number, "direction": "input", "bias": bias, "active": active}
        with self._chip() as chip:
            request = _library().request(chip, {"name": "kiosk", "lines": [line]})
        return int(request.fd)

    @contextlib.contextmanager
    def _chip(self) -> Iterator[int]:
        """The chip behind the header, open. Raises FileNotFoundError where there is none."""
        for path in sorted(self._devices.glob("gpiochip*")):
            chip = os.open(path, os.O_RDWR | os.O_CLOEXEC)
            try:
                if _library().get_chip_info(chip).label in HEADERS:
                    yield chip
                    return
            finally:
                os.close(chip)
        raise FileNotFoundError(2, "this device has no header")

    def _lose(self, error: Exception) -> None:
        self.close()
        if not self._is_lost:
            why = error.strerror if isinstance(error, OSError) else "linuxpy is missing"
            logger.error(
                "the alarm input %s cannot be read: %s. Is the kiosk's user in the group gpio?", self.name, why
            )
        self._is_lost = True


def _library() -> Any:
    """linuxpy's GPIO, which has no types; loaded only where a line is read."""
    return importlib.import_module("linuxpy.gpio.device")
