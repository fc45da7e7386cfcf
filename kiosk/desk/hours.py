"""Hours of the day, over midnight as well."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of the day until another, by the location's clock; from a time until the same one is never."""

    begin: time
    end: time

    def include(self, moment: time) -> bool:
        """Whether a time of the day is within them; the end is not."""
        if self.begin <= self.end:
            return self.begin <= moment < self.end
        return moment >= self.begin or moment < self.end


_WRITTEN = re.compile(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)")

NEVER = Hours(time.min, time.min)
"""No hours at all."""


def read_hours(text: str) -> Hours:
    """Read hours such as "22:00-07:00"; nothing is never.

    Raises:
        ValueError: They are no hours.
    """
    if not text:
        return NEVER
    match = _WRITTEN.fullmatch(text.strip())
    try:
        if match is not None:
            return Hours(time.fromisoformat(match[1]), time.fromisoformat(match[2]))
    except ValueError:
        pass  # such as 25:00
    raise ValueError('hours are written like "22:00-07:00"')
