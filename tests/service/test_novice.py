"""A kiosk that is being set up, as its service manager hears it."""

from __future__ import annotations

from kiosk.service.notify import Notifier
from kiosk.wiring.service import novice_of
from tests.service.manager import Manager


def test_a_wizard_on_the_glass_is_ready_feeds_the_watchdog_and_is_never_sent_away(manager: Manager) -> None:
    novice = novice_of(Notifier(manager.address), {"WATCHDOG_USEC": "20000000"})
    novice.ready()
    assert manager.heard() == ["READY=1", "STATUS=waits to be set up"]
    for untouched in (0.0, 86_400.0):
        novice.beat(untouched)
        assert manager.heard() == ["WATCHDOG=1"], "it waits for its operator as long as it takes"
    assert not novice.wants_restart()
