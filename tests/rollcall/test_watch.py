"""The roll call that an alarm has printed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from itertools import repeat

import pytest

from kiosk.desk.alarm import AlarmInput, NotPrinted, Signal
from kiosk.desk.ports import NotRecorded
from kiosk.rollcall.inputs import ReplayedInput
from kiosk.rollcall.watch import SECONDS_BETWEEN_LOOKS, AlarmWatch, Paper

A, Q = Signal.ALARM, Signal.QUIET


@dataclass
class Press:
    """Fulfils `Printer`: prints what it is told, unless it is away."""

    away: bool = False
    tries: int = 0
    pages: list[str] = field(default_factory=list)
    name: str = "the press"

    def print(self, text: str, title: str) -> None:
        self.tries += 1
        if self.away:
            raise NotPrinted("it is away.")
        self.pages.append(text)


@dataclass
class Remembered:
    """Fulfils `Memory`, on a disk that can be full."""

    is_alarm_answered: bool = False
    full: bool = False

    def answer_alarm(self, *, answered: bool) -> None:
        if self.full:
            raise NotRecorded("full")
        self.is_alarm_answered = answered


class Post:
    """A watch, its time, and who is in."""

    def __init__(self, source: AlarmInput, memory: Remembered | None = None) -> None:
        self.press = Press()
        self.memory = memory or Remembered()
        self.now = 0.0
        self.inside = 3
        self.told = 0
        self.watch = AlarmWatch(source, self.press, self._take, self.memory, 1.0, self._printed, lambda: self.now)

    def pass_by(self, seconds: float) -> None:
        """Let the watch look for so long."""
        for _ in range(round(seconds / SECONDS_BETWEEN_LOOKS)):
            self.watch.step()
            self.now += SECONDS_BETWEEN_LOOKS

    def _take(self) -> Paper:
        return Paper(f"{self.inside} are in", "Roll call")

    def _printed(self) -> None:
        self.told += 1


def test_an_alarm_is_printed_once() -> None:
    post = Post(ReplayedInput([Q, Q, *repeat(A, 100)]))

    post.pass_by(20)

    assert post.press.pages == ["3 are in"]
    assert (post.press.tries, post.told) == (1, 1)


def test_each_alarm_is_printed() -> None:
    post = Post(ReplayedInput([*[A] * 10, *[Q] * 10, *[A] * 10]))

    post.pass_by(10)

    assert len(post.press.pages) == 2


def test_a_bounce_prints_nothing() -> None:
    post = Post(ReplayedInput([A, A, Q] * 20))

    post.pass_by(12)

    assert post.press.tries == 0


def test_while_the_printer_is_away_it_is_tried_again_and_logged_once_each_way(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    post = Post(ReplayedInput([A]))
    post.press.away = True
    post.pass_by(120)
    tries = post.press.tries

    post.press.away, post.inside = False, 1
    post.pass_by(60)

    assert 5 <= tries <= 8  # pauses that grow to half a minute
    assert post.press.pages == ["3 are in"], "who was in when the alarm began"
    assert [record.levelname for record in caplog.records if "roll call" in record.message] == [
        "WARNING",
        "ERROR",
        "INFO",
    ]


def test_a_page_that_waited_is_printed_though_the_alarm_is_over() -> None:
    post = Post(ReplayedInput([*[A] * 10, Q]))
    post.press.away = True
    post.pass_by(10)

    post.press.away = False
    post.pass_by(60)

    assert len(post.press.pages) == 1
    assert not post.memory.is_alarm_answered


def test_a_restart_during_an_alarm_prints_it_no_second_time() -> None:
    memory = Remembered()
    Post(ReplayedInput([A]), memory).pass_by(5)

    again = Post(ReplayedInput([A]), memory)
    again.pass_by(20)

    assert again.press.tries == 0


def test_a_restart_before_it_was_printed_prints_it() -> None:
    memory = Remembered()
    before = Post(ReplayedInput([A]), memory)
    before.press.away = True
    before.pass_by(5)

    after = Post(ReplayedInput([A]), memory)
    after.pass_by(5)

    assert len(after.press.pages) == 1


def test_a_full_disk_keeps_no_page_from_being_printed() -> None:
    post = Post(ReplayedInput([A]), Remembered(full=True))

    post.pass_by(5)

    assert len(post.press.pages) == 1


def test_an_alarm_is_not_lost_when_the_roll_cannot_be_called_at_once() -> None:
    post = Post(ReplayedInput([A]))
    papers = iter([None, Paper("3 are in", "Roll call")])

    def take() -> Paper:
        if (paper := next(papers)) is None:
            raise RuntimeError
        return paper

    post.watch._take = take
    post.now = 0.0
    post.watch.step()
    post.now = 1.5
    with pytest.raises(RuntimeError):
        post.watch.step()
    post.pass_by(1)

    assert post.press.pages == ["3 are in"]
