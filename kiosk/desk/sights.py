"""What a camera frame shows of QR codes, for whoever tells the person before it what to do."""

from __future__ import annotations

from enum import StrEnum


class Sight(StrEnum):
    """What can be said of the codes in one frame."""

    NOTHING = "nothing"
    """No code is in view, or none that can be made out as one."""
    UNREAD = "unread"
    """A code is in view and cannot be read: something covers it, or it is blurred, tilted or too far away."""
    CODE = "code"
    """One code is in view, or one of several is clearly the one held up."""
    SEVERAL = "several"
    """Codes with different contents are in view and none is clearly meant: one should be shown by itself."""
