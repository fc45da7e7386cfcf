"""How the kiosk's process ends when staff end it, told by its exit status to whoever started it."""

from __future__ import annotations

from enum import IntEnum


class Ending(IntEnum):
    """Why staff end the kiosk."""

    RESTARTED = 0
    """It is to be started anew at once, which its unit does after this as after any other end (`Restart=always`)."""
    LEFT = 77
    """It is not to come back by itself: its unit says `RestartPreventExitStatus=77`."""
