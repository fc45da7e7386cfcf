"""The watch over the alarm input: when an alarm begins, the roll call is printed, once, whatever else is broken."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.desk.alarm import AlarmInput, AlarmRule, NotPrinted, Printer, Verdict
from kiosk.desk.ports import NotRecorded

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 0.2
"""How often the input is read."""

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 30.0
"""Seconds between tries while the printer does not take the page; each pause is twice the one before."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A roll call as it was when the alarm began."""

    text: str
    title: str


class Memory(Protocol):
    """Whether the alarm that stands has been answered, beyond a restart."""

    @property
    def is_alarm_answered(self) -> bool:
        """Whether it has."""
        ...

    def answer_alarm(self, *, answered: bool) -> None:
        """Remember it. Raises NotRecorded."""
        ...


class AlarmWatch:
    """Hears the input and prints. `step` does one look, so that a test needs no thread; `start` does them in one.

    Args:
        source: Where the alarm comes in.
        printer: Where the paper comes out.
        take: Calls the roll, and keeps a copy of it as a file; called in the watch's thread.
        memory: What is known beyond a restart.
        seconds: How long a signal has to last until it counts.
        printed: Told once a roll call has been printed.
        monotonic: Seconds that never jump.
    """

    def __init__(
        self,
        source: AlarmInput,
        printer: Printer,
        take: Callable[[], Paper],
        memory: Memory,
        seconds: float,
        printed: Callable[[], None] = lambda: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._printer = printer
        self._take = take
        self._memory = memory
        self._printed = printed
        self._monotonic = monotonic
        self._rule = AlarmRule(seconds, standing=memory.is_alarm_answered)
        self._paper: Paper | None = None
        self._is_due = False
        self._next_try = 0.0
        self._pause = FIRST_PAUSE
        self._is_refused = False
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="alarm", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self, within: float = 2.0) -> None:
        """End. A page that waits for its printer is called again from the state at the next start, if the alarm still
        stands then."""
        self._ending.set()
        self._thread.join(within)
        self._source.close()

    def step(self) -> None:
        """Look once, and print what is to be printed."""
        verdict = self._rule.hear(self._source.read(), self._monotonic())
        if verdict is Verdict.ALARM:
            logger.warning("alarm by %s: the roll call is printed", self._source.name)
            self._is_due, self._paper = True, None
            self._next_try, self._pause = self._monotonic(), FIRST_PAUSE
        elif verdict is Verdict.OVER:
            logger.info("the alarm by %s is over", self._source.name)
            if not self._is_due:
                self._remember(answered=False)
        if self._is_due and self._monotonic() >= self._next_try:
            self._paper = self._paper or self._take()  # as it was when the alarm began, however late it is printed
            self._try(self._paper)

    def _try(self, paper: Paper) -> None:
        try:
            self._printer.print(paper.text, paper.title)
        except NotPrinted as error:
            if not self._is_refused:
                logger.error("the roll call of an alarm is not printed yet, and is tried again: %s", error)
            self._is_refused = True
            self._next_try = self._monotonic() + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
            return
        self._is_due, self._paper = False, None
        logger.info("the roll call was handed to %s%s", self._printer.name, " at last" if self._is_refused else "")
        self._is_refused = False
        self._remember(answered=self._rule.standing)
        self._printed()

    def _remember(self, *, answered: bool) -> None:
        with contextlib.suppress(NotRecorded):  # then a restart may print it twice, which is better than never
            self._memory.answer_alarm(answered=answered)

    def _run(self) -> None:
        while not self._ending.wait(SECONDS_BETWEEN_LOOKS):
            try:
                self.step()
            except Exception as error:
                # The watch must outlive whatever goes wrong once; the kind alone, since a message may quote names.
                logger.error("the watch over the alarm failed, and goes on: %s", type(error).__name__)
                self._ending.wait(FIRST_PAUSE)
