"""How the kiosk's process ends, told by its exit status to whoever started it.

150 to 199 are left to applications (LSB, "init script actions"; systemd gives them no meaning of its own).
"""

from __future__ import annotations

from enum import IntEnum


class Ending(IntEnum):
    """Why staff end the kiosk."""

    LEFT = 150
    """Somebody left the kiosk, and it is not to come back by itself: the unit says
    `RestartPreventExitStatus=150`."""
    RESTARTED = 151
    """It is to be started anew at once, which the unit does after this as after any other end."""
