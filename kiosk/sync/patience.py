"""A page of a list that could not be had is asked for again: the one place where a read is repeated within itself.

Everything else that is read is repeated as a whole by its errand, in its own rhythm, and the queue is its own retry. A
list of forty pages is another matter: in the middle of it much has been done already. How fast calls may leave, and
whether any may, is the gate's to say; a call that it turns back is one that failed, and waits here.
"""

from __future__ import annotations

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

from kiosk.nexudus.errors import FilterIgnored, IncompleteList, NeverSent, NoAnswer, Throttled
from kiosk.sync.pace import Sleep

PAGE_TRIES = 4
"""So often a page is asked for before the pass is given up, so that one lost answer does not cost forty pages."""

LONGEST_WAIT = 120.0
"""Seconds that a pass waits in the middle where Nexudus asks it to. After a longer wait the list is another."""

_GROWING = wait_random_exponential(multiplier=1.0, min=0.5, max=30.0)


def page_retry(sleep: Sleep) -> AsyncRetrying:
    """How a page is asked for again; the last failure is raised as it came.

    Args:
        sleep: Waits; given, so that an hour can pass in a test.
    """
    return AsyncRetrying(
        sleep=sleep,
        stop=stop_after_attempt(PAGE_TRIES),
        wait=_pause,
        retry=retry_if_exception(_may_pass),
        reraise=True,
    )


def _may_pass(error: BaseException) -> bool:
    """Whether asking again may help. A list that is not whole, or is not filtered, stays so."""
    match error:
        case IncompleteList() | FilterIgnored():
            return False
        case Throttled(wait_seconds=wait):
            return wait <= LONGEST_WAIT
        case _:
            return isinstance(error, NeverSent | NoAnswer)


def _pause(state: RetryCallState) -> float:
    """Seconds: growing and jittered, on top of what Nexudus asks for."""
    error = state.outcome.exception() if state.outcome is not None else None
    asked = error.wait_seconds if isinstance(error, Throttled) else 0.0
    return asked + _GROWING(state)
