"""A service manager that hears what a kiosk tells it, and nothing more: the other end of NOTIFY_SOCKET."""

from __future__ import annotations

import select
import socket
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
        while select.select([self._socket], [], [], seconds)[0]:
            if message in self._socket.recv(4096).decode().splitlines():
                return True
        return False

    def waits_for_status(self, begins: str, seconds: float) -> bool:
        """Whether a status that begins so comes; each message has so many seconds."""
        while select.select([self._socket], [], [], seconds)[0]:
            if self._socket.recv(4096).decode().startswith(f"STATUS={begins}"):
                return True
        return False

    def close(self) -> None:
        """Be gone, as a manager that is started anew is for a moment."""
        self._socket.close()
        Path(self.address).unlink()
