"""The running kiosk's ear for staff: a thread that accepts, and one for each of a few clients at a time."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.control.protocol import Answer, NotUnderstood, Request, to_line, to_request
from kiosk.control.wire import NAME, address_in, is_trusted, receive_line, send_line

logger = logging.getLogger(__name__)

PLACES = 8
"""Clients at a time. Whoever comes beyond these is sent away, so that nobody can take the kiosk's threads."""

BACKLOG = 64


class ControlServer:
    """Answers requests through a socket in the state folder. The folder must be held by this process.

    Nothing here waits for a client longer than `patience` seconds, and the kiosk never waits for this at all: where the
    socket cannot be had, that is logged, and people are checked in without it.

    Args:
        folder: The state folder.
        answer: Carries out a request; called in a thread of its own.
        patience: How many seconds a client may take to say its line, and as many to hear the answer.
    """

    def __init__(self, folder: Path, answer: Callable[[Request], Answer], patience: float = 2.0) -> None:
        self._folder = folder
        self._answer = answer
        self._patience = patience
        self._listener: socket.socket | None = None
        self._thread = threading.Thread(target=self._accept, name="control", daemon=True)
        self._ending = threading.Event()
        self._places = threading.BoundedSemaphore(PLACES)
        self._turn = threading.Lock()
        self._clients: set[socket.socket] = set()

    def start(self) -> None:
        """Begin to listen."""
        try:
            self._listener = _listen(self._folder)
        except OSError as error:
            logger.error("staff's commands cannot reach this kiosk while it runs: %s", error.strerror)
            return
        self._thread.start()

    def stop(self, within: float = 5.0) -> None:
        """End: nobody new is heard, and what is being carried out is finished first."""
        if self._listener is None:
            return
        self._ending.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        self._thread.join(within)
        self._listener.close()
        with self._turn:
            for client in self._clients:
                with contextlib.suppress(OSError):
                    client.shutdown(socket.SHUT_RD)
        until = time.monotonic() + within
        for _ in range(PLACES):
            self._places.acquire(timeout=max(0.0, until - time.monotonic()))
        with contextlib.suppress(OSError):
            (self._folder / NAME).unlink()

    def _accept(self) -> None:
        listener = self._listener
        while listener is not None and not self._ending.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                self._ending.wait(1.0)  # out of descriptors, for instance, or the end
                continue
            self._receive(client)

    def _receive(self, client: socket.socket) -> None:
        if not self._places.acquire(blocking=False):
            client.close()
            return
        with self._turn:
            self._clients.add(client)
        try:
            threading.Thread(target=self._attend, args=(client,), name="control-client", daemon=True).start()
        except RuntimeError:  # no thread to be had
            self._leave(client)

    def _attend(self, client: socket.socket) -> None:
        try:
            answer = self._hear(client)
            send_line(client, to_line(answer), time.monotonic() + self._patience)
        except (OSError, NotUnderstood):
            pass  # too slow, or gone: nobody is left to be told
        finally:
            self._leave(client)

    def _hear(self, client: socket.socket) -> Answer:
        if not is_trusted(client):
            return Answer(done=False, said="The kiosk may be asked by its own user or by root.")
        try:
            request = to_request(receive_line(client, time.monotonic() + self._patience))
        except NotUnderstood as error:
            return Answer(done=False, said=f"The request was not understood: {error}.")
        try:
            return self._answer(request)
        except Exception as error:
            # The kind alone: a message may quote what people typed.
            logger.error("a request of staff failed: %s, %s", request.do, type(error).__name__)
            return Answer(done=False, said=f"This is a fault of the kiosk; please report it: {type(error).__name__}.")

    def _leave(self, client: socket.socket) -> None:
        with self._turn:
            self._clients.discard(client)
        client.close()
        self._places.release()


def _listen(folder: Path) -> socket.socket:
    """The socket, for its owner alone. What lies there of a killed kiosk is replaced: who holds the folder is the only
    one. Raises OSError."""
    with address_in(folder) as address:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(address)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(address)
            os.chmod(address, 0o600)  # before `listen`, so that nobody connects sooner
            listener.listen(BACKLOG)
        except OSError:
            listener.close()
            raise
    return listener
