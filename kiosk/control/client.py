"""Asks the kiosk that is running."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

from kiosk.control.protocol import Answer, NotUnderstood, Request, to_answer, to_line
from kiosk.control.wire import NAME, address_in, is_trusted, receive_line, send_line


class NobodyThere(Exception):
    """No kiosk runs on this state."""


class NoAnswerGiven(Exception):
    """Something is there and gives no answer that can be used. The message is a sentence for staff."""


def ask(folder: Path, request: Request, within: float = 15.0) -> Answer:
    """Ask the kiosk that works on the state in this folder.

    Args:
        folder: The state folder.
        request: What is asked.
        within: How many seconds the answer may take.

    Raises:
        NobodyThere: None does.
        NoAnswerGiven: It may not be asked, or does not answer.
    """
    until = time.monotonic() + within
    try:
        with address_in(folder) as address, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(within)
            _connect(connection, address, until)
            if not is_trusted(connection):
                raise NoAnswerGiven(f"{folder / NAME} belongs to another user, so nothing was said to it.")
            with contextlib.suppress(BrokenPipeError):  # who sends us away has answered before we have asked
                send_line(connection, to_line(request), until)
            return to_answer(receive_line(connection, until))
    except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError) as error:
        # Refused: a killed kiosk leaves the file, and nobody listens.
        raise NobodyThere from error
    except TimeoutError:
        raise NoAnswerGiven(
            "The running kiosk does not answer. See whether it still works; nothing is known."
        ) from None
    except PermissionError:
        raise NoAnswerGiven(f"The kiosk of {folder} may be asked by its own user or by root.") from None
    except (OSError, NotUnderstood) as error:
        raise NoAnswerGiven(
            f"The running kiosk gave no usable answer ({error}). See whether it still works."
        ) from error


def _connect(connection: socket.socket, address: str, until: float) -> None:
    while True:
        try:
            connection.connect(address)
        except BlockingIOError:  # a local socket does not wait by itself for others before it in the queue
            if time.monotonic() > until:
                raise TimeoutError from None
            time.sleep(0.05)
        else:
            return
