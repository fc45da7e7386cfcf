"""The socket itself: where it lies, who may speak through it, and lines that are bounded in length and time."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path

from kiosk.control.protocol import LIMIT, NotUnderstood

NAME = "control.sock"


class Ended(OSError):
    """The other side ended before its line did."""


@contextlib.contextmanager
def address_in(folder: Path) -> Iterator[str]:
    """The socket's address, short however long the folder's path is: an address holds 107 bytes. Raises OSError."""
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{descriptor}/{NAME}"
    finally:
        os.close(descriptor)


def is_trusted(connection: socket.socket) -> bool:
    """Whether the process at the other end is this user's, or root's. The kernel tells; nobody can claim it."""
    size = struct.calcsize("3i")
    _, user, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return user in (0, os.geteuid())


def receive_line(connection: socket.socket, until: float) -> bytes:
    """One line, without its end.

    Args:
        connection: Where from.
        until: The time by `time.monotonic()` when it must be there whole, however slowly it drips.

    Raises:
        NotUnderstood: It is too long.
        OSError: It did not come in time (TimeoutError), or not to its end.
    """
    held = bytearray()
    while (end := held.find(b"\n")) < 0:
        if len(held) >= LIMIT:
            raise NotUnderstood("it is too long")
        connection.settimeout(_left(until))
        part = connection.recv(LIMIT - len(held))
        if not part:
            raise Ended("the other side ended")
        held += part
    return bytes(held[:end])


def send_line(connection: socket.socket, line: bytes, until: float) -> None:
    """Send a line whole. Raises OSError, also where the other side does not take it in time."""
    connection.settimeout(_left(until))
    connection.sendall(line)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time is up")
    return left
