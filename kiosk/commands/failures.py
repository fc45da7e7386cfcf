"""Failures that a command expects, as one sentence on standard error and exit status 1."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator

from kiosk.assembly import NotSetUp
from kiosk.control.client import NoAnswerGiven
from kiosk.nexudus.errors import NexudusError
from kiosk.sensors.camera import CameraError
from kiosk.sensors.radio.errors import RadioError
from kiosk.setting_up.steps import LocationUnclear
from kiosk.settings import SettingsError
from kiosk.state.errors import StateError


class Failed(SystemExit):
    """Ends the command with status 1, having said why."""

    def __init__(self) -> None:
        super().__init__(1)


EXPECTED = (
    NexudusError, CameraError, RadioError, SettingsError, StateError, NotSetUp, LocationUnclear, NoAnswerGiven,
)  # fmt: skip
"""What can go wrong without anything being wrong with the kiosk itself."""


@contextlib.contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what can go wrong into a sentence that says what happened and what to do."""
    try:
        yield
    except EXPECTED as error:
        print(f"kiosk: {sentence_of(error)}", file=sys.stderr)
        raise Failed from None


def sentence_of(error: Exception) -> str:
    """What happened and what to do, for staff."""
    return error.staff if isinstance(error, (NexudusError, CameraError, RadioError)) else str(error)
