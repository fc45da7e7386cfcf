"""How things stand between the kiosk and Nexudus, told by how the last call ended."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.desk.ports import Link
from kiosk.nexudus.errors import NeverSent, NexudusError, NoAnswer, RoleMissing, SignInNeeded, Unreached
from kiosk.nexudus.rights import Right

logger = logging.getLogger(__name__)


class LinkWatch:
    """Keeps the state of the line. Logs once when it breaks and once when it is back."""

    def __init__(self) -> None:
        self.link = Link.UNTRIED
        self.trouble: NexudusError | None = None
        """What is wrong, for staff; None while nothing is."""
        self.failures = 0
        """How often the line has been found broken."""
        self._missing: set[Right] = set()
        self.on_back: Callable[[], None] = lambda: None
        """Called when the line is up again, so that the queue need not wait for its next try."""

    def worked(self, failures: int | None = None) -> None:
        """A call went through.

        Args:
            failures: What `failures` was when the work began that this call was part of. If calls have failed since,
                this one may be older than they are, and says nothing.
        """
        if failures is not None and failures != self.failures:
            return
        was, self.link = self.link, Link.ONLINE
        if self.trouble is not None:
            logger.info("Nexudus is back")
            self.trouble = None
        if was is not Link.ONLINE:
            self.on_back()

    def failed(self, error: NexudusError) -> None:
        """A call did not go through. A refusal or a request to wait is an answer: the line is up."""
        match error:
            case NeverSent(reason=Unreached.RESTING):
                return  # nobody called, so nothing new is known
            case SignInNeeded():
                link = Link.SIGN_IN
            case NeverSent() | NoAnswer():
                link = Link.OFFLINE
            case RoleMissing(right=right):
                self._note_missing(right)
                self.worked()
                return
            case _:
                self.worked()
                return
        self.failures += 1
        if self.trouble is None or self.link is not link:  # the same line can break off in several ways
            logger.warning("Nexudus: %s", error)
        self.link, self.trouble = link, error

    def _note_missing(self, right: Right) -> None:
        """Log a missing right once and not with every poll. That it has been granted shows by its work being done."""
        if right not in self._missing:
            self._missing.add(right)
            logger.warning("Nexudus: the account lacks the right %s; 'kiosk doctor' says what stops without it", right)
