"""What staff may do with what is on record, and the ports through which it is done.

NotPossible         as things stand it cannot be done
└── SignInRefused   the e-mail address, password or code was refused
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.desk.clock import Moment
from kiosk.desk.people import PersonId


class NotPossible(Exception):
    """What staff asked for cannot be done as things stand, and nothing has changed. The message is a sentence for
    them."""


class SignInRefused(NotPossible):
    """Nexudus refused what somebody signed in with: a person may try again with something else.

    Attributes:
        wants_code: Whether it asked for the code of two-factor sign-in.
    """

    def __init__(self, said: str, *, wants_code: bool = False) -> None:
        super().__init__(said)
        self.wants_code = wants_code


class StaffActs(Protocol):
    """Changes of the record by staff. Each is on disk, with a line in the audit, when the call returns.

    Raises NotPossible, or NotRecorded if it could not be written; either way nothing has changed.
    """

    def retry(self, numbers: Sequence[int], at: Moment) -> None:
        """Put dead letters back into the queue: all of these, or none."""
        ...

    def dismiss(self, numbers: Sequence[int], at: Moment) -> None:
        """Close dead letters without Nexudus: all of these, or none. They stay on record."""
        ...

    def forget(self, person: PersonId, at: Moment, even_waiting: bool) -> int:
        """Erase every trace of a person; answers how many events that were. What still waits for Nexudus is erased only
        if that is meant."""
        ...


class Roster(Protocol):
    """The directory, as far as somebody can be struck off it."""

    def forget(self, person: PersonId) -> None:
        """Remove a person until Nexudus lists them again. Raises NotRecorded."""
        ...
