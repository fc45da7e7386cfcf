"""The brake on guessing. A PIN both names and proves a person, so wrong ones are counted per kiosk, not per person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.desk.credentials import Code, Via

FREE_TRIES = 5
"""This wrong code makes the keypad rest for the first time; those before cost only the wait for the answer."""

PAUSES = tuple(timedelta(seconds=s) for s in (30, 60, 120, 240, 480, 900))
"""How long the keypad rests after that one and each that follows; the last pause repeats."""

CALM = timedelta(minutes=30)
"""After this long without a wrong code the free tries are back. Whoever times their guesses best gets 15 an hour, day
and night."""


class Channel(StrEnum):
    """What is counted together. A wrong QR code must not close the keypad, nor a child at the keypad the camera."""

    KEYED = "keyed"
    SCANNED = "scanned"
    STAFF = "staff"
    """The PIN of the staff corner: who guesses at it closes nothing to members."""


def channel_of(code: Code) -> Channel | None:
    """Where a wrong code of this kind is counted; None for a GUID, which nobody can guess, and for a badge: whoever
    sends a stranger's must not close the keypad."""
    if code.unique_id is not None or code.via is Via.BADGE:
        return None
    return Channel.SCANNED if code.via is Via.CAMERA else Channel.KEYED


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong codes of one channel so far. Kept on disk, so that pulling the plug gives no new tries."""

    failures: int = 0
    last: datetime | None = None

    def locked_until(self, now: datetime) -> datetime | None:
        """When codes are taken again, or None if they are now. All times in UTC.

        A clock that was set back must not lock for a year: no pause lasts longer from `now` than the longest one.
        """
        if self.last is None or self.failures < FREE_TRIES:
            return None
        pause = PAUSES[min(self.failures - FREE_TRIES, len(PAUSES) - 1)]
        until = min(self.last, now) + pause
        return until if until > now else None

    def set_back(self, now: datetime) -> Attempts | None:
        """The same count as of `now` if the clock has been set back behind the last wrong code, else None.

        It is to be kept: measured from a time that is yet to come, a pause would begin anew at each look.
        """
        return replace(self, last=now) if self.last is not None and now < self.last else None

    def after_failure(self, now: datetime) -> Attempts:
        """The count with one more wrong code at `now`. A right code changes nothing: a guesser may know one."""
        calm = self.last is not None and now - self.last >= CALM
        return Attempts(1 if calm else self.failures + 1, now)
