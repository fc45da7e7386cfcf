"""Where an alarm comes in: a file that appears, a line of the header, or what a test replays."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kiosk.desk.alarm import AlarmInput, Signal
from kiosk.rollcall.gpio import GpioLine


class AlarmFile:
    """Fulfils `AlarmInput`: an alarm stands for as long as a file is there, whatever it holds.

    The system answers from memory whether it is, so the disk is not asked again and again. On a memory file system,
    such as `/run`, it is gone after a restart of the device.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """The file."""
        return f"the file {self._path}"

    def read(self) -> Signal:
        """Whether it is there."""
        try:
            os.stat(self._path)
        except (FileNotFoundError, NotADirectoryError):
            return Signal.QUIET
        except OSError:
            return Signal.UNKNOWN
        return Signal.ALARM

    def close(self) -> None:
        """Nothing to give back."""


class ReplayedInput:
    """Fulfils `AlarmInput` with signals one after the other; the last one stays."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        self._signals = iter(signals)
        self._last = Signal.QUIET

    @property
    def name(self) -> str:
        """A replay."""
        return "a replayed alarm"

    def read(self) -> Signal:
        """The next one."""
        self._last = next(self._signals, self._last)
        return self._last

    def close(self) -> None:
        """Nothing to give back."""


def choose_alarm(spec: str) -> AlarmInput | None:
    """The input that a setting names; None for an empty one.

    Args:
        spec: `file:PATH`; or `gpio:NUMBER`, a line of the 40-pin header by its BCM number that an alarm pulls to
            ground, or with `:high` after it one that an alarm pulls up.

    Raises:
        ValueError: It is none of these.
    """
    kind, _, rest = spec.partition(":")
    match kind:
        case "":
            return None
        case "file" if rest.startswith("/"):
            return AlarmFile(Path(rest))
        case "gpio":
            number, _, level = rest.partition(":")
            return GpioLine(int(number), active_low=level != "high")
        case _:
            raise ValueError(f"{spec!r} names no alarm input")
