from __future__ import annotations

import logging

import pytest

from kiosk.service.heart import Heart
from kiosk.service.notify import Notifier
from tests.service.manager import Manager


class Time:
    """Seconds, and when the courier last beat."""

    def __init__(self) -> None:
        self.now = 100.0
        self.courier = 100.0


def test_while_screen_and_courier_live_the_watchdog_is_fed_at_every_beat(manager: Manager) -> None:
    time = Time()
    heart = Heart(Notifier(manager.address), lambda: time.courier, 10.0, lambda: time.now)
    for _ in range(30):
        time.now += 1
        time.courier = time.now - 0.5
        heart.beat()
        assert manager.heard() == ["WATCHDOG=1"]


def test_a_courier_that_stands_still_starves_the_watchdog_and_one_that_moves_again_feeds_it(
    manager: Manager, caplog: pytest.LogCaptureFixture
) -> None:
    time = Time()
    heart = Heart(Notifier(manager.address), lambda: time.courier, 10.0, lambda: time.now)
    with caplog.at_level(logging.INFO):
        for _ in range(30):
            time.now += 1
            heart.beat()
        assert manager.heard() == ["WATCHDOG=1"] * 10, "only while the last beat was young enough"
        assert [record.levelname for record in caplog.records] == ["ERROR"], "once, not every second"
        time.courier = time.now
        heart.beat()

    assert manager.heard() == ["WATCHDOG=1"]
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]
