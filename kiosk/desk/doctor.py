"""What the glass asks when staff want to know what is wrong with this kiosk."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Condition(StrEnum):
    """How a part stands. In this order staff read them: what is wrong comes first."""

    WRONG = "wrong"
    NOTE = "note"
    """Nothing is wrong, and staff should know of it."""
    UNVERIFIED = "not verified"
    WELL = "well"


@dataclass(frozen=True, slots=True)
class Examined:
    """One part that was looked at.

    Attributes:
        part: Which, such as "clock: set".
        condition: How it stands.
        said: What was found, in whole sentences for staff.
        cure: What to do, in a sentence; empty where nothing is to be done.
    """

    part: str
    condition: Condition
    said: str
    cure: str = ""


class Doctor(Protocol):
    """Looks at everything, as `kiosk doctor` does."""

    async def examine(self) -> list[Examined]:
        """Look. Takes seconds, half a minute where the network answers nothing, and never in the caller's loop. What is
        wrong is told, and nothing is raised for it."""
        ...
