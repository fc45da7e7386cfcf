from __future__ import annotations

import logging
import socket

import pytest

from kiosk.service.notify import Notifier, notifier_of, watchdog_seconds
from tests.service.manager import Manager


def test_what_belongs_together_is_one_message(manager: Manager) -> None:
    Notifier(manager.address).tell("READY=1", "STATUS=The kiosk is open.")

    assert manager.heard() == ["READY=1\nSTATUS=The kiosk is open."]


def test_a_status_is_one_line_and_cannot_hold_an_assignment_of_its_own(manager: Manager) -> None:
    Notifier(manager.address).status("refused:\nREADY=1\n")

    assert manager.heard() == ["STATUS=refused: READY=1"]


def test_an_abstract_address_begins_with_an_at_sign() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind("")  # the kernel chooses an abstract name
        heard.settimeout(5)
        Notifier("@" + heard.getsockname()[1:].decode()).tell("READY=1")
        assert heard.recv(64) == b"READY=1"


def test_a_manager_that_is_away_ends_nothing_and_is_logged_once(
    manager: Manager, caplog: pytest.LogCaptureFixture
) -> None:
    notifier = Notifier(manager.address)
    manager.close()
    with caplog.at_level(logging.INFO):
        for _ in range(3):
            notifier.tell("WATCHDOG=1")

    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2:1234"}])
def test_without_a_socket_that_it_can_use_the_kiosk_is_no_service(environment: dict[str, str]) -> None:
    assert notifier_of(environment) is None


@pytest.mark.parametrize(("given", "seconds"), [("30000000", 30.0), ("", 20.0), ("0", 20.0), ("soon", 20.0)])
def test_the_watchdogs_patience_is_the_units(given: str, seconds: float) -> None:
    assert watchdog_seconds({"WATCHDOG_USEC": given}) == seconds
