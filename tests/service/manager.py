"""A service manager that hears what a kiosk tells it, and nothing more: the other end of NOTIFY_SOCKET."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Iterator
from pathlib import Path


class Manager:
    """Listens at a socket as systemd does."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder / "notify")
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.address)
        self._socket.setblocking(False)

    def heard(self) -> list[str]:
        """What has come since the last time, message after message."""
        messages = []
        while True:
            try:
                messages.append(self._socket.recv(4096).decode())
            except BlockingIOError:
                return messages

    def waits_for(self, message: str, seconds: float) -> bool:
        """Whether a message with that line comes within so many seconds; what comes before it is dropped."""
        return any(message in told.splitlines() for told in self._told(seconds))

    def waits_for_status(self, begins: str, seconds: float) -> bool:
        """Whether a status that begins so comes within so many seconds."""
        return any(told.startswith(f"STATUS={begins}") for told in self._told(seconds))

    def _told(self, seconds: float) -> Iterator[str]:
        """What comes within so many seconds, however often a kiosk beats meanwhile."""
        ends = time.monotonic() + seconds
        while select.select([self._socket], [], [], max(0.0, ends - time.monotonic()))[0]:
            yield self._socket.recv(4096).decode()

    def close(self) -> None:
        """Be gone, as a manager that is started anew is for a moment."""
        self._socket.close()
        Path(self.address).unlink()
