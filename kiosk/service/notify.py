"""Tells systemd how the kiosk is (the protocol of sd_notify(3)): one datagram for each message.

The kiosk is a grandchild of the unit's process, so the unit says `NotifyAccess=all`, and WATCHDOG_PID, which names the
unit's own process, is not looked at.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping

logger = logging.getLogger(__name__)

DEFAULT_WATCHDOG_SECONDS = 20.0
"""Where the unit has a notify socket and no watchdog: how long a loop may stand still before it is logged."""


class Notifier:
    """Sends messages to the service manager. A message that cannot be sent is lost, which systemd takes for a hang."""

    def __init__(self, address: str) -> None:
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._broken = False

    def tell(self, *assignments: str) -> None:
        """Send such as "READY=1". Never waits, from any thread."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as way:
                way.sendto("\n".join(assignments).encode(), self._address)
        except OSError as error:
            if not self._broken:
                logger.error("systemd cannot be told how the kiosk is: %s", error.strerror)
            self._broken = True
        else:
            if self._broken:
                logger.info("systemd can be told again how the kiosk is")
            self._broken = False

    def status(self, sentence: str) -> None:
        """Say in one line how the kiosk is, for `systemctl status`."""
        self.tell("STATUS=" + " ".join(sentence.split()))


def notifier_of(environment: Mapping[str, str] = os.environ) -> Notifier | None:
    """The way to the service manager; None where the kiosk is no service of one."""
    address = environment.get("NOTIFY_SOCKET", "")
    return Notifier(address) if address[:1] in ("/", "@") else None


def watchdog_seconds(environment: Mapping[str, str] = os.environ) -> float:
    """How long the service manager waits for a sign of life before it starts the kiosk anew (WATCHDOG_USEC)."""
    given = environment.get("WATCHDOG_USEC", "")
    return int(given) / 1_000_000 if given.isdecimal() and int(given) else DEFAULT_WATCHDOG_SECONDS
