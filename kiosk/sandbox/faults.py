"""Trouble on the line and at the service, on demand: the switches."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

ALWAYS: Final = sys.maxsize
"""As a number of next writes: all of them."""


class Answers(Enum):
    """How answers arrive."""

    WHOLE = "whole"
    CUT = "cut"
    """Half of the body comes, then the connection is gone. What was asked for has been done."""


@dataclass(frozen=True, slots=True)
class Throttle:
    """How a busy service asks to wait: 409 with Retry-After or 429 with a phrase in its body (contract 2.1)."""

    status: int
    wait_seconds: float


@dataclass(slots=True)
class Faults:
    """The switches. Set them at any time, from any thread; all are off to begin with.

    The sign-in is not counted as a write. A request that waits is carried out even when its client has given up by
    then: that is the late execution a client must reckon with.
    """

    drop_after_commit: int = 0
    """So many next writes are carried out and never answered."""

    drop_before_commit: int = 0
    """So many next writes are dropped without being carried out."""

    late_seconds: float = 0.0
    """Every write is cut off at once, and carried out so long afterwards by the service's clock."""

    delay_seconds: float = 0.0
    """Every request waits so long before it is looked at."""

    refuse_writes_with: int | None = None
    """The HTTP status that answers every write, which is then not carried out."""

    fail_with: int | None = None
    """The HTTP status, 5xx, that answers every request, the sign-in too; nothing is carried out."""

    web_page_with: int | None = None
    """The HTTP status of a web page that answers every request in place of the service, as a network's log-in page or a
    gateway does; nothing is carried out."""

    throttle: Throttle | None = None
    """Every request is asked to wait; nothing is carried out."""

    answers: Answers = Answers.WHOLE
    """How every answer arrives."""

    date_offset_seconds: float = 0.0
    """How far the `Date` of every answer is ahead of the service's own time; behind if negative."""

    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def take_drop_before(self) -> bool:
        """Whether this write is to be dropped unseen; counts it."""
        with self._lock:
            due = self.drop_before_commit > 0
            self.drop_before_commit -= due and self.drop_before_commit != ALWAYS
            return due

    def take_drop_after(self) -> bool:
        """Whether this write is to be carried out unanswered; counts it."""
        with self._lock:
            due = self.drop_after_commit > 0
            self.drop_after_commit -= due and self.drop_after_commit != ALWAYS
            return due
