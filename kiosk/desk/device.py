"""What a kiosk's device wants of its screen: the port between the touch screen and the system service."""

from __future__ import annotations

from enum import IntEnum
from typing import Protocol


class ExitStatus(IntEnum):
    """How `kiosk run` ends, in words that the service's unit and its terminal understand."""

    DONE = 0
    """It was told to end, or starts anew at an idle moment."""
    FAILED = 1
    """It failed, and starts again."""
    NOT_STARTED = 75
    """It could not start, and has told so on the glass. 75 is EX_TEMPFAIL of sysexits.h: tried again later."""
    LEFT = 77
    """Staff have left the kiosk on purpose: the unit does not start it again (RestartPreventExitStatus)."""


class Service(Protocol):
    """The system service, as the screen sees it. Nothing here waits."""

    def ready(self) -> None:
        """Home is on the glass."""
        ...

    def beat(self, untouched: float) -> None:
        """The screen's loop is alive, and nobody has touched the glass for so many seconds."""
        ...

    def wants_restart(self) -> bool:
        """Whether the kiosk should end at the next idle moment, to be started anew."""
        ...
